// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflow/diagnostic.h"

#include <QWidget>

class QBoxLayout;
class QLabel;

namespace gesso {

class LinkButton;
class ThemeController;

// The line under a field that says what is wrong with it, with the way out at its end: one line where both
// fit, else the way out below.
class FieldError : public QWidget
{
    Q_OBJECT

public:
    explicit FieldError(const ThemeController& theme, QWidget* parent = nullptr);

    void show(const Diagnostic& finding);
    void showProblem(const QString& message); // without a way out
    QString message() const;
    QWidget* fixButton() const; // nullptr when there is none

Q_SIGNALS:
    void fixRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();

    QBoxLayout* m_layout;
    QLabel* m_message;
    LinkButton* m_fix;
    bool m_hasFix = false;
};

} // namespace gesso
