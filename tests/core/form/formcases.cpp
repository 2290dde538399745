// SPDX-License-Identifier: GPL-3.0-or-later
#include "formcases.h"

#include "core/workflow/reader.h"
#include "tests/testkit/testdata.h"

#include <QHash>
#include <QTest>

namespace gesso::testkit {

static QList<FormCase> formCases(const QStringList& kinds)
{
    QList<FormCase> cases;
    const QString folder = dataFolder() + QStringLiteral("/conversion/");
    for (const Json& entry : readJson(folder + QStringLiteral("index.json"))) {
        const QString kind = stringMember(entry, "kind");
        if (kinds.contains(kind)) {
            const QString name = kind + u'/' + stringMember(entry, "name");
            cases.append(
                {name, folder + name + QStringLiteral("/workflow.json"), stringMember(entry, "object_info")});
        }
    }
    return cases;
}

FormCase formCase(const QString& name)
{
    for (const FormCase& candidate : formCases({name.section(u'/', 0, 0)})) {
        if (candidate.name == name) {
            return candidate;
        }
    }
    qFatal("no recorded case %s", qPrintable(name));
}

void addRowsOfAllCases()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("catalog");
    if (!hasData()) {
        return;
    }
    for (const FormCase& entry : formCases(
             {QStringLiteral("cases"), QStringLiteral("cases-2026"), QStringLiteral("unknown-nodes")})) {
        QTest::newRow(qPrintable(entry.name)) << entry.path << entry.catalog;
    }
}

NodeCatalogPtr recordedCatalog(const QString& fileName)
{
    static QHash<QString, NodeCatalogPtr> catalogs;
    NodeCatalogPtr& catalog = catalogs[fileName];
    if (!catalog) {
        catalog = catalogFrom(readAll(dataFolder() + QStringLiteral("/conversion/") + fileName));
    }
    return catalog;
}

NodeCatalogPtr catalogFrom(const QByteArray& json)
{
    const auto catalog = NodeCatalog::parse(json);
    if (!catalog) {
        qFatal("%s", qPrintable(catalog.error().message));
    }
    return *catalog;
}

Workflow workflowFrom(const QByteArray& json)
{
    const auto workflow = readWorkflow(json, QStringLiteral("test"));
    if (!workflow) {
        qFatal("%s", qPrintable(workflow.error().message));
    }
    return *workflow;
}

} // namespace gesso::testkit
