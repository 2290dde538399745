// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/theme/theme.h"

#include "core/base/json.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QFontDatabase>
#include <QRegularExpression>

namespace gesso {

namespace {

constexpr std::array colorNames{"bg.window",  "bg.panel", "bg.stage",     "bg.field",    "bg.field.hover",
                                "bg.raised",  "line",     "line.strong",  "text",        "text.muted",
                                "text.faint", "accent",   "accent.hover", "accent.text", "accent.soft",
                                "good",       "warn",     "bad",          "bad.soft"};
static_assert(colorNames.size() == colorTokenCount);

constexpr std::array metricNames{"radius", "field.height", "icon",      "panel.min",
                                 "font",   "font.title",   "font.small"};
static_assert(metricNames.size() == metricTokenCount);

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(gesso::Theme)
};

tl::unexpected<Error> badKey(const QString& file, const QString& key, const QString& what)
{
    return fail(ErrorKind::Unreadable,
                Tr::tr("The theme file %1 has a problem at “%2”: %3.").arg(file, key, what),
                Tr::tr("Mend the file or choose another theme."));
}

const Json& memberOrNull(const Json& object, std::string_view key)
{
    static const Json null;
    const Json* found = member(object, key);
    return found ? *found : null;
}

// Only #rrggbb: a name such as "red" or an alpha would slip past the contrast test.
std::optional<QColor> colorFrom(const Json& value)
{
    static const QRegularExpression form(QStringLiteral("^#[0-9a-fA-F]{6}$"));
    const QString text = toQString(value);
    if (!form.match(text).hasMatch())
        return std::nullopt;
    return QColor(text);
}

Result<QByteArray> readSmallFile(const QString& path)
{
    constexpr qint64 limit = 1024 * 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Unreadable,
                    Tr::tr("The theme file %1 cannot be read: %2.").arg(path, file.errorString()));
    if (file.size() > limit)
        return fail(ErrorKind::TooLarge, Tr::tr("The theme file %1 is larger than 1 MiB.").arg(path));
    return file.readAll();
}

// Each token by its name in the style sheet's template.
using TokenTexts = QHash<QString, QString>;

template <std::size_t N>
Result<std::array<QColor, N>> readColors(const Json& colors, const std::array<const char*, N>& names,
                                         const QString& file, TokenTexts& texts)
{
    std::array<QColor, N> read;
    for (std::size_t i = 0; i < N; ++i) {
        const QString key = QLatin1String(names[i]);
        const Json* value = member(colors, names[i]);
        if (!value)
            return badKey(file, QLatin1String("colors.") + key, Tr::tr("the colour is missing"));
        const std::optional<QColor> color = colorFrom(*value);
        if (!color)
            return badKey(file, QLatin1String("colors.") + key, Tr::tr("a colour looks like #6ea8fe"));
        read[i] = *color;
        texts.insert(key, color->name());
    }
    return read;
}

template <std::size_t N>
Result<std::array<double, N>> readMetrics(const Json& metrics, const std::array<const char*, N>& names,
                                          const QString& file, TokenTexts& texts)
{
    std::array<double, N> read{};
    for (std::size_t i = 0; i < N; ++i) {
        const QString key = QLatin1String(names[i]);
        const double value = numberMember(metrics, names[i], -1);
        if (value < 0 || value > 1000)
            return badKey(file, QLatin1String("metrics.") + key, Tr::tr("a number from 0 to 1000 is needed"));
        read[i] = value;
        texts.insert(key, QString::number(value));
    }
    return read;
}

// The template with each @{name} replaced.
Result<QString> filledSheet(const QString& sheetTemplate, const QString& file, const TokenTexts& texts)
{
    static const QRegularExpression placeholder(QStringLiteral("@\\{([^}]*)\\}"));
    QString sheet;
    qsizetype end = 0;
    auto matches = placeholder.globalMatch(sheetTemplate);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const auto text = texts.constFind(match.captured(1));
        if (text == texts.constEnd())
            return badKey(file, match.captured(0), Tr::tr("there is no such token"));
        sheet += QStringView(sheetTemplate).sliced(end, match.capturedStart() - end);
        sheet += *text;
        end = match.capturedEnd();
    }
    sheet += QStringView(sheetTemplate).sliced(end);
    return sheet;
}

} // namespace

QString Theme::nameOf(ColorToken token)
{
    return QLatin1String(colorNames[std::size_t(token)]);
}

QString Theme::nameOf(MetricToken token)
{
    return QLatin1String(metricNames[std::size_t(token)]);
}

Result<Theme> Theme::parse(const QByteArray& tokens, const QString& tokensFile, const QString& sheetTemplate,
                           const QString& sheetFile)
{
    const Result<Json> json = parseJson(tokens);
    if (!json) {
        Error error = json.error();
        error.message = Tr::tr("The theme file %1 cannot be read. %2").arg(tokensFile, error.message);
        return fail(error);
    }
    Theme theme;
    theme.m_name = stringMember(*json, "name");
    theme.m_dark = boolMember(*json, "dark", true);

    TokenTexts texts{{QStringLiteral("folder"), QFileInfo(tokensFile).path()}};
    const auto colors = readColors(memberOrNull(*json, "colors"), colorNames, tokensFile, texts);
    if (!colors)
        return fail(colors.error());
    theme.m_colors = *colors;
    const auto metrics = readMetrics(memberOrNull(*json, "metrics"), metricNames, tokensFile, texts);
    if (!metrics)
        return fail(metrics.error());
    theme.m_metrics = *metrics;
    const Result<QString> sheet = filledSheet(sheetTemplate, sheetFile, texts);
    if (!sheet)
        return fail(sheet.error());
    theme.m_sheet = *sheet;
    return theme;
}

Result<Theme> Theme::load(const QString& folder)
{
    const QString tokensFile = folder + QLatin1String("/tokens.json");
    const QString sheetFile = QFileInfo(folder).path() + QLatin1String("/style.qss");
    const Result<QByteArray> tokens = readSmallFile(tokensFile);
    if (!tokens)
        return fail(tokens.error());
    const Result<QByteArray> sheet = readSmallFile(sheetFile);
    if (!sheet)
        return fail(sheet.error());
    return parse(*tokens, tokensFile, QString::fromUtf8(*sheet), sheetFile);
}

QFont Theme::font(MetricToken size) const
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    font.setPointSizeF(metric(size));
    // Always said, as a painter takes what a font leaves open from the widget it paints on.
    font.setWeight(size == MetricToken::FontTitle ? QFont::DemiBold : QFont::Normal);
    return font;
}

QPalette Theme::palette() const
{
    const auto c = [this](ColorToken token) { return color(token); };
    QPalette palette;
    palette.setColor(QPalette::Window, c(ColorToken::BgPanel));
    palette.setColor(QPalette::WindowText, c(ColorToken::Text));
    palette.setColor(QPalette::Base, c(ColorToken::BgField));
    palette.setColor(QPalette::AlternateBase, c(ColorToken::BgFieldHover));
    palette.setColor(QPalette::Text, c(ColorToken::Text));
    palette.setColor(QPalette::PlaceholderText, c(ColorToken::TextFaint));
    palette.setColor(QPalette::Button, c(ColorToken::BgRaised));
    palette.setColor(QPalette::ButtonText, c(ColorToken::Text));
    palette.setColor(QPalette::BrightText, c(ColorToken::Bad));
    palette.setColor(QPalette::ToolTipBase, c(ColorToken::BgRaised));
    palette.setColor(QPalette::ToolTipText, c(ColorToken::Text));
    palette.setColor(QPalette::Highlight, c(ColorToken::Accent));
    palette.setColor(QPalette::HighlightedText, c(ColorToken::AccentText));
    palette.setColor(QPalette::Link, c(ColorToken::Accent));
    palette.setColor(QPalette::LinkVisited, c(ColorToken::Accent));
    palette.setColor(QPalette::Light, c(ColorToken::BgFieldHover));
    palette.setColor(QPalette::Midlight, c(ColorToken::BgRaised));
    palette.setColor(QPalette::Mid, c(ColorToken::Line));
    palette.setColor(QPalette::Dark, c(ColorToken::LineStrong));
    palette.setColor(QPalette::Shadow, c(ColorToken::BgStage));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        QColor faded = c(ColorToken::TextFaint);
        faded.setAlphaF(0.6F);
        palette.setColor(QPalette::Disabled, role, faded);
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, c(ColorToken::LineStrong));
    return palette;
}

} // namespace gesso
