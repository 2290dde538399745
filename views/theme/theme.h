// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

#include <array>

namespace gesso {

// The colours of a theme, by what they are for. Their names in tokens.json ("bg.panel") are in the table of
// theme.cpp, in this order.
enum class ColorToken {
    BgWindow, // behind the panels: gaps, splitters
    BgPanel, // panels, bars, dialogs
    BgStage, // round the picture
    BgField,
    BgFieldHover,
    BgRaised, // buttons, chips, chosen tabs, tooltips
    Line,
    LineStrong, // edges that must be seen: switches, unfilled bars
    Text,
    TextMuted, // labels
    TextFaint, // placeholders, hints
    Accent, // focus, the running thing, the one main action, links that mend
    AccentHover,
    AccentText, // on Accent
    AccentSoft, // chosen rows, the chip of the running thing
    Good,
    Warn,
    Bad,
    BadSoft,
};
inline constexpr int colorTokenCount = int(ColorToken::BadSoft) + 1;

// Sizes of a theme; pixels at 100 %, fonts in points.
enum class MetricToken { Radius, FieldHeight, Icon, PanelMin, Font, FontTitle, FontSmall };
inline constexpr int metricTokenCount = int(MetricToken::FontSmall) + 1;

// The 4-pixel grid: gaps between and inside things, pixels at 100 %.
namespace space {
inline constexpr int hair = 2;
inline constexpr int tight = 4;
inline constexpr int small = 8;
inline constexpr int panel = 12; // from a panel's edge
inline constexpr int large = 16;
inline constexpr int section = 24;
} // namespace space

// One theme as a value: tokens, and what Qt needs made from them. Views ask for tokens only where they paint
// themselves; everything else comes from the palette and the sheet through dynamic properties (docs in
// style.qss).
class Theme
{
public:
    // `tokensFile` names the source in messages. Errors: Unreadable, naming the file and the key.
    static Result<Theme> parse(const QByteArray& tokens, const QString& tokensFile,
                               const QString& sheetTemplate, const QString& sheetFile);

    // Reads FOLDER/tokens.json and FOLDER/../style.qss. Small files from a resource or the disk.
    static Result<Theme> load(const QString& folder);

    static QString nameOf(ColorToken token);
    static QString nameOf(MetricToken token);

    QString name() const { return m_name; }
    bool isDark() const { return m_dark; }
    QColor color(ColorToken token) const { return m_colors[std::size_t(token)]; }
    double metric(MetricToken token) const { return m_metrics[std::size_t(token)]; }
    int pixels(MetricToken token) const { return int(metric(token)); }

    QFont font(MetricToken size = MetricToken::Font) const; // Font, FontTitle or FontSmall
    QPalette palette() const;
    QString styleSheet() const { return m_sheet; }

private:
    QString m_name;
    bool m_dark = true;
    std::array<QColor, std::size_t(colorTokenCount)> m_colors;
    std::array<double, std::size_t(metricTokenCount)> m_metrics{};
    QString m_sheet;
};

} // namespace gesso
