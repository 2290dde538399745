// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/base/sentences.h"

#include <QTest>

using namespace gesso;

class TestSentences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void joins_data();
    void joins();
};

void TestSentences::joins_data()
{
    QTest::addColumn<QStringList>("parts");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QStringList{} << QString();
    QTest::newRow("one") << QStringList{QStringLiteral("It failed.")} << QStringLiteral("It failed.");
    QTest::newRow("two") << QStringList{QStringLiteral("It failed."), QStringLiteral("Try again.")}
                         << QStringLiteral("It failed. Try again.");
    QTest::newRow("no hint") << QStringList{QStringLiteral("It failed."), QString()}
                             << QStringLiteral("It failed.");
    QTest::newRow("no full stop") << QStringList{QStringLiteral("VAE failed: bad value"),
                                                 QStringLiteral("Look.")}
                                  << QStringLiteral("VAE failed: bad value. Look.");
    QTest::newRow("bracket") << QStringList{QStringLiteral("It failed (so)"), QStringLiteral("Look.")}
                             << QStringLiteral("It failed (so). Look.");
    QTest::newRow("ends as it likes")
        << QStringList{QStringLiteral("Why?"), QStringLiteral("See: ")} << QStringLiteral("Why? See:");
    QTest::newRow("twice") << QStringList{QStringLiteral("Same"), QStringLiteral("Same.")}
                           << QStringLiteral("Same.");
}

void TestSentences::joins()
{
    QFETCH(QStringList, parts);
    QTEST(joinedSentences(parts), "text");
}

QTEST_GUILESS_MAIN(TestSentences)
#include "tst_sentences.moc"
