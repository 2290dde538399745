// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/noticebar.h"

#include "viewmodels/shell/noticelist.h"
#include "views/theme/themecontroller.h"
#include "views/widgets/iconbutton.h"
#include "views/widgets/showntext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QResizeEvent>
#include <QVBoxLayout>

namespace gesso {

namespace {

constexpr int narrowWidth = 640; // below it the links get a line of their own
constexpr int lineHeight = 24; // of everything that stands in the first line

struct ToneLook {
    const char* tone;
    const char* icon;
    ColorToken color;
};

ToneLook lookOf(NoticeTone tone)
{
    switch (tone) {
    case NoticeTone::Good:
        return {"good", "circle-check", ColorToken::Good};
    case NoticeTone::Warning:
        return {"warn", "triangle-alert", ColorToken::Warn};
    case NoticeTone::Bad:
        return {"bad", "circle-alert", ColorToken::Bad};
    case NoticeTone::Info:
        break;
    }
    return {"", "info", ColorToken::TextMuted};
}

QPushButton* newLink(const QString& text, QWidget* parent)
{
    auto* link = new QPushButton(text, parent);
    link->setProperty("role", QStringLiteral("link"));
    link->setCursor(Qt::PointingHandCursor);
    link->setFixedHeight(lineHeight);
    return link;
}

} // namespace

NoticeBar::NoticeBar(const Notice& notice, const ThemeController& theme, QWidget* parent)
    : QFrame(parent)
{
    const ToneLook look = lookOf(notice.tone);
    setObjectName(QStringLiteral("noticeBar"));
    setProperty("role", QStringLiteral("card"));
    setProperty("tone", QLatin1String(look.tone));
    setAccessibleName(shownText(notice.text));

    auto* icon = new QLabel(this);
    icon->setPixmap(theme.icon(QLatin1String(look.icon), look.color)
                        .pixmap(QSize(theme.pixels(MetricToken::Icon), theme.pixels(MetricToken::Icon)),
                                devicePixelRatioF()));
    icon->setFixedHeight(lineHeight);

    m_words = new QBoxLayout(QBoxLayout::LeftToRight);
    m_words->setSpacing(space::panel);
    m_words->addWidget(createText(shownText(notice.text)), 1);
    m_words->addLayout(createLinks(notice));
    auto* row = new QHBoxLayout;
    row->setSpacing(space::panel);
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addLayout(m_words, 1);
    auto* close = new IconButton(theme, QStringLiteral("x"), tr("Dismiss"), this);
    close->setSide(lineHeight);
    close->setObjectName(QStringLiteral("noticeDismiss"));
    connect(close, &QAbstractButton::clicked, this, &NoticeBar::dismissed);
    row->addWidget(close, 0, Qt::AlignTop);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::panel, space::small - 2, space::small - 2, space::small - 2);
    layout->addLayout(row);
    if (m_details)
        layout->addWidget(m_details);
}

QLabel* NoticeBar::createText(const QString& notice)
{
    auto* text = new QLabel(this);
    text->setObjectName(QStringLiteral("noticeText"));
    text->setTextFormat(Qt::PlainText); // it may quote a server or a file
    text->setText(notice);
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setFocusPolicy(Qt::NoFocus);
    text->setContentsMargins(0, qMax(0, (lineHeight - text->fontMetrics().height()) / 2), 0, 0);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    text->setSizePolicy(policy);
    return text;
}

QHBoxLayout* NoticeBar::createLinks(const Notice& notice)
{
    auto* links = new QHBoxLayout;
    links->setSpacing(space::panel);
    for (int i = 0; i < notice.actions.size(); ++i) {
        QPushButton* link = newLink(shownLabel(notice.actions[i].label), this);
        connect(link, &QPushButton::clicked, this, [this, i] { Q_EMIT actionTriggered(i); });
        links->addWidget(link, 0, Qt::AlignTop);
    }
    if (!notice.detail.isEmpty()) {
        m_details = createDetails(shownText(notice.detail, longestDetail));
        QPushButton* fold = newLink(tr("Details"), this);
        fold->setCheckable(true);
        connect(fold, &QPushButton::toggled, this, [this, fold](bool open) {
            m_details->setVisible(open);
            fold->setText(open ? tr("Hide details") : tr("Details"));
        });
        links->addWidget(fold, 0, Qt::AlignTop);
    }
    links->addStretch();
    return links;
}

void NoticeBar::resizeEvent(QResizeEvent* event)
{
    const bool narrow = event->size().width() < narrowWidth;
    m_words->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_words->setSpacing(narrow ? 0 : int(space::panel));
    QFrame::resizeEvent(event);
}

QWidget* NoticeBar::createDetails(const QString& detail)
{
    auto* box = new QWidget(this);
    auto* text = new QPlainTextEdit(detail, box);
    text->setReadOnly(true);
    text->setAccessibleName(tr("Details"));
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setFixedHeight(text->fontMetrics().lineSpacing() * 6);
    text->setTabChangesFocus(true);
    QPushButton* copy = newLink(tr("Copy details"), box);
    connect(copy, &QPushButton::clicked, box, [detail] { QGuiApplication::clipboard()->setText(detail); });
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::tight);
    layout->addWidget(text);
    layout->addWidget(copy, 0, Qt::AlignLeft);
    box->hide();
    return box;
}

} // namespace gesso
