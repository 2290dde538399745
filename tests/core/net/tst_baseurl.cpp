// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/baseurl.h"

#include <QTest>

using namespace gesso;

class TestBaseUrl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void origins_data()
    {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::addColumn<bool>("same");
        const auto row = [](const char* name, const char* a, const char* b, bool same) {
            QTest::newRow(name) << QString::fromLatin1(a) << QString::fromLatin1(b) << same;
        };
        row("path", "https://farm/a", "https://farm/b?c#d", true);
        row("usual port named", "https://farm", "https://farm:443/", true);
        row("usual port of http named", "http://farm:80", "http://farm/", true);
        row("case", "https://farm", "HTTPS://FARM/x", true);
        row("to http", "https://farm/", "http://farm/", false);
        row("to https", "http://farm/", "https://farm/", false);
        row("to http on the same port", "https://farm:8188/", "http://farm:8188/", false);
        row("other port", "https://farm/", "https://farm:8443/", false);
        row("other host", "https://farm/", "https://farm.evil/", false);
        row("part of the name", "https://farm/", "https://far/", false);
        row("user name that looks like a host", "https://farm/", "https://farm@evil/", false);
        row("password that looks like a port", "https://farm/", "https://farm:443@evil/", false);
        row("dot at the end", "https://farm/", "https://farm./", false);
        row("socket", "http://farm/", "ws://farm/", false);
        row("file", "http://farm/", "file:///etc/passwd", false);
        row("data", "http://farm/", "data:text/plain,x", false);
        row("no host", "http:/x", "http:/y", false);
    }

    void origins()
    {
        QFETCH(QString, a);
        QFETCH(QString, b);
        QFETCH(bool, same);
        QCOMPARE(isSameOrigin(QUrl(a), QUrl(b)), same);
        QCOMPARE(isSameOrigin(QUrl(b), QUrl(a)), same);
    }
};

QTEST_GUILESS_MAIN(TestBaseUrl)
#include "tst_baseurl.moc"
