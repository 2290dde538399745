// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/secrets.h"

#include <QTest>

using namespace gesso;

class TestSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names_data();
    void names();
    void texts_data();
    void texts();
    void jsonKeepsEverythingElse();
    void urls();
};

void TestSecrets::names_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isSecret");
    for (const char* name : {"api_key_comfy_org", "auth_token_comfy_org", "API-Key", "x-api-key", "password",
                             "Authorization", "token", "Set-Cookie", "client_secret", "accessToken"}) {
        QTest::newRow(name) << QString::fromLatin1(name) << true;
    }
    for (const char* name : {"", "text", "max_tokens", "tokenizer", "seed", "keyframe", "prompt", "author"}) {
        QTest::addRow("'%s'", name) << QString::fromLatin1(name) << false;
    }
}

void TestSecrets::names()
{
    QFETCH(QString, name);
    QTEST(isSecretName(name), "isSecret");
}

void TestSecrets::texts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("clean");
    const auto row = [](const char* name, const char* text, const char* clean) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(clean);
    };
    row("nothing", "a lighthouse at dusk, 20 steps: fine", "a lighthouse at dusk, 20 steps: fine");
    row("user info", "http://me:pass@gpu-box:8188/queue", "http://<redacted>@gpu-box:8188/queue");
    row("bearer", "Authorization: Bearer abc.def-123", "Authorization: <redacted> <redacted>");
    row("basic", "sent Basic dXNlcjpwYXNz to it", "sent Basic <redacted> to it");
    row("query", "GET /ws?token=hunter2&clientId=7", "GET /ws?token=<redacted>&clientId=7");
    row("json", R"({"api_key_comfy_org": "sk-1", "seed": 7})",
        R"({"api_key_comfy_org": "<redacted>", "seed": 7})");
    row("colon", "password: hunter2", "password: <redacted>");
    row("not a secret", "max_tokens=77 tokenizer: clip", "max_tokens=77 tokenizer: clip");
    row("umlauts", "Schlüssel für token=ö1 und mehr", "Schlüssel für token=<redacted> und mehr");
}

void TestSecrets::texts()
{
    QFETCH(QString, text);
    QTEST(withoutSecrets(text), "clean");
    QFETCH(QString, clean);
    QCOMPARE(withoutSecrets(clean), clean); // twice is once
}

void TestSecrets::jsonKeepsEverythingElse()
{
    const Json value = parseJson(R"({"prompt":{"3":{"inputs":{"seed":18446744073709551615,"cfg":1.0}}},)"
                                 R"("extra_data":{"api_key_comfy_org":"sk-1","token":null,)"
                                 R"("list":[{"auth_token_comfy_org":{"a":1}}]}})")
                           .value();
    QCOMPARE(writeJson(withoutSecrets(value)),
             QByteArray(R"({"prompt":{"3":{"inputs":{"seed":18446744073709551615,"cfg":1.0}}},)"
                        R"("extra_data":{"api_key_comfy_org":"<redacted>","token":null,)"
                        R"("list":[{"auth_token_comfy_org":"<redacted>"}]}})"));
}

void TestSecrets::urls()
{
    const QUrl clean =
        withoutSecrets(QUrl(QStringLiteral("wss://me:pw@box:1/x/ws?clientId=7&access_token=abc#f")));
    QCOMPARE(clean.host(), QStringLiteral("box"));
    QVERIFY(clean.userInfo().isEmpty());
    QVERIFY(!clean.toString().contains(QLatin1String("abc")));
    QVERIFY(clean.toString().contains(QLatin1String("clientId=7")));
    QVERIFY(!clean.hasFragment());
}

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
