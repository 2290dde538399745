// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/rundetails.h"

#include "core/run/runstate.h"
#include "viewmodels/base/sentences.h"
#include "views/theme/theme.h"
#include "views/widgets/showntext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace gesso {

namespace {

QPushButton* newLink(const QString& text, QWidget* parent)
{
    auto* link = new QPushButton(text, parent);
    link->setProperty("role", QStringLiteral("link"));
    return link;
}

QString developerText(const RunState& state)
{
    QStringList parts;
    if (state.error && !state.error->detail.isEmpty())
        parts << state.error->detail;
    if (state.failure) {
        const QString head = state.failure->nodeType + QLatin1String(" (") + state.failure->node.toString()
            + QLatin1String("): ") + state.failure->exceptionType + QLatin1String(": ")
            + state.failure->message;
        const QString trace = head + QLatin1Char('\n') + state.failure->traceback.join(QString());
        if (!parts.contains(trace))
            parts << trace;
    }
    for (const SavedFile& file : state.files) {
        if (!file.error.detail.isEmpty())
            parts << file.item.filename + QLatin1String(": ") + file.error.detail;
    }
    return parts.join(QLatin1String("\n\n"));
}

QString plainText(const RunState& state)
{
    QStringList parts;
    if (state.error)
        parts << state.error->message << state.error->hint;
    for (const SavedFile& file : state.files)
        parts << file.error.message << file.error.hint;
    return joinedSentences(parts);
}

} // namespace

RunDetails::RunDetails(QWidget* parent)
    : QFrame(parent)
    , m_message(new QLabel(this))
    , m_retry(newLink(tr("Fetch the files again"), this))
    , m_fold(newLink(tr("Details"), this))
    , m_copy(newLink(tr("Copy"), this))
    , m_detail(new QPlainTextEdit(this))
{
    setObjectName(QStringLiteral("runDetails"));
    setProperty("role", QStringLiteral("footer"));
    m_message->setObjectName(QStringLiteral("runMessage"));
    m_message->setTextFormat(Qt::PlainText); // a server's or a node's words
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_fold->setCheckable(true);
    m_detail->setReadOnly(true);
    m_detail->setAccessibleName(tr("Details"));
    m_detail->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_detail->setTabChangesFocus(true);
    m_detail->setFixedHeight(m_detail->fontMetrics().lineSpacing() * 7);
    m_detail->hide();
    connect(m_retry, &QPushButton::clicked, this, &RunDetails::retryDownloadRequested);
    connect(m_fold, &QPushButton::toggled, m_detail, &QWidget::setVisible);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        const QString detail = m_detail->toPlainText();
        QGuiApplication::clipboard()->setText(
            m_message->text() + (detail.isEmpty() ? QString() : QLatin1String("\n\n") + detail));
    });

    auto* row = new QHBoxLayout;
    row->setSpacing(space::panel);
    row->addWidget(m_message, 1);
    for (QPushButton* link : {m_retry, m_fold, m_copy})
        row->addWidget(link, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::panel, space::small, space::panel, space::small);
    layout->addLayout(row);
    layout->addWidget(m_detail);
    hide();
}

void RunDetails::showRun(const RunState* state)
{
    const QString message = state ? plainText(*state) : QString();
    setVisible(!message.isEmpty());
    if (message.isEmpty())
        return;
    m_message->setText(shownText(message));
    const QString detail = shownText(developerText(*state), longestDetail);
    if (m_detail->toPlainText() != detail)
        m_detail->setPlainText(detail);
    m_fold->setVisible(!detail.isEmpty());
    m_detail->setVisible(m_fold->isChecked() && !detail.isEmpty());
    m_retry->setVisible(std::any_of(state->files.begin(), state->files.end(),
                                    [](const SavedFile& file) { return !file.error.message.isEmpty(); }));
}

} // namespace gesso
