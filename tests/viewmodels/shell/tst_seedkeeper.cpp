// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/seedkeeper.h"

#include "tests/viewmodels/smallworkflow.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace gesso;

class TestSeedKeeper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aTypedSeedIsUsedAsItIs();
    void theRuleAppliesWhenTheNextRunStarts_data();
    void theRuleAppliesWhenTheNextRunStarts();
    void whatIsSaidToComeNextComes();
    void theShownPictureBringsItsSeedBack();
    void aTypedSeedIsNotReplacedByAPicture();
    void anotherDocumentForgets();
    void withoutASeedThereIsNone();
    void changingTheRuleChangesWhatComes();

private:
    void open(const QByteArray& graph);
    void type(quint64 seed) { m_document->setValue(m_document->seedField(), Json(seed)); }
    quint64 shown() const { return m_document->field(m_document->seedField()).value.get<quint64>(); }
    static PromptId run(const char* id) { return PromptId(QString::fromLatin1(id)); }

    QTemporaryDir m_folder;
    std::unique_ptr<WorkflowDocument> m_document;
    std::unique_ptr<SeedKeeper> m_seeds;
};

void TestSeedKeeper::init()
{
    m_seeds.reset();
    m_document = std::make_unique<WorkflowDocument>();
    m_document->setCatalog(testkit::smallCatalog());
    m_seeds = std::make_unique<SeedKeeper>(*m_document);
    open(testkit::smallGraph());
}

void TestSeedKeeper::open(const QByteArray& graph)
{
    QFile file(m_folder.filePath(QStringLiteral("a.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(graph);
    file.close();
    QSignalSpy opened(m_document.get(), &WorkflowDocument::opened);
    m_document->open(file.fileName());
    QVERIFY(opened.wait());
}

void TestSeedKeeper::aTypedSeedIsUsedAsItIs()
{
    type(UINT64_MAX);
    QVERIFY(!m_seeds->willAdvance());
    QCOMPARE(m_seeds->take(), Seed{UINT64_MAX});
    QCOMPARE(shown(), quint64(UINT64_MAX));
    QVERIFY(m_seeds->willAdvance());
    type(7);
    type(UINT64_MAX); // the same number, but typed: wanted
    QCOMPARE(m_seeds->take(), Seed{UINT64_MAX});
}

void TestSeedKeeper::theRuleAppliesWhenTheNextRunStarts_data()
{
    QTest::addColumn<SeedRule>("rule");
    QTest::addColumn<quint64>("first");
    QTest::addColumn<quint64>("second");
    QTest::newRow("fixed") << SeedRule::Fixed << quint64(7) << quint64(7);
    QTest::newRow("increment") << SeedRule::Increment << quint64(7) << quint64(8);
    QTest::newRow("decrement") << SeedRule::Decrement << quint64(7) << quint64(6);
    QTest::newRow("wraps up") << SeedRule::Increment << quint64(UINT64_MAX) << quint64(0);
    QTest::newRow("wraps down") << SeedRule::Decrement << quint64(0) << quint64(UINT64_MAX);
}

void TestSeedKeeper::theRuleAppliesWhenTheNextRunStarts()
{
    QFETCH(SeedRule, rule);
    QFETCH(quint64, first);
    QFETCH(quint64, second);
    m_seeds->setRule(rule);
    type(first);
    QCOMPARE(m_seeds->take(), Seed{first});
    QCOMPARE(shown(), first);
    QCOMPARE(m_seeds->take(), Seed{second});
    QCOMPARE(shown(), second);
}

void TestSeedKeeper::whatIsSaidToComeNextComes()
{
    m_seeds->setRule(SeedRule::Randomize);
    m_seeds->take();
    for (int i = 0; i < 5; ++i) {
        const std::optional<Seed> next = m_seeds->nextSeed();
        QCOMPARE(m_seeds->take(), next);
    }
}

void TestSeedKeeper::theShownPictureBringsItsSeedBack()
{
    m_seeds->setRule(SeedRule::Increment);
    type(10);
    for (const char* id : {"a", "b", "c"}) {
        m_seeds->noteRun(run(id), *m_seeds->take());
    }
    QCOMPARE(shown(), quint64(12));
    m_seeds->showRun(run("a"));
    QCOMPARE(shown(), quint64(10));
    QVERIFY(m_seeds->isOfShownPicture());
    QCOMPARE(m_seeds->nextSeed(), Seed{13}); // goes on after the last run, whatever is looked at
    m_seeds->showRun(run("b"));
    QCOMPARE(shown(), quint64(11));
    m_seeds->showRun(run("of another workflow"));
    QCOMPARE(shown(), quint64(11));
    QVERIFY(!m_seeds->isOfShownPicture());
    QCOMPARE(m_seeds->take(), Seed{13});
}

void TestSeedKeeper::aTypedSeedIsNotReplacedByAPicture()
{
    m_seeds->noteRun(run("a"), *m_seeds->take());
    type(99);
    m_seeds->showRun(run("a"));
    QCOMPARE(shown(), quint64(99));
    QVERIFY(!m_seeds->isOfShownPicture());
    QCOMPARE(m_seeds->take(), Seed{99});
}

void TestSeedKeeper::anotherDocumentForgets()
{
    m_seeds->setRule(SeedRule::Increment);
    m_seeds->noteRun(run("a"), *m_seeds->take());
    open(testkit::smallGraph());
    QVERIFY(!m_seeds->willAdvance());
    type(50);
    m_seeds->showRun(run("a"));
    QCOMPARE(shown(), quint64(50));
}

void TestSeedKeeper::withoutASeedThereIsNone()
{
    open(
        R"({"nodes": [{"id": 3, "type": "SaveImage", "inputs": [{"name": "images", "type": "IMAGE", "link": null}],
            "outputs": [], "widgets_values": ["x"]}], "links": [], "version": 0.4})");
    QCOMPARE(m_seeds->take(), std::nullopt);
    QCOMPARE(m_seeds->nextSeed(), std::nullopt);
    m_seeds->setRule(SeedRule::Fixed);
    m_seeds->showRun(run("a"));
}

void TestSeedKeeper::changingTheRuleChangesWhatComes()
{
    QSignalSpy changed(m_seeds.get(), &SeedKeeper::changed);
    m_seeds->setRule(SeedRule::Increment);
    type(20);
    m_seeds->take();
    QCOMPARE(m_seeds->nextSeed(), Seed{21});
    m_seeds->setRule(SeedRule::Decrement);
    QCOMPARE(m_seeds->nextSeed(), Seed{19});
    QVERIFY(changed.size() >= 3);
}

QTEST_GUILESS_MAIN(TestSeedKeeper)
#include "tst_seedkeeper.moc"
