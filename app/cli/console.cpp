// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/console.h"

#include "app/cli/exitcodes.h"
#include "core/base/harmlesstext.h"
#include "core/base/secrets.h"

#include <QCoreApplication>

#include <cstdio>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace gesso::cli {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::cli", text);
}

bool errorIsTerminal()
{
#ifdef Q_OS_UNIX
    return isatty(STDERR_FILENO) == 1;
#else
    return false;
#endif
}

QString wordFor(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return tr("note");
    case Severity::Warning:
        return tr("warning");
    case Severity::Error:
        return tr("error");
    }
    return {};
}

QString placeOf(const NodeId& node, const QString& nodeTitle, const QString& nodeType, const QString& input)
{
    const QString title = nodeTitle.isEmpty() ? nodeType : nodeTitle;
    QString place = title.isEmpty() ? node.toString() : title;
    if (!node.isEmpty() && !title.isEmpty()) {
        place += QStringLiteral(" (%1)").arg(node.toString());
    }
    return input.isEmpty() ? place : place + QStringLiteral(" · ") + input;
}

} // namespace

Console::Console(bool json)
    : m_json(json)
    , m_terminal(errorIsTerminal())
{
}

void Console::event(const char* name, Json members) const
{
    if (!m_json) {
        return;
    }
    Json line = Json::object();
    line["v"] = 1;
    line["event"] = name;
    for (auto& [key, value] : members.items()) {
        line[key] = std::move(value);
    }
    print(writeJson(line) + '\n');
}

void Console::print(const QByteArray& text) const
{
    std::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), stdout);
    std::fflush(stdout);
}

// Names and messages of servers and files must not steer the terminal.
void Console::say(const QString& line)
{
    if (!m_json) {
        writeError(harmlessText(line).toUtf8() + '\n');
    }
}

// A server may say back what it was sent: a report ends in logs of build machines and in chats.
void Console::report(const Error& told, const QString& run)
{
    const Error error{told.kind, withoutSecrets(told.message), withoutSecrets(told.hint),
                      withoutSecrets(told.detail)};
    Json members = {{"kind", toJson(nameOf(error.kind))}, {"message", toJson(error.message)}};
    if (!run.isEmpty()) {
        members["run"] = toJson(run);
    }
    if (!error.hint.isEmpty()) {
        members["hint"] = toJson(error.hint);
    }
    if (!error.detail.isEmpty()) {
        members["detail"] = toJson(error.detail);
    }
    members["exitCode"] = toInt(exitCodeFor(error.kind));
    event("error", std::move(members));
    say(tr("gesso: %1").arg(error.message));
    if (!error.hint.isEmpty()) {
        say(QStringLiteral("       ") + error.hint);
    }
    if (!error.detail.isEmpty() && error.kind == ErrorKind::NodeFailed) {
        say(error.detail); // the node's own traceback is what its author needs
    } else if (!error.detail.isEmpty() && error.kind == ErrorKind::Unreadable) {
        say(QStringLiteral("       ") + error.detail); // the system's reason
    }
}

void Console::report(const Diagnostic& finding)
{
    event("finding", toJson(finding));
    const QString place = placeOf(finding.node, finding.nodeTitle, finding.nodeType, finding.input);
    say(place.isEmpty()
            ? QStringLiteral("%1: %2 [%3]").arg(wordFor(finding.severity), finding.message, finding.code)
            : QStringLiteral("%1: %2: %3 [%4]")
                  .arg(wordFor(finding.severity), place, finding.message, finding.code));
    if (finding.fix) {
        say(QStringLiteral("       ") + finding.fix->label);
    }
}

void Console::report(const Explanation& explanation)
{
    event("explanation", toJson(explanation));
    say(QStringLiteral("%1: %2: %3")
            .arg(nameOf(explanation.kind),
                 placeOf(explanation.node, explanation.title, explanation.type, explanation.input),
                 explanation.text));
}

void Console::progress(const QString& line)
{
    if (!m_terminal || m_json) {
        return;
    }
    std::fputs("\r\x1b[K", stderr);
    std::fputs(harmlessText(line).toUtf8().constData(), stderr);
    std::fflush(stderr);
    m_progressShown = true;
}

void Console::endProgress()
{
    if (m_progressShown) {
        std::fputs("\r\x1b[K", stderr);
        std::fflush(stderr);
        m_progressShown = false;
    }
}

void Console::writeError(const QByteArray& line)
{
    endProgress();
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
    std::fflush(stderr);
}

} // namespace gesso::cli
