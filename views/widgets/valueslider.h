// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractSlider>

namespace gesso {

class ThemeController;

// A thin bar beside a number that shows where the value lies and can be dragged. The number next to it is
// what the keyboard reaches.
class ValueSlider : public QAbstractSlider
{
    Q_OBJECT

public:
    static constexpr int resolution = 1000;

    explicit ValueSlider(const ThemeController& theme, QWidget* parent = nullptr);

    void setFraction(double fraction); // 0…1; emits nothing
    QSize sizeHint() const override { return {64, 16}; }
    QSize minimumSizeHint() const override { return {24, 16}; }

Q_SIGNALS:
    void fractionDragged(double fraction);
    void dragFinished();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool event(QEvent* event) override;

private:
    void dragTo(double x);

    const ThemeController& m_theme;
};

} // namespace gesso
