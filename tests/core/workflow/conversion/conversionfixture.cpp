// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/workflow/conversion/conversionfixture.h"

#include "tests/core/workflow/samples.h"

#include <QTest>

#include <utility>

namespace gesso::testkit {
namespace {

Json classInfo(const Json& shortForm)
{
    if (member(shortForm, "input")) {
        return shortForm;
    }
    Json info = Json::object({{"input", {{"required", Json::object()}, {"optional", Json::object()}}}});
    for (const auto& [key, value] : shortForm.items()) {
        if (key == "=>") {
            info["output"] = value;
        } else if (key == "#") {
            info["display_name"] = value;
        } else if (key.back() == '?') {
            info["input"]["optional"][key.substr(0, key.size() - 1)] = value;
        } else {
            info["input"]["required"][key] = value;
        }
    }
    return info;
}

// Writes the links of one level as its form wants them: arrays in the root of a 0.4 file, else objects.
class LinkWriter
{
public:
    LinkWriter(Json& level, bool asObjects)
        : m_level(level)
        , m_asObjects(asObjects)
    {
        if (!m_level.contains("links")) {
            m_level["links"] = Json::array();
        }
    }

    void expand()
    {
        for (Json& node : m_level["nodes"]) {
            if (node.is_object()) {
                expandNode(node);
            }
        }
        if (const Json* out = member(m_level, "out")) {
            const Json ends = *out;
            m_level.erase("out");
            for (std::size_t slot = 0; slot < ends.size(); ++slot) {
                add(ends[slot], -20, slot);
            }
        }
    }

private:
    void expandNode(Json& node)
    {
        if (node.contains("values")) {
            Json values = node["values"];
            node.erase("values");
            node["widgets_values"] = std::move(values);
        }
        if (!node.contains("in")) {
            return;
        }
        const Json inputs = node["in"];
        node.erase("in");
        node["inputs"] = Json::array();
        for (const auto& [name, origin] : inputs.items()) {
            Json input = {{"name", name}, {"type", origin.size() > 2 ? origin[2] : Json("*")}};
            input["link"] = origin.is_null() ? Json() : add(origin, node["id"], node["inputs"].size());
            node["inputs"].push_back(std::move(input));
        }
    }

    Json add(const Json& origin, const Json& target, std::size_t slot)
    {
        const std::size_t id = m_level["links"].size() + 1;
        const Json type = origin.size() > 2 ? origin[2] : Json("*");
        if (m_asObjects) {
            m_level["links"].push_back({{"id", id},
                                        {"origin_id", origin[0]},
                                        {"origin_slot", origin[1]},
                                        {"target_id", target},
                                        {"target_slot", slot},
                                        {"type", type}});
        } else {
            m_level["links"].push_back(Json::array({id, origin[0], origin[1], target, slot, type}));
        }
        return id;
    }

    Json& m_level;
    bool m_asObjects;
};

QString findingText(const Diagnostic& diagnostic)
{
    QString text = diagnostic.code;
    if (!diagnostic.node.isEmpty()) {
        text += u' ' % diagnostic.node.toString();
    }
    if (!diagnostic.input.isEmpty()) {
        text += u'.' % diagnostic.input;
    }
    return text;
}

} // namespace

NodeCatalogPtr ruleCatalog(QByteArrayView classes)
{
    Json info = Json::object();
    const Json shortForms = json(classes);
    for (const auto& [type, shortForm] : shortForms.items()) {
        info[type] = classInfo(shortForm);
    }
    auto catalog = NodeCatalog::parse(writeJson(info));
    if (!catalog) {
        qFatal("%s", qPrintable(catalog.error().message));
    }
    return std::move(*catalog);
}

Json ruleDocument(QByteArrayView text)
{
    Json document = json(text);
    if (document.is_array()) {
        document = Json::object({{"version", 0.4}, {"nodes", std::move(document)}});
    }
    LinkWriter(document, numberMember(document, "version") >= 1).expand();
    if (document.contains("definitions")) {
        for (Json& definition : document["definitions"]["subgraphs"]) {
            LinkWriter(definition, true).expand();
        }
    }
    return document;
}

RuleResult convertRule(const NodeCatalog& catalog, QByteArrayView document, const ConversionOptions& options)
{
    Diagnostics diagnostics;
    const auto graph = graphFromJson(ruleDocument(document), &diagnostics);
    if (!graph) {
        qFatal("%s", qPrintable(graph.error().message));
    }
    auto conversion = convertGraph(*graph, catalog, options);
    if (!conversion) {
        qFatal("%s", qPrintable(conversion.error().message));
    }
    RuleResult result;
    Json inputs = Json::object();
    const Json prompt = toJson(conversion->prompt);
    for (const auto& [id, node] : prompt.items()) {
        inputs[id] = node["inputs"];
    }
    result.inputs = writeJson(inputs);
    for (const Diagnostic& diagnostic : diagnostics + conversion->diagnostics) {
        result.findings.append(findingText(diagnostic));
    }
    result.prompt = std::move(conversion->prompt);
    return result;
}

void ruleColumns()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<QStringList>("findings");
}

void rule(const char* name, QByteArrayView document, QByteArrayView expected, const QStringList& findings)
{
    QTest::newRow(name) << document.toByteArray() << expected.toByteArray() << findings;
}

} // namespace gesso::testkit
