// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/fielderror.h"

#include "views/theme/themecontroller.h"
#include "views/widgets/linkbutton.h"
#include "views/widgets/plaintooltip.h"
#include "views/widgets/showntext.h"

#include <QBoxLayout>
#include <QLabel>

namespace gesso {

FieldError::FieldError(const ThemeController& theme, QWidget* parent)
    : QWidget(parent)
    , m_layout(new QBoxLayout(QBoxLayout::LeftToRight, this))
    , m_message(new QLabel(this))
    , m_fix(new LinkButton(theme, this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::hair);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setProperty("role", QStringLiteral("small"));
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->setFocusPolicy(Qt::NoFocus);
    m_message->setMinimumWidth(1); // a link is a long word: it must not widen the form
    m_layout->addWidget(m_message, 1);
    m_layout->addWidget(m_fix);
    connect(m_fix, &QAbstractButton::clicked, this, &FieldError::fixRequested);
}

void FieldError::show(const Diagnostic& finding)
{
    showProblem(finding.message);
    setStyleProperty(m_message, "tone",
                     finding.severity == Severity::Error ? QStringLiteral("bad") : QStringLiteral("warn"));
    m_hasFix = finding.fix.has_value();
    m_fix->setVisible(m_hasFix);
    if (finding.fix) {
        m_fix->setText(finding.fix->label);
        m_fix->setShortcut({}); // it quotes a choice: & is no mnemonic
        m_fix->setAccessibleName(finding.fix->label);
    }
    arrange();
}

void FieldError::showProblem(const QString& message)
{
    m_message->setText(shownText(message));
    m_message->setToolTip(plainToolTip(message));
    setStyleProperty(m_message, "tone", QStringLiteral("bad"));
    m_hasFix = false;
    m_fix->hide();
    arrange();
}

QString FieldError::message() const
{
    return m_message->text();
}

QWidget* FieldError::fixButton() const
{
    return m_hasFix ? m_fix : nullptr;
}

void FieldError::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void FieldError::arrange()
{
    const int needed = m_message->fontMetrics().horizontalAdvance(m_message->text()) + space::panel
        + m_fix->sizeHint().width();
    const bool oneLine = !m_hasFix || needed <= width();
    m_layout->setDirection(oneLine ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_layout->setAlignment(m_fix, oneLine ? Qt::AlignRight | Qt::AlignTop : Qt::Alignment());
}

} // namespace gesso
