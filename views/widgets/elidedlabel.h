// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace gesso {

// A one-line label that shortens its text to the room it has: names at the end, file names in the middle. The
// whole text is in the tooltip while it is shortened, and is what assistive technology reads. Always plain
// text.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(Qt::TextElideMode mode = Qt::ElideRight, QWidget* parent = nullptr);
    explicit ElidedLabel(const QString& text, Qt::TextElideMode mode = Qt::ElideRight,
                         QWidget* parent = nullptr);

    void setElideMode(Qt::TextElideMode mode);
    bool isElided() const;

    // Shown instead of the whole text as a tooltip, shortened or not.
    void setHelp(const QString& help);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    Qt::TextElideMode m_mode;
    QString m_help;
};

} // namespace gesso
