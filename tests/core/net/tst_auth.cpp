// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/auth.h"

#include <QNetworkRequest>
#include <QTest>

using namespace gesso;

class TestAuth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void header_data();
    void header();
    void tokensSaidBack();
    void tokensSaidBackInData();
};

void TestAuth::header_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<QByteArray>("expected"); // empty: no header
    QTest::newRow("plain") << QStringLiteral("abc") << QByteArray("Bearer abc");
    QTest::newRow("spaces around") << QStringLiteral("  abc \t") << QByteArray("Bearer abc");
    QTest::newRow("none") << QString() << QByteArray();
    QTest::newRow("only spaces") << QStringLiteral(" \n ") << QByteArray();
    QTest::newRow("a pasted line end adds no header")
        << QStringLiteral("abc\r\nX-Evil: 1") << QByteArray("Bearer abcX-Evil: 1");
    QTest::newRow("not ASCII") << QStringLiteral("ä") << QByteArray("Bearer \xC3\xA4");
}

void TestAuth::header()
{
    QFETCH(QString, token);
    QFETCH(QByteArray, expected);
    const Auth auth(token);
    QNetworkRequest request;
    auth.applyTo(request);
    QCOMPARE(auth.isEmpty(), expected.isEmpty());
    QCOMPARE(request.hasRawHeader("Authorization"), !expected.isEmpty());
    QCOMPARE(request.rawHeader("Authorization"), expected);
}

void TestAuth::tokensSaidBack()
{
    const Auth auth(QStringLiteral(" s3cr3t "));
    QCOMPARE(auth.withoutToken("Bearer s3cr3t, s3cr3t!"), QByteArray("Bearer <redacted>, <redacted>!"));
    QCOMPARE(auth.withoutToken("nothing"), QByteArray("nothing"));
    QCOMPARE(Auth().withoutToken("Bearer x"), QByteArray("Bearer x"));
    QCOMPARE(Auth(QStringLiteral("a")).withoutToken("banana"), QByteArray("banana")); // no secret anyway
}

// A short token may be a word of what is said: without it the answer would no longer be one.
void TestAuth::tokensSaidBackInData()
{
    const QByteArray frame = "{\"node\": \"a-token-of-some-length\"}";
    QCOMPARE(Auth(QStringLiteral("a-token-of-some-length")).withoutTokenInData(frame),
             QByteArray("{\"node\": \"<redacted>\"}"));
    QCOMPARE(Auth(QStringLiteral("node")).withoutTokenInData(frame), frame);
    QCOMPARE(Auth().withoutTokenInData(frame), frame);
}

QTEST_GUILESS_MAIN(TestAuth)
#include "tst_auth.moc"
