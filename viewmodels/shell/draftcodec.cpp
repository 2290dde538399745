// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/draftcodec.h"

namespace gesso {

Json encodeValues(const QList<FieldValue>& values)
{
    Json list = Json::array();
    for (const FieldValue& value : values) {
        Json item;
        item["node"] = toJson(value.ref.node.toString());
        item["input"] = toJson(value.ref.input);
        item["value"] = value.state.value;
        if (!value.state.localFile.isEmpty()) {
            item["file"] = toJson(value.state.localFile);
        }
        list.push_back(std::move(item));
    }
    return list;
}

QList<FieldValue> decodeValues(const Json& json)
{
    QList<FieldValue> values;
    if (!json.is_array()) {
        return values;
    }
    for (const Json& item : json) {
        const QString node = stringMember(item, "node");
        const Json* value = member(item, "value");
        if (!node.isEmpty() && value != nullptr) {
            values.append(
                {{NodeId(node), stringMember(item, "input")}, {*value, stringMember(item, "file")}});
        }
    }
    return values;
}

} // namespace gesso
