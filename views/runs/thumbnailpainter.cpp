// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/thumbnailpainter.h"

#include "views/theme/themecontroller.h"

#include <QPainter>
#include <QPainterPath>

namespace gesso {

namespace {

// The part of the picture that fills `target` without distortion.
QRectF cropFor(const QImage& image, const QRect& target)
{
    const QSizeF part = QSizeF(target.size()).scaled(QSizeF(image.size()), Qt::KeepAspectRatio);
    return QRectF(QPointF((image.width() - part.width()) / 2, (image.height() - part.height()) / 2), part);
}

QRect fittedIn(const QImage& image, const QRect& target)
{
    const QSize size = image.size().scaled(target.size(), Qt::KeepAspectRatio);
    return QRect(target.left() + (target.width() - size.width()) / 2,
                 target.top() + (target.height() - size.height()) / 2, size.width(), size.height());
}

} // namespace

void paintThumbnail(QPainter& painter, const ThemeController& theme, const QImage& image,
                    const ThumbnailLook& look)
{
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const double radius = theme.pixels(MetricToken::Radius) - 1;
    const QRect place = image.isNull() || look.fill ? look.rect : fittedIn(image, look.rect);
    QPainterPath shape;
    shape.addRoundedRect(place, radius, radius);
    if (image.isNull()) {
        painter.fillPath(shape, theme.color(ColorToken::BgField));
        const int side = qMin(24, place.height() / 2);
        QRect icon(0, 0, side, side);
        icon.moveCenter(place.center());
        theme.icon(QStringLiteral("image"), ColorToken::TextFaint).paint(&painter, icon);
    } else {
        painter.setClipPath(shape);
        painter.drawImage(QRectF(place), image, look.fill ? cropFor(image, place) : QRectF(image.rect()));
        painter.setClipping(false);
    }
    painter.setBrush(Qt::NoBrush);
    const QRectF edge = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(theme.color(look.hovered ? ColorToken::LineStrong : ColorToken::Line), 1));
    painter.drawRoundedRect(edge, radius, radius);
    if (look.ring) {
        painter.setPen(QPen(theme.color(ColorToken::Accent), 2));
        painter.drawRoundedRect(QRectF(place).adjusted(-2, -2, 2, 2), radius + 2, radius + 2);
    }
    if (look.focus) {
        painter.setPen(QPen(theme.color(ColorToken::Text), 1, Qt::DotLine));
        painter.drawRoundedRect(edge.adjusted(2, 2, -2, -2), radius - 1, radius - 1);
    }
    painter.restore();
}

} // namespace gesso
