// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/theme/svgiconengine.h"

#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace gesso {

SvgIconEngine::SvgIconEngine(QByteArray svg, QString name, ColorToken color,
                             std::shared_ptr<const Theme> theme)
    : m_svg(std::move(svg))
    , m_name(std::move(name))
    , m_color(color)
    , m_theme(std::move(theme))
{
}

QColor SvgIconEngine::colorFor(QIcon::Mode mode, QIcon::State state) const
{
    QColor color = m_theme->color(m_color);
    if (mode == QIcon::Disabled) {
        color.setAlphaF(0.4F);
        return color;
    }
    const bool lively = mode == QIcon::Active || mode == QIcon::Selected || state == QIcon::On;
    return lively && m_color == ColorToken::TextMuted ? m_theme->color(ColorToken::Text) : color;
}

QPixmap SvgIconEngine::render(const QSize& pixels, QIcon::Mode mode, QIcon::State state) const
{
    const QColor color = colorFor(mode, state);
    const QString key = QStringLiteral("gesso-icon/%1/%2/%3x%4")
                            .arg(m_name, color.name(QColor::HexArgb))
                            .arg(pixels.width())
                            .arg(pixels.height());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QByteArray svg = m_svg;
    svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
    QSvgRenderer renderer(svg);
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setOpacity(color.alphaF());
    const int side = qMin(pixels.width(), pixels.height());
    renderer.render(&painter, QRectF((pixels.width() - side) / 2, (pixels.height() - side) / 2, side, side));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

void SvgIconEngine::paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state)
{
    const qreal scale = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
    painter->drawPixmap(rect, render((QSizeF(rect.size()) * scale).toSize(), mode, state));
}

QPixmap SvgIconEngine::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state)
{
    return render(size, mode, state);
}

// `size` is in device pixels already; QIcon sets the ratio on what it gets back.
QPixmap SvgIconEngine::scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal)
{
    return render(size, mode, state);
}

QSize SvgIconEngine::actualSize(const QSize& size, QIcon::Mode, QIcon::State)
{
    return size;
}

QIconEngine* SvgIconEngine::clone() const
{
    return new SvgIconEngine(m_svg, m_name, m_color, m_theme);
}

} // namespace gesso
