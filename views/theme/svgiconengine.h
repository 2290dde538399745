// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/theme/theme.h"

#include <QIconEngine>

#include <memory>

namespace gesso {

// Draws one line icon from its SVG in a colour of the theme; see IconSet.
class SvgIconEngine : public QIconEngine
{
public:
    SvgIconEngine(QByteArray svg, QString name, ColorToken color, std::shared_ptr<const Theme> theme);

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    QSize actualSize(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    QIconEngine* clone() const override;
    QString iconName() override { return m_name; }
    bool isNull() override { return m_svg.isEmpty(); }

private:
    QColor colorFor(QIcon::Mode mode, QIcon::State state) const;
    QPixmap render(const QSize& pixels, QIcon::Mode mode, QIcon::State state) const;

    QByteArray m_svg;
    QString m_name;
    ColorToken m_color;
    std::shared_ptr<const Theme> m_theme;
};

} // namespace gesso
