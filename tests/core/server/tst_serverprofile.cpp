// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/server/serverprofile.h"

#include <QTest>

using namespace gesso;

class TestServerProfile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void urlFromText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected"); // empty: none
        const auto row = [](const char* text, const char* expected) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("gpu-box", "http://gpu-box:8188");
        row("gpu-box:9000", "http://gpu-box:9000");
        row("  gpu-box:9000/  ", "http://gpu-box:9000");
        row("gpu-box/comfy", "http://gpu-box:8188/comfy");
        row("gpu-box:9000/comfy/", "http://gpu-box:9000/comfy");
        row("127.0.0.1", "http://127.0.0.1:8188");
        row("localhost:8188", "http://localhost:8188");
        row("http://gpu-box", "http://gpu-box");
        row("https://farm/comfy", "https://farm/comfy");
        row("https://farm:8443/a/b//", "https://farm:8443/a/b");
        row("HTTPS://Farm", "https://farm");
        row("::1", "http://[::1]:8188");
        row("[::1]", "http://[::1]:8188");
        row("[::1]:9000", "http://[::1]:9000");
        row("http://[fe80::1]:9000/x", "http://[fe80::1]:9000/x");
        row("2001:db8::1", "http://[2001:db8::1]:8188");
        row("http://user:secret@gpu-box", "http://gpu-box");
        row("http://gpu-box/?token=secret#x", "http://gpu-box");
        row("bücher.example", "http://xn--bcher-kva.example:8188");
        row("", "");
        row("   ", "");
        row("/", "");
        row(":8188", "");
        row("http://", "");
        row("http:///path", "");
        row("ftp://gpu-box", "");
        row("file:///etc/passwd", "");
        row("ws://gpu-box", "");
        row("javascript:alert(1)", "");
        row("mailto:a@b", "");
        row("C:\\comfy", "");
        row("gpu box", "");
        row("gpu-box:port", "");
        row("gpu-box:99999", "");
        row("gpu-box:0", "");
        row("[::1", "");
        row("[::1]x", "");
    }

    void urlFromText()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const QUrl url = serverUrlFromText(text);
        QCOMPARE(url.isValid(), !expected.isEmpty());
        QCOMPARE(url.toString(), expected);
        if (url.isValid()) {
            QCOMPARE(serverUrlFromText(url.toString()), url); // what is shown can be typed
        }
    }
};

QTEST_GUILESS_MAIN(TestServerProfile)
#include "tst_serverprofile.moc"
