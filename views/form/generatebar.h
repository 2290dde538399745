// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QTimer;
class QToolButton;

namespace gesso {

class PrimaryButton;
class SeedPolicy;
class ThemeController;

// The foot of the form: how many, the rule for seeds, and the one main action.
class GenerateBar : public QFrame
{
    Q_OBJECT

public:
    GenerateBar(const ThemeController& theme, SeedPolicy& seeds, QWidget* parent = nullptr);

    int count() const { return m_count; }
    void setCount(int count); // at least 1
    void setCanGenerate(bool can, const QString& reason);
    void setPreparing(bool preparing); // says so when it takes long enough to be noticed
    QList<QWidget*> tabStops() const;

Q_SIGNALS:
    void generateRequested(int count);

private:
    void showMenu();
    void setButtonText(const QString& text);

    SeedPolicy& m_seeds;
    QToolButton* m_times;
    PrimaryButton* m_generate;
    QTimer* m_patience;
    int m_count = 1;
};

} // namespace gesso
