// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/library/fuzzymatch.h"

#include <QTest>

using namespace gesso;

class TestFuzzyMatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matches_data();
    void matches();
    void betterMatchesScoreMore();
};

void TestFuzzyMatch::matches_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("found");
    QTest::newRow("nothing typed") << QString() << true;
    QTest::newRow("whole") << QStringLiteral("lighthouse") << true;
    QTest::newRow("letters") << QStringLiteral("lthp") << true;
    QTest::newRow("spaces") << QStringLiteral("two light") << false; // in order
    QTest::newRow("words") << QStringLiteral("light two") << true;
    QTest::newRow("missing") << QStringLiteral("lightx") << false;
    QTest::newRow("umlaut") << QStringLiteral("ü") << false;
}

void TestFuzzyMatch::matches()
{
    QFETCH(QString, typed);
    QFETCH(bool, found);
    QCOMPARE(fuzzyScore(typed, QStringLiteral("Lighthouse, two passes")) > 0, found);
}

void TestFuzzyMatch::betterMatchesScoreMore()
{
    const auto score = [](const char* text) { return fuzzyScore(u"ink", QString::fromLatin1(text)); };
    QVERIFY(score("Ink to colour") > score("Painting by king")); // start of a word
    QVERIFY(score("Drinking") > score("Inverted and kept")); // in a row
}

QTEST_GUILESS_MAIN(TestFuzzyMatch)
#include "tst_fuzzymatch.moc"
