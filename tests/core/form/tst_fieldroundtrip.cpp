// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/binding.h"
#include "core/form/formbuilder.h"
#include "core/form/untouched.h"
#include "core/workflow/graphpath.h"
#include "core/workflow/reader.h"
#include "formcases.h"
#include "tests/testkit/testdata.h"

#include <QTest>

#include <map>

using namespace gesso;
using namespace gesso::testkit;

namespace {

bool isValid(const Field& field, double number)
{
    const Json& min = field.limits.min;
    const Json& max = field.limits.max;
    return (!min.is_number() || number >= min.get<double>())
        && (!max.is_number() || number <= max.get<double>());
}

// A value of the field's kind, allowed by its limits and choices, that is not the one it has.
Json otherValue(const Field& field)
{
    switch (field.kind) {
    case FieldKind::Integer:
    case FieldKind::Seed:
        for (const Json& number : {field.limits.min, field.limits.max, Json(7), Json(8)}) {
            if (number.is_number() && isValid(field, number.get<double>()) && number != field.value) {
                return number;
            }
        }
        break;
    case FieldKind::Float:
        for (const Json& number : {Json(0.25), Json(0.5), field.limits.min, field.limits.max}) {
            if (number.is_number() && isValid(field, number.get<double>()) && number != field.value) {
                return number;
            }
        }
        break;
    case FieldKind::Boolean:
        return field.value != Json(true);
    default:
        for (const Json& choice : field.choices) {
            if (choice != field.value) {
                return choice;
            }
        }
        break;
    }
    return "edited by a test"; // any text, or the only value of a list that is empty on that server
}

bool sameNumberOrValue(const Json& a, const Json& b)
{
    return a.is_number() && b.is_number() ? a.get<double>() == b.get<double>() : a == b;
}

// One place of a prompt that an edit changed; nullptr for what is only in the other prompt.
struct Change {
    NodeId node;
    QString input;
    const Json* before = nullptr;
    const Json* after = nullptr;
};

void compareInputs(const PromptNode& before, const PromptNode& after, QList<Change>& changes)
{
    if (before.inputs == after.inputs) {
        return;
    }
    for (const auto& [name, value] : before.inputs) {
        const Json* other = after.input(name);
        if (!other || *other != value) {
            changes.append({before.id, name, &value, other});
        }
    }
    for (const auto& [name, value] : after.inputs) {
        if (!before.input(name)) {
            changes.append({before.id, name, nullptr, &value});
        }
    }
}

QList<Change> changesOf(const Prompt& before, const Prompt& after)
{
    QList<Change> changes;
    for (const PromptNode& node : before.nodes) {
        const PromptNode* other = after.node(node.id);
        if (other && other->classType == node.classType && other->title == node.title) {
            compareInputs(node, *other, changes);
        } else {
            changes.append({node.id, QStringLiteral("(the node)"), nullptr, nullptr});
        }
    }
    if (before.nodes.size() != after.nodes.size()) {
        changes.append({NodeId(), QStringLiteral("(number of nodes)"), nullptr, nullptr});
    }
    return changes;
}

QString lastStep(const NodeId& path)
{
    return path.toString().section(QLatin1Char(':'), -1);
}

// As %Node.widget% is replaced in file names (conversion.md, 4.2).
QString asToken(const Json& value)
{
    QString text = value.is_string() ? toQString(value) : QString::fromUtf8(writeJson(value));
    for (QChar& character : text) {
        if (character < u' ' || QStringLiteral("/?<>:*|\\").contains(character) || character == QChar(34)) {
            character = u'_';
        }
    }
    return text;
}

// Byte for byte where values are kept; whether the rest is untouched is looked at once for all fields.
bool holdsTheSame(const GraphLevel& a, const GraphLevel& b)
{
    return std::equal(a.nodes.begin(), a.nodes.end(), b.nodes.begin(), b.nodes.end(),
                      [](const GraphNode& one, const GraphNode& other) {
                          return one.widgetsValues == other.widgetsValues
                              && one.widgetsValues.size() == other.widgetsValues.size()
                              && writeJson(one.widgetsValues) == writeJson(other.widgetsValues);
                      });
}

bool holdsTheSame(const Workflow& a, const Workflow& b)
{
    if (!a.isGraph()) {
        return writeJson(toJson(a)) == writeJson(toJson(b));
    }
    const auto& subgraphs = a.graph()->subgraphs;
    const auto& others = b.graph()->subgraphs;
    return holdsTheSame(a.graph()->root, b.graph()->root)
        && std::equal(subgraphs.begin(), subgraphs.end(), others.begin(), others.end(),
                      [](const SubgraphDefinition& one, const SubgraphDefinition& other) {
                          return holdsTheSame(one.level, other.level);
                      });
}

bool isIn(const Graph* graph, const NodeId& node, const QString& type)
{
    const auto location = graph ? locateNode(*graph, node) : std::nullopt;
    return location && location->node->type == type;
}

} // namespace

// Every field of every recorded workflow, edited one by one: the prompt changes where it should and nowhere
// else, and taking the edit back gives the prompt and the file as they were. All edits of a workflow
// together: saved and opened again they give the same prompt.
class TestFieldRoundTrip : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFieldOfRealWorkflows_data();
    void everyFieldOfRealWorkflows();
    void cleanupTestCase();

private:
    struct Opened {
        Workflow workflow;
        NodeCatalogPtr catalog;
        Prompt prompt;
        QByteArray bytes; // as saved untouched
    };

    QString checkField(const Opened& opened, const Field& field);
    QString kindOf(const Opened& opened, const Workflow& edited, const Field& field,
                   const Change& change) const;
    bool isOldName(const Opened& opened, const Field& field) const;
    QString checkUndo(const Opened& opened, const Field& field, Workflow edited);
    QString checkAllTogether(const Opened& opened, const Form& form);

    std::map<QString, int> m_counts;
    int m_cases = 0;
};

void TestFieldRoundTrip::everyFieldOfRealWorkflows_data()
{
    addRowsOfAllCases();
}

void TestFieldRoundTrip::everyFieldOfRealWorkflows()
{
    GESSO_NEEDS_DATA();
    QFETCH(QString, path);
    QFETCH(QString, catalog);
    auto workflow = readWorkflowFile(path);
    QVERIFY(workflow);
    Opened opened{*workflow, recordedCatalog(catalog), {}, {}};
    const auto conversion = promptFor(opened.workflow, *opened.catalog);
    QVERIFY(conversion);
    opened.prompt = conversion->prompt;
    opened.bytes = writeJson(toJson(opened.workflow));
    const Form form = buildForm(opened.workflow, *opened.catalog);
    QStringList wrong;
    for (const Field& field : form.fields) {
        if (field.linked) {
            ++m_counts[QStringLiteral("decided by a link, not edited")];
        } else if (const QString complaint = checkField(opened, field); !complaint.isEmpty()) {
            wrong.append(field.ref.toString() % u": " % complaint);
        }
    }
    if (const QString complaint = checkAllTogether(opened, form); !complaint.isEmpty()) {
        wrong.append(complaint);
    }
    ++m_cases;
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QStringLiteral("\n  "))));
}

QString TestFieldRoundTrip::checkField(const Opened& opened, const Field& field)
{
    const Json value = otherValue(field);
    Workflow edited = opened.workflow;
    if (!setFieldValue(edited, *opened.catalog, field.ref, value)) {
        return QStringLiteral("cannot be set");
    }
    if (*fieldValue(edited, *opened.catalog, field.ref) != value) {
        return QStringLiteral("does not keep its value");
    }
    const auto conversion = promptFor(edited, *opened.catalog);
    if (!conversion) {
        return conversion.error().message;
    }
    QStringList wrong;
    bool isSent = false;
    const QList<Change> changes = changesOf(opened.prompt, conversion->prompt);
    for (const Change& change : changes) {
        const QString kind = kindOf(opened, edited, field, change);
        if (kind.isEmpty()) {
            wrong.append(change.node.toString() % u'.' % change.input % u" changed, too: "
                         % QString::fromUtf8(change.before ? writeJson(*change.before).left(80) : "nothing")
                         % u" to "
                         % QString::fromUtf8(change.after ? writeJson(*change.after).left(80) : "nothing"));
        }
        isSent = isSent || kind == u"in its own place" || kind == u"pushed by a primitive"
            || kind == u"of a class by its old name";
        ++m_counts[kind];
    }
    const PromptNode* node = opened.prompt.node(field.ref.node);
    if (!isSent && node && node->classType == field.nodeType) {
        wrong.append(u"changed nothing, set to " % QString::fromUtf8(writeJson(value)));
    }
    ++m_counts[isSent ? QStringLiteral("fields edited and sent")
                      : QStringLiteral("fields of nodes that are not sent")];
    if (const QString complaint = checkUndo(opened, field, std::move(edited)); !complaint.isEmpty()) {
        wrong.append(complaint);
    }
    return wrong.join(u"; ");
}

// Why a place may change; empty if it may not.
QString TestFieldRoundTrip::kindOf(const Opened& opened, const Workflow& edited, const Field& field,
                                   const Change& change) const
{
    const Json value = otherValue(field);
    const WidgetRef place{change.node, change.input};
    const bool holdsValue = change.after && sameNumberOrValue(*change.after, value);
    const bool sameNode = change.node == field.ref.node;
    if (sameNode && change.input == field.ref.input) {
        return holdsValue ? QStringLiteral("in its own place") : QString();
    }
    if (sameNode && change.input.startsWith(field.ref.input + u'.')) {
        return QStringLiteral("inputs that a choice brings");
    }
    if (isIn(opened.workflow.graph(), field.ref.node, QStringLiteral("PrimitiveNode"))) {
        return QStringLiteral("pushed by a primitive");
    }
    if (isOldName(opened, field)) {
        return QStringLiteral("of a class by its old name");
    }
    if (change.before && change.before->is_string() && change.after && change.after->is_string()
        && toQString(*change.before).replace(asToken(field.value), asToken(value))
            == toQString(*change.after)) {
        return QStringLiteral("named by a token of a text");
    }
    const auto shownBefore = fieldValue(opened.workflow, *opened.catalog, place);
    const auto shown = fieldValue(edited, *opened.catalog, place);
    if (shownBefore && shown && *shown == value && *shownBefore == field.value) {
        return QStringLiteral("driven by the same value of the subgraph");
    }
    if (field.sharedBy > 1 && lastStep(change.node) == lastStep(field.ref.node)
        && change.input == field.ref.input) {
        return holdsValue ? QStringLiteral("in other instances of the subgraph") : QString();
    }
    return {};
}

// Such a node is converted, but its fields are those of an unknown one.
bool TestFieldRoundTrip::isOldName(const Opened& opened, const Field& field) const
{
    return !opened.catalog->contains(field.nodeType) && opened.prompt.node(field.ref.node);
}

QString TestFieldRoundTrip::checkUndo(const Opened& opened, const Field& field, Workflow edited)
{
    if (!setFieldValue(edited, *opened.catalog, field.ref, field.value)) {
        return QStringLiteral("cannot be set back");
    }
    restoreUntouched(edited, opened.workflow, field.ref, {});
    return holdsTheSame(edited, opened.workflow) ? QString()
                                                 : QStringLiteral("taken back, the file is another");
}

QString TestFieldRoundTrip::checkAllTogether(const Opened& opened, const Form& form)
{
    Workflow edited = opened.workflow;
    for (const Field& field : form.fields) {
        if (!field.linked) {
            setFieldValue(edited, *opened.catalog, field.ref, otherValue(field));
        }
    }
    const QByteArray saved = writeJson(toJson(edited), 2);
    const auto reopened = readWorkflow(saved, QStringLiteral("saved"));
    if (!reopened) {
        return reopened.error().message;
    }
    if (writeJson(toJson(*reopened), 2) != saved) {
        return QStringLiteral("saved again, the file is another");
    }
    const auto before = promptFor(edited, *opened.catalog);
    const auto after = promptFor(*reopened, *opened.catalog);
    if (!before || !after) {
        return QStringLiteral("cannot be converted any more");
    }
    if (!changesOf(before->prompt, after->prompt).isEmpty()) {
        return QStringLiteral("opened again, it gives another prompt");
    }
    QList<WidgetRef> others;
    for (const Field& field : form.fields) {
        others.append(field.ref);
    }
    for (const Field& field : form.fields) { // taken back one after the other
        others.removeFirst();
        if (!field.linked) {
            setFieldValue(edited, *opened.catalog, field.ref, field.value);
        }
        restoreUntouched(edited, opened.workflow, field.ref, others);
    }
    return writeJson(toJson(edited)) == opened.bytes ? QString()
                                                     : QStringLiteral("all taken back, the file is another");
}

void TestFieldRoundTrip::cleanupTestCase()
{
    if (!hasData()) {
        return;
    }
    for (const auto& [kind, count] : m_counts) {
        qInfo("%6d %s", count, qPrintable(kind));
    }
    qInfo("%6d workflows", m_cases);
    QVERIFY(m_counts[QStringLiteral("fields edited and sent")] > 8000);
}

QTEST_GUILESS_MAIN(TestFieldRoundTrip)
#include "tst_fieldroundtrip.moc"
