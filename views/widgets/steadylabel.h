// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace gesso {

// A one-line label for words that change several times a second. It keeps the width of the widest text it has
// shown, so that its neighbours stand still and the window is not laid out again for every number. Always
// plain text.
class SteadyLabel : public QLabel
{
    Q_OBJECT

public:
    explicit SteadyLabel(QWidget* parent = nullptr);

    void showText(const QString& text);

protected:
    void changeEvent(QEvent* event) override;

private:
    void reserve(int width);
};

} // namespace gesso
