// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/conversion/virtualnodes.h"

namespace gesso::conversion {
namespace {

struct VirtualType {
    QLatin1String type;
    NodeKind kind;
};

// Each by the documented behaviour of its pack.
constexpr VirtualType kVirtualTypes[]{
    {QLatin1String("Note"), NodeKind::Decoration},
    {QLatin1String("MarkdownNote"), NodeKind::Decoration},
    {QLatin1String("Reroute"), NodeKind::Reroute},
    {QLatin1String("PrimitiveNode"), NodeKind::Primitive},
    {QLatin1String("SetNode"), NodeKind::Setter}, // KJNodes
    {QLatin1String("GetNode"), NodeKind::Getter},
    {QLatin1String("easy setNode"), NodeKind::Setter}, // Easy-Use
    {QLatin1String("easy getNode"), NodeKind::Getter},
    {QLatin1String("Reroute (rgthree)"), NodeKind::Reroute},
    {QLatin1String("Label (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Bookmark (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Fast Groups Muter (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Fast Groups Bypasser (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Fast Muter (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Fast Bypasser (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Fast Actions Button (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Node Collector (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Mute / Bypass Repeater (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Mute / Bypass Relay (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Random Unmuter (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Note Plus (mtb)"), NodeKind::Decoration},
    {QLatin1String("Note _O"), NodeKind::Decoration},
};

struct Renamed {
    QLatin1String before;
    QLatin1String now;
};

constexpr Renamed kRenamed[]{
    {QLatin1String("T2IAdapterLoader"), QLatin1String("ControlNetLoader")},
    {QLatin1String("ConditioningAverage "), QLatin1String("ConditioningAverage")},
    {QLatin1String("SDV_img2vid_Conditioning"), QLatin1String("SVD_img2vid_Conditioning")},
};

} // namespace

std::optional<NodeKind> virtualKind(const QString& type)
{
    for (const VirtualType& entry : kVirtualTypes) {
        if (type == entry.type) {
            return entry.kind;
        }
    }
    return std::nullopt;
}

QString channelName(const GraphNode& node)
{
    const Json& values = node.widgetsValues;
    return values.is_array() && !values.empty() ? toQString(values.front()) : QString();
}

QString currentTypeName(const QString& type)
{
    for (const Renamed& entry : kRenamed) {
        if (type == entry.before) {
            return entry.now;
        }
    }
    return type;
}

} // namespace gesso::conversion
