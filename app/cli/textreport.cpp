// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/textreport.h"

#include "core/workflow/foreigntext.h"
#include "core/workflow/textkind.h"

#include <QCoreApplication>
#include <QLocale>

namespace gesso::cli {
namespace {

constexpr qsizetype kMaxLine = 10'000; // of a prompt
constexpr qsizetype kMaxShown = 100; // of a text that is nothing known

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::cli", text);
}

const char* nameOf(TextKind::Kind kind)
{
    switch (kind) {
    case TextKind::Kind::Workflow:
        return "workflow";
    case TextKind::Kind::Prompt:
        return "prompt";
    case TextKind::Kind::Parameters:
        return "parameters";
    case TextKind::Kind::Other:
        break;
    }
    return "other";
}

QString wordsFor(const TextKind& kind, const EmbeddedText& text)
{
    switch (kind.kind) {
    case TextKind::Kind::Workflow:
        return tr("workflow, nodes: %1").arg(kind.nodes);
    case TextKind::Kind::Prompt:
        return tr("prompt, nodes: %1").arg(kind.nodes);
    case TextKind::Kind::Parameters:
        return tr("parameters of another program");
    case TextKind::Kind::Other:
        break;
    }
    return foreignText(QString::fromUtf8(text.text.left(kMaxShown * 4)), kMaxShown);
}

// JSON as JSON, with Python's NaN as null; anything else as the text it is.
Json contentOf(const QByteArray& text)
{
    const Result<Json> json = parseJson(text);
    return json && json->is_structured() ? *json : toJson(QString::fromUtf8(text));
}

QString valueLines(const QString& name, const QString& value)
{
    QStringList lines;
    const QStringList raw = value.split(u'\n');
    for (const QString& line : raw) {
        lines.append(foreignText(line, kMaxLine));
    }
    return QStringLiteral("  %1: %2\n").arg(foreignText(name), lines.join(QStringLiteral("\n    ")));
}

} // namespace

Json textMembers(const EmbeddedText& text, const QString& carrier)
{
    const TextKind kind = textKind(text);
    Json members = {{"carrier", toJson(carrier)},
                    {"key", toJson(text.key)},
                    {"place", toJson(text.place)},
                    {"size", text.text.size()},
                    {"kind", nameOf(kind.kind)}};
    if (kind.kind == TextKind::Kind::Workflow || kind.kind == TextKind::Kind::Prompt) {
        members["nodes"] = kind.nodes;
    }
    members["content"] = contentOf(text.text);
    return members;
}

QString textLine(const EmbeddedText& text)
{
    const QString size =
        QLocale::c().formattedDataSize(text.text.size(), 1, QLocale::DataSizeTraditionalFormat);
    const QString place = text.place.isEmpty() ? size : foreignText(text.place) + QStringLiteral(", ") + size;
    return QStringLiteral("  %1 (%2): %3\n")
        .arg(foreignText(text.key), place, wordsFor(textKind(text), text));
}

Json parameterMembers(const GenerationParameters& parameters)
{
    Json values = Json::array();
    for (const auto& [name, value] : parameters.values) {
        values.push_back({{"name", toJson(name)}, {"value", toJson(value)}});
    }
    return {{"program", toJson(parameters.program)},
            {"positive", toJson(parameters.positive)},
            {"negative", toJson(parameters.negative)},
            {"values", std::move(values)}};
}

QString parameterLines(const GenerationParameters& parameters)
{
    QString lines = tr("Made by %1 with").arg(foreignText(parameters.program)) + u'\n';
    if (!parameters.positive.isEmpty()) {
        lines += valueLines(tr("Prompt"), parameters.positive);
    }
    if (!parameters.negative.isEmpty()) {
        lines += valueLines(tr("Negative prompt"), parameters.negative);
    }
    for (const auto& [name, value] : parameters.values) {
        lines += valueLines(name, value);
    }
    return lines;
}

} // namespace gesso::cli
