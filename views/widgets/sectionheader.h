// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace gesso {

class ThemeController;

// The clickable line of a Section: chevron, title, count. A button for assistive technology.
class SectionHeader : public QAbstractButton
{
    Q_OBJECT

public:
    SectionHeader(const ThemeController& theme, const QString& title, QWidget* parent = nullptr);

    void setCount(const QString& count);
    void setOpen(bool open);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void openRequested(bool open);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    void describe();

    const ThemeController& m_theme;
    QString m_title;
    QString m_count;
    bool m_open = false;
};

} // namespace gesso
