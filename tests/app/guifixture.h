// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gui/compositionroot.h"
#include "core/form/field.h"

#include <QTemporaryDir>

#include <memory>

class QApplication;

namespace gesso::testkit {

// The real window over the real parts, at home in a folder of its own: an empty home, no server but the demo.
class GuiFixture
{
public:
    explicit GuiFixture(QApplication& app, int stepDelayMs = 2);
    ~GuiFixture();

    void start(); // and wait: connected to the demo server, a sample open, ready to generate
    void keepEverything(); // runs and unsaved edits, for the next start; before start()
    void kill(); // without a farewell; start() then finds what was kept
    void stop(); // as closing the window; start() then finds what was remembered

    CompositionRoot& root() { return *m_root; }
    ShellViewModel& shell();
    MainWindow& window();
    QString outputFolder() const { return m_options.outputFolder; }
    QString folder() const { return m_home.path(); }

    qsizetype fieldOf(FieldRole role); // -1 if there is none
    void openSample(const QString& name); // "text-to-picture"
    void waitForRuns(); // until none is active

private:
    QApplication& m_app;
    QTemporaryDir m_home;
    CompositionRoot::Options m_options;
    std::unique_ptr<CompositionRoot> m_root;
};

} // namespace gesso::testkit
