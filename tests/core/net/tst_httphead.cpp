// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httphead.h"

#include <QTest>

using namespace gesso;

class TestHttpHead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void keepsHeadersInTheirOrder();
    void interimHeadsAndTrailersAreForgotten();
    void isBounded();
};

void TestHttpHead::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isComplete");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("reason");
    QTest::newRow("usual") << QByteArray("HTTP/1.1 404 Not Found\r\n\r\n") << true << 404
                           << QStringLiteral("Not Found");
    QTest::newRow("no words") << QByteArray("HTTP/1.1 200\r\n\r\n") << true << 200 << QString();
    QTest::newRow("old") << QByteArray("HTTP/1.0 500 x\n\n") << true << 500 << QStringLiteral("x");
    QTest::newRow("UTF-8") << QByteArray("HTTP/1.1 400 \xC3\xA9\r\n\r\n") << true << 400
                           << QString(QChar(0xE9));
    QTest::newRow("not over") << QByteArray("HTTP/1.1 200 OK\r\nA: b") << false << 200
                              << QStringLiteral("OK");
    QTest::newRow("interim") << QByteArray("HTTP/1.1 100 Continue\r\n\r\n") << false << 100
                             << QStringLiteral("Continue");
    QTest::newRow("no number") << QByteArray("HTTP/1.1 abc\r\n\r\n") << false << 0 << QString();
    QTest::newRow("below zero") << QByteArray("HTTP/1.1 -20 x\r\n\r\n") << false << -20
                                << QStringLiteral("x");
    QTest::newRow("nothing else") << QByteArray("HTTP/\r\n\r\n") << false << 0 << QString();
    QTest::newRow("no status line") << QByteArray("A: b\r\n\r\n") << false << 0 << QString();
    QTest::newRow("empty") << QByteArray() << false << 0 << QString();
}

void TestHttpHead::reads()
{
    QFETCH(QByteArray, text);
    HttpHead head;
    for (const QByteArray& line : text.split('\n')) {
        QVERIFY(head.take(QByteArray(line + '\n')));
        if (head.isComplete()) {
            break;
        }
    }
    QTEST(head.isComplete(), "isComplete");
    QTEST(head.answer().status, "status");
    QTEST(head.answer().reason, "reason");
}

void TestHttpHead::keepsHeadersInTheirOrder()
{
    HttpHead head;
    for (const char* line : {"HTTP/1.1 200 OK", "B:2", "a : 1:1 ", ": none", "no colon", "B: 3",
                             "CONTENT-TYPE: image/png", ""}) {
        QVERIFY(head.take(line));
    }
    const QList<std::pair<QByteArray, QByteArray>> expected{
        {"B", "2"}, {"a", "1:1"}, {"B", "3"}, {"CONTENT-TYPE", "image/png"}};
    QVERIFY(head.isComplete());
    QCOMPARE(head.answer().headers, expected);
    QCOMPARE(head.answer().contentType, "image/png");
    QCOMPARE(head.answer().header("A"), "1:1");
}

void TestHttpHead::interimHeadsAndTrailersAreForgotten()
{
    HttpHead head;
    for (const char* line : {"HTTP/1.1 103 Early Hints", "Link: x", "", "HTTP/1.1 204 No Content", "A: b", "",
                             "Trailer: z", "HTTP/1.1 500 No", ""}) {
        QVERIFY(head.take(line));
    }
    const QList<std::pair<QByteArray, QByteArray>> expected{{"A", "b"}};
    QCOMPARE(head.answer().status, 204);
    QCOMPARE(head.answer().headers, expected);
}

void TestHttpHead::isBounded()
{
    HttpHead head;
    int taken = 0;
    while (taken < 1'000'000 && head.take("HTTP/1.1 100 Continue")) { // interim heads count as well
        ++taken;
    }
    QVERIFY(taken < 20'000);
    QVERIFY(!HttpHead().take(QByteArray(300'000, 'x')));
}

QTEST_GUILESS_MAIN(TestHttpHead)
#include "tst_httphead.moc"
