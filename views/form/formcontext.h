// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gesso {

class SeedPolicy;
class ThemeController;
class UserPrompts;

// What editors need from outside; lives as long as the form.
struct FormContext {
    const ThemeController& theme;
    UserPrompts& prompts;
    SeedPolicy& seeds;
    QString pasteFolder; // pictures pasted from the clipboard are kept here until they are uploaded
};

} // namespace gesso
