// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/conversion/filenametokens.h"

#include "core/workflow/conversion/findings.h"
#include "core/workflow/widgetcoercion.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace gesso::conversion {
namespace {

// dd, MM and so on of the front end's own date format.
QString formatted(const QString& format, const QDateTime& now)
{
    static const QRegularExpression part(QStringLiteral("d{1,2}|h{1,2}|m{1,2}|M{1,2}|s{1,2}|y{4}|y{2}"));
    QString result;
    qsizetype done = 0;
    auto matches = part.globalMatch(format);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        QString token = match.captured();
        if (token.startsWith(QLatin1Char('h'))) {
            token = token.toUpper(); // 24 hours without an am/pm part
        }
        result += format.mid(done, match.capturedStart() - done) + now.toString(token);
        done = match.capturedEnd();
    }
    return result + format.mid(done);
}

QString sanitized(QString text)
{
    static const QRegularExpression unsafe(QStringLiteral(R"([/?<>\\:*|"\x00-\x1F\x7F])"));
    return text.replace(unsafe, QStringLiteral("_"));
}

bool isSaver(const QString& type)
{
    static const QSet<QString> savers{
        QStringLiteral("SaveImage"),        QStringLiteral("SaveImageAdvanced"),
        QStringLiteral("SaveSVGNode"),      QStringLiteral("SaveVideo"),
        QStringLiteral("SaveAnimatedWEBP"), QStringLiteral("SaveWEBM"),
        QStringLiteral("SaveAudio"),        QStringLiteral("SaveAudioMP3"),
        QStringLiteral("SaveAudioOpus"),    QStringLiteral("SaveAudioAdvanced"),
        QStringLiteral("SaveGLB"),          QStringLiteral("SaveAnimatedPNG"),
        QStringLiteral("CLIPSave"),         QStringLiteral("VAESave"),
        QStringLiteral("ModelSave"),        QStringLiteral("LoraSave"),
        QStringLiteral("SaveLatent"),
    };
    return savers.contains(type);
}

// A node's name in tokens: its property, which the front end gives to all but the savers when they are made.
QString tokenName(const LiveNode& node)
{
    const bool hasDefault = node.definition && !isSaver(node.definition->type);
    return stringMember(node.node->properties, "Node name for S&R",
                        hasDefault ? node.definition->type : QString());
}

// By that name, else by title; the first one, also of those inside subgraphs.
LiveNode* nodeNamed(LiveGraph& graph, const QString& name)
{
    const auto find = [&graph](const auto& matches) {
        const auto found = std::find_if(graph.nodes.begin(), graph.nodes.end(), matches);
        return found == graph.nodes.end() ? nullptr : &*found;
    };
    LiveNode* named = find([&name](const LiveNode& node) { return tokenName(node) == name; });
    return named ? named : find([&name](const LiveNode& node) { return titleOf(node) == name; });
}

QString widgetText(const Json& value)
{
    return value.is_null() ? QString() : sanitized(javaScriptString(value));
}

// nullopt if the token means nothing.
std::optional<QString> replacement(const QString& token, LiveGraph& graph, const QDateTime& now)
{
    if (token.startsWith(u"date:")) {
        return now.isValid() ? std::optional(formatted(token.mid(5), now)) : std::nullopt;
    }
    const QStringList parts = token.split(QLatin1Char('.'));
    if (parts.size() != 2) {
        return std::nullopt;
    }
    LiveNode* node = nodeNamed(graph, parts.first());
    const LiveWidget* widget = node ? node->widget(parts.last()) : nullptr;
    return widget ? std::optional(widgetText(widget->value)) : std::nullopt;
}

} // namespace

bool hasFilenameTokens(const LiveNode& node, const InputDefinition& input)
{
    return input.name == u"filename_prefix" && isSaver(node.definition->type);
}

QString withFilenameTokens(const QString& text, LiveGraph& graph, const QDateTime& now)
{
    static const QRegularExpression token(QStringLiteral("%([^%]+)%"));
    QString result;
    qsizetype done = 0;
    auto matches = token.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const std::optional<QString> value = replacement(match.captured(1), graph, now);
        result += text.mid(done, match.capturedStart() - done) + (value ? *value : match.captured());
        done = match.capturedEnd();
    }
    return result + text.mid(done);
}

} // namespace gesso::conversion
