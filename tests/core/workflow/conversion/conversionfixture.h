// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflow/graphconverter.h"
#include "core/workflow/reader.h"

#include <QByteArray>
#include <QStringList>

// Tables of the rules of conversion.md: hand-made classes, a graph, and the prompt it must give. A row is
// named after its rule, "3.2 control column after seed"; tst_rulecoverage looks for those names.
namespace gesso::testkit {

// Classes in short form: {"Save": {"images": ["IMAGE"], "prefix?": ["STRING", {"default": "out"}], "=>":
// ["IMAGE"],
// "#": "Save Image"}}: inputs in order, "?" marks optional ones, "=>" the outputs' types, "#" the display
// name. A class with the member "input" is taken as /object_info has it.
NodeCatalogPtr ruleCatalog(QByteArrayView classes);

// A document in short form: a list of nodes, or an object with "nodes". Of each node "in" becomes its inputs
// and their links, {"images": [origin id, origin slot, type if it matters]} (null: an unlinked input), and
// "values" its widgets_values; of a subgraph definition "out": [[id, slot], …] becomes the links to its
// output box. All else is kept as it is.
Json ruleDocument(QByteArrayView text);

struct RuleResult {
    QByteArray
        inputs; // {"<node id>": {inputs}} as text: the order of nodes and inputs counts, and each digit
    QStringList findings; // "code node.input" of reading and converting, in order
    Prompt prompt;
};

RuleResult convertRule(const NodeCatalog& catalog, QByteArrayView document,
                       const ConversionOptions& options = {});

// Columns "document", "expected" and "findings" of a table, and a row of it.
void ruleColumns();
void rule(const char* name, QByteArrayView document, QByteArrayView expected,
          const QStringList& findings = {});

} // namespace gesso::testkit

// The body of a table test over ruleColumns().
#define GESSO_CHECK_RULE(classes)                                                                            \
    do {                                                                                                     \
        QFETCH(QByteArray, document);                                                                        \
        QFETCH(QByteArray, expected);                                                                        \
        QFETCH(QStringList, findings);                                                                       \
        const auto result = gesso::testkit::convertRule(*gesso::testkit::ruleCatalog(classes), document);    \
        QCOMPARE(QString::fromUtf8(result.inputs), QString::fromUtf8(expected));                             \
        QCOMPARE(result.findings, findings);                                                                 \
    } while (false)
