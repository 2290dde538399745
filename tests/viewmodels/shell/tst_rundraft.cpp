// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/rundraft.h"

#include "core/workflow/reader.h"

#include <QSet>
#include <QTest>

using namespace gesso;

namespace {

RunDraft draftOf(const QByteArray& widgets)
{
    const auto catalog = NodeCatalog::parse(R"({"N": {"input": {"required": {
        "text": ["STRING", {"dynamicPrompts": true}], "seed": ["INT", {"max": 18446744073709551615}]}}, "output": [], "output_node": true}})");
    auto workflow = readWorkflow(
        R"({"version": 0.4, "nodes": [{"id": 1, "type": "N", "mode": 0, "inputs": [], "outputs": [], "widgets_values": )"
            + widgets + R"(}], "links": []})",
        QStringLiteral("test"));
    if (!catalog || !workflow) {
        qFatal("the sample cannot be read");
    }
    RunDraft draft;
    draft.catalog = *catalog;
    draft.workflow = std::make_shared<const Workflow>(std::move(*workflow));
    return draft;
}

QByteArray textOf(const Result<RunRequest>& request)
{
    const PromptNode* node = request->prompt.node(NodeId(QStringLiteral("1")));
    return writeJson(*node->input(QStringLiteral("text")));
}

} // namespace

// The requests that one press of Generate makes.
class TestRunDraft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_draft = draftOf(R"(["{a|b|c|d|e|f|g|h}{a|b|c|d|e|f|g|h}{a|b|c|d|e|f|g|h}", 1, "randomize"])");
        m_seeded = m_draft;
        m_seeded.seedField = WidgetRef{NodeId(QStringLiteral("1")), QStringLiteral("seed")};
    }

    void aSeedRepeatsItsChoices()
    {
        QSet<QByteArray> texts;
        for (quint64 seed = 0; seed < 20; ++seed) {
            const auto first = makeRequest(m_seeded, Seed{seed}, 1, {});
            const auto again = makeRequest(m_seeded, Seed{seed}, 2, {}); // other chance, same seed
            QVERIFY(first && again);
            QCOMPARE(textOf(first), textOf(again));
            QCOMPARE(first->prompt.node(NodeId(QStringLiteral("1")))
                         ->input(QStringLiteral("seed"))
                         ->get<quint64>(),
                     seed);
            QCOMPARE(first->seed->value, seed);
            QVERIFY(first->id != again->id);
            texts.insert(textOf(first));
        }
        QVERIFY(texts.size() > 10); // the runs of a batch differ
    }

    void withoutASeedChanceDecides()
    {
        QSet<QByteArray> texts;
        for (quint64 random = 0; random < 20; ++random) {
            texts.insert(textOf(makeRequest(m_draft, std::nullopt, random, {})));
        }
        QVERIFY(texts.size() > 10);
    }

    // The document keeps the choice open; what was chosen is in the prompt.
    void theSavedWorkflowKeepsTheChoice()
    {
        const auto request = makeRequest(m_seeded, Seed{7}, 0, {});
        QVERIFY(request);
        QVERIFY(writeJson(request->workflow).contains("{a|b|c|d|e|f|g|h}"));
        QVERIFY(!textOf(request).contains('|'));
    }

private:
    RunDraft m_draft;
    RunDraft m_seeded;
};

QTEST_GUILESS_MAIN(TestRunDraft)
#include "tst_rundraft.moc"
