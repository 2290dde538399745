// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/workflow/promptequality.h"

#include <QCryptographicHash>
#include <QHash>
#include <QSet>

#include <algorithm>

namespace gesso::testkit {
namespace {

bool equalNumbers(const Json& a, const Json& b, bool asDoubles)
{
    if (a.is_number_integer() && b.is_number_integer() && !asDoubles) {
        return a == b;
    }
    return a.get<double>() == b.get<double>();
}

bool equalValues(const Json& a, const Json& b, bool asDoubles)
{
    if (a.is_number() && b.is_number()) {
        return equalNumbers(a, b, asDoubles);
    }
    if (a.type() != b.type() || a.size() != b.size()) {
        return false;
    }
    if (a.is_array()) {
        return std::equal(a.begin(), a.end(), b.begin(),
                          [asDoubles](const Json& x, const Json& y) { return equalValues(x, y, asDoubles); });
    }
    if (a.is_object()) {
        for (const auto& [key, value] : a.items()) {
            const Json* other = member(b, key);
            if (!other || !equalValues(value, *other, asDoubles)) {
                return false;
            }
        }
        return true;
    }
    return a == b;
}

const Json& inputsOf(const Json& node)
{
    static const Json none = Json::object();
    const Json* inputs = member(node, "inputs");
    return inputs && inputs->is_object() ? *inputs : none;
}

bool equalPrompts(const Json& expected, const Json& actual, bool asDoubles)
{
    if (expected.size() != actual.size()) {
        return false;
    }
    for (const auto& [id, node] : expected.items()) {
        const Json* other = member(actual, id);
        if (!other || stringMember(node, "class_type") != stringMember(*other, "class_type")
            || !equalValues(inputsOf(node), inputsOf(*other), asDoubles)) {
            return false;
        }
    }
    return true;
}

bool isDeclared(const NodeDefinition& definition, const std::string& input)
{
    const QString name = QString::fromStdString(input);
    const auto declares = [&definition](const QString& text) {
        const InputDefinition* found = definition.input(text);
        return found && found->section != InputSection::Hidden;
    };
    return declares(name)
        || declares(name.section(QLatin1Char('.'), 0, 0)); // dynamic inputs have dotted names
}

Json serverView(const Json& prompt, const NodeCatalog& catalog)
{
    Json view = Json::object();
    for (const auto& [id, node] : prompt.items()) {
        const NodeDefinition* definition = catalog.find(stringMember(node, "class_type"));
        if (!definition) {
            continue;
        }
        Json inputs = Json::object();
        for (const auto& [name, value] : inputsOf(node).items()) {
            if (isDeclared(*definition, name) || (value.is_array() && value.size() == 2)) {
                inputs[name] = value;
            }
        }
        view[id] = Json::object({{"inputs", inputs}, {"class_type", toJson(definition->type)}});
    }
    return view;
}

// Hashes of nodes by what they are and where their inputs come from, whatever their ids.
class StructuralHashes
{
public:
    explicit StructuralHashes(const Json& prompt)
        : m_prompt(prompt)
    {
        for (const auto& entry : prompt.items()) {
            m_all.append(hashOf(entry.key()));
        }
        std::sort(m_all.begin(), m_all.end());
    }

    const QList<QByteArray>& sorted() const { return m_all; }

private:
    static std::string canonical(const Json& value)
    {
        if (value.is_number()) {
            return Json(value.get<double>()).dump();
        }
        if (value.is_array()) {
            std::string text = "[";
            for (const Json& entry : value) {
                text += canonical(entry) + ',';
            }
            return text + ']';
        }
        if (value.is_object()) {
            std::vector<std::string> members;
            for (const auto& [key, entry] : value.items()) {
                members.push_back(Json(key).dump() + ':' + canonical(entry));
            }
            std::sort(members.begin(), members.end());
            std::string text = "{";
            for (const std::string& part : members) {
                text += part + ',';
            }
            return text + '}';
        }
        return value.dump();
    }

    QByteArray hashOf(const std::string& id)
    {
        const QByteArray key = QByteArray::fromStdString(id);
        if (m_done.contains(key)) {
            return m_done.value(key);
        }
        if (m_open.contains(key)) {
            return "circle";
        }
        const Json* node = member(m_prompt, id);
        if (!node) {
            return "missing";
        }
        m_open.insert(key);
        std::vector<std::string> lines;
        for (const auto& [name, value] : inputsOf(*node).items()) {
            const std::string origin =
                value.is_array() && value.size() == 2 ? idText(value[0]).toStdString() : std::string();
            const bool isLink = !origin.empty() && member(m_prompt, origin);
            lines.push_back(name
                            + (isLink ? "<-" + hashOf(origin).toStdString() + ':' + canonical(value[1])
                                      : '=' + canonical(value)));
        }
        std::sort(lines.begin(), lines.end());
        QCryptographicHash hash(QCryptographicHash::Sha256);
        hash.addData(stringMember(*node, "class_type").toUtf8());
        for (const std::string& line : lines) {
            hash.addData(QByteArray::fromStdString('\n' + line));
        }
        m_open.remove(key);
        m_done.insert(key, hash.result());
        return hash.result();
    }

    const Json& m_prompt;
    QHash<QByteArray, QByteArray> m_done;
    QSet<QByteArray> m_open;
    QList<QByteArray> m_all;
};

QString shortText(const Json* value)
{
    return value ? QString::fromUtf8(writeJson(*value)).left(160) : QStringLiteral("nothing");
}

} // namespace

PromptEquality comparePrompts(const Json& expected, const Json& actual, const NodeCatalog& catalog)
{
    if (equalPrompts(expected, actual, false)) {
        return PromptEquality::Exact;
    }
    if (equalPrompts(expected, actual, true)) {
        return PromptEquality::NumbersAsDoubles;
    }
    const Json expectedView = serverView(expected, catalog);
    const Json actualView = serverView(actual, catalog);
    if (equalPrompts(expectedView, actualView, true)) {
        return PromptEquality::ServerView;
    }
    const bool sameGraph = StructuralHashes(expectedView).sorted() == StructuralHashes(actualView).sorted();
    return sameGraph ? PromptEquality::UpToIds : PromptEquality::Different;
}

QStringList promptDifferences(const Json& expected, const Json& actual)
{
    QStringList lines;
    for (const auto& [id, node] : expected.items()) {
        const QString name = QString::fromStdString(id) % u' ' % stringMember(node, "class_type");
        const Json* other = member(actual, id);
        if (!other) {
            lines.append(QStringLiteral("missing node %1").arg(name));
            continue;
        }
        if (stringMember(node, "class_type") != stringMember(*other, "class_type")) {
            lines.append(QStringLiteral("%1: class is %2").arg(name, stringMember(*other, "class_type")));
        }
        for (const auto& [input, value] : inputsOf(node).items()) {
            const Json* found = member(inputsOf(*other), input);
            if (!found || !equalValues(value, *found, true)) {
                lines.append(
                    QStringLiteral("%1.%2: expected %3, got %4")
                        .arg(name, QString::fromStdString(input), shortText(&value), shortText(found)));
            }
        }
        for (const auto& [input, value] : inputsOf(*other).items()) {
            if (!member(inputsOf(node), input)) {
                lines.append(QStringLiteral("%1.%2: extra %3")
                                 .arg(name, QString::fromStdString(input), shortText(&value)));
            }
        }
    }
    for (const auto& [id, node] : actual.items()) {
        if (!member(expected, id)) {
            lines.append(QStringLiteral("extra node %1 %2")
                             .arg(QString::fromStdString(id), stringMember(node, "class_type")));
        }
    }
    return lines;
}

} // namespace gesso::testkit
