// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/conversion/virtualnodes.h"

#include "core/workflow/conversion/broadcastrules.h"

#include <QRegularExpression>

#include <algorithm>

namespace gesso::conversion {
namespace {

struct VirtualType {
    QLatin1String type;
    NodeKind kind;
};

// Each by the documented behaviour of its pack.
constexpr VirtualType kVirtualTypes[]{
    // the front end's own
    {QLatin1String("Note"), NodeKind::Decoration},
    {QLatin1String("MarkdownNote"), NodeKind::Decoration},
    {QLatin1String("Reroute"), NodeKind::Reroute},
    {QLatin1String("PrimitiveNode"), NodeKind::Primitive},
    // KJNodes
    {QLatin1String("SetNode"), NodeKind::Setter},
    {QLatin1String("GetNode"), NodeKind::Getter},
    // Easy-Use
    {QLatin1String("easy setNode"), NodeKind::Setter},
    {QLatin1String("easy getNode"), NodeKind::Getter},
    {QLatin1String("easy bookmark"), NodeKind::Decoration},
    // Eclipse
    {QLatin1String("SetNode [Eclipse]"), NodeKind::Setter},
    {QLatin1String("GetNode [Eclipse]"), NodeKind::Getter},
    // rgthree: a reroute, and tools that only switch the modes of others while one edits
    {QLatin1String("Reroute (rgthree)"), NodeKind::Reroute},
    {QLatin1String("Label (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Bookmark (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Fast Groups Muter (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Fast Groups Bypasser (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Fast Muter (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Fast Bypasser (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Fast Actions Button (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Node Collector (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Node Combiner (rgthree)"), NodeKind::Decoration}, // its earlier name
    {QLatin1String("Mute / Bypass Repeater (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Mute / Bypass Relay (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Random Unmuter (rgthree)"), NodeKind::Decoration},
    {QLatin1String("Power Conductor (rgthree)"), NodeKind::Decoration},
    // mtb
    {QLatin1String("Note Plus (mtb)"), NodeKind::Decoration},
    // Custom-Scripts: a primitive whose texts are kept in the browser
    {QLatin1String("PresetText|pysssss"), NodeKind::BrowserValue},
};

struct Renamed {
    QLatin1String before;
    QLatin1String now;
};

constexpr Renamed kRenamed[]{
    {QLatin1String("T2IAdapterLoader"), QLatin1String("ControlNetLoader")},
    {QLatin1String("ConditioningAverage "), QLatin1String("ConditioningAverage")},
    {QLatin1String("SDV_img2vid_Conditioning"), QLatin1String("SVD_img2vid_Conditioning")},
    {QLatin1String("Seed Everywhere"), QLatin1String("PrimitiveInt")}, // as Use Everywhere 7.4 replaces it
};

// "Note _O", "Markdown Note (x)", "LabelNode": no pack calls a class so that computes something, if nothing
// can be linked to it.
bool isNoteOfAnyPack(const GraphNode& node)
{
    static const QRegularExpression word(
        QStringLiteral("(^|[^a-z])(sticky|markdown|rich)?[ _-]?(note|label|comment|bookmark)s?"
                       "([ _-]?(node|plus))?([^a-z]|$)"),
        QRegularExpression::CaseInsensitiveOption);
    return node.inputs.isEmpty() && node.outputs.isEmpty() && word.match(node.type).hasMatch();
}

} // namespace

std::optional<NodeKind> virtualKind(const GraphNode& node)
{
    const auto known = std::find_if(std::begin(kVirtualTypes), std::end(kVirtualTypes),
                                    [&node](const VirtualType& entry) { return node.type == entry.type; });
    if (known != std::end(kVirtualTypes)) {
        return known->kind;
    }
    if (isBroadcaster(node.type) && node.type != u"Seed Everywhere") {
        return NodeKind::Broadcaster;
    }
    return isNoteOfAnyPack(node) ? std::optional(NodeKind::Decoration) : std::nullopt;
}

QString channelName(const GraphNode& node)
{
    const Json& values = node.widgetsValues;
    return values.is_array() && !values.empty() ? toQString(values.front()) : QString();
}

QString channelKey(const GraphNode& node)
{
    const QString name = channelName(node);
    if (name.isEmpty()) {
        return name;
    }
    if (node.type.startsWith(u"easy ")) {
        return u"easy\n" % name;
    }
    return node.type.endsWith(u" [Eclipse]") ? QString(u"eclipse\n" % name) : name;
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
