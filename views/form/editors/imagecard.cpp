// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/editors/imagecard.h"

#include "views/theme/themecontroller.h"
#include "views/widgets/elidedlabel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>
#include <QVBoxLayout>

namespace gesso {

namespace {

constexpr int cardHeight = 52;
constexpr int inset = 6;

} // namespace

ImageCard::ImageCard(const ThemeController& theme, QWidget* parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_name(new ElidedLabel(Qt::ElideMiddle, this))
    , m_detail(new ElidedLabel(Qt::ElideRight, this))
    , m_row(new QHBoxLayout(this))
{
    setProperty("role", QStringLiteral("field"));
    setFixedHeight(cardHeight);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    m_detail->setProperty("role", QStringLiteral("small"));
    auto* texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addStretch();
    texts->addWidget(m_name);
    texts->addWidget(m_detail);
    texts->addStretch();
    m_row->setContentsMargins(inset + thumbnailSide + space::small, 0, inset, 0);
    m_row->setSpacing(0);
    m_row->addLayout(texts, 1);
}

void ImageCard::addButton(QWidget* button)
{
    m_row->addWidget(button);
    button->setCursor(Qt::ArrowCursor);
}

void ImageCard::setTexts(const QString& name, const QString& detail, bool isHint)
{
    m_name->setText(name);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    setStyleProperty(m_name, "tone", isHint ? QStringLiteral("muted") : QString());
    m_name->setElideMode(isHint ? Qt::ElideRight : Qt::ElideMiddle);
}

QString ImageCard::detail() const
{
    return m_detail->text();
}

void ImageCard::setThumbnail(const QImage& thumbnail)
{
    m_thumbnail = thumbnail;
    update();
}

QRect ImageCard::thumbnailRect() const
{
    return QStyle::visualRect(layoutDirection(), rect(),
                              QRect(inset, (height() - thumbnailSide) / 2, thumbnailSide, thumbnailSide));
}

void ImageCard::paintEvent(QPaintEvent* event)
{
    QFrame::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QRect box = thumbnailRect();
    QPainterPath corners;
    corners.addRoundedRect(box, 3, 3);
    if (m_thumbnail.isNull()) {
        painter.fillPath(corners, m_theme.color(ColorToken::BgRaised));
        const int icon = m_theme.pixels(MetricToken::Icon);
        const QRect middle = QStyle::alignedRect(layoutDirection(), Qt::AlignCenter, {icon, icon}, box);
        m_theme.icon(QStringLiteral("image")).paint(&painter, middle);
        return;
    }
    painter.setClipPath(corners);
    const QSizeF shown = QSizeF(m_thumbnail.size()).scaled(box.size(), Qt::KeepAspectRatioByExpanding);
    QRectF target(QPointF(0, 0), shown);
    target.moveCenter(QRectF(box).center());
    painter.drawImage(target, m_thumbnail);
}

void ImageCard::keyPressEvent(QKeyEvent* event)
{
    const bool enter =
        event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
    if (enter && !(event->modifiers() & Qt::ControlModifier))
        Q_EMIT activated();
    else
        QFrame::keyPressEvent(event);
}

void ImageCard::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        Q_EMIT activated();
}

} // namespace gesso
