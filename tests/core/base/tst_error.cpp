// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "tests/testkit/testdata.h"

#include <QDir>
#include <QSet>
#include <QTest>

using namespace gesso;

class TestError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreUniqueAndStable()
    {
        QSet<QString> names;
        for (const ErrorKindInfo& info : errorKinds()) {
            QVERIFY2(!names.contains(nameOf(info.kind)), info.name);
            names.insert(nameOf(info.kind));
        }
        QVERIFY(names.size() > 10);
    }

    void everyKindIsDocumented()
    {
        const QByteArray text =
            testkit::readAll(QDir(testkit::sourceFolder()).filePath(QStringLiteral("docs/cli.md")));
        for (const ErrorKindInfo& info : errorKinds()) {
            const QByteArray row =
                QByteArray("| `") + info.name + "` | " + QByteArray::number(int(info.exitCode));
            QVERIFY2(text.contains(row), info.name);
        }
    }

    void exitCodesAreThePromisedOnes_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<int>("code");
        QTest::newRow("refused") << ErrorKind::Refused << 1;
        QTest::newRow("lost") << ErrorKind::Lost << 1;
        QTest::newRow("timeout") << ErrorKind::Timeout << 1;
        QTest::newRow("usage") << ErrorKind::Usage << 2;
        QTest::newRow("unreadable") << ErrorKind::Unreadable << 2;
        QTest::newRow("unreachable") << ErrorKind::Unreachable << 3;
        QTest::newRow("unauthorized") << ErrorKind::Unauthorized << 3;
        QTest::newRow("cancelled") << ErrorKind::Cancelled << 4;
    }
    void exitCodesAreThePromisedOnes()
    {
        QFETCH(ErrorKind, kind);
        QFETCH(int, code);
        QCOMPARE(int(exitCodeFor(kind)), code);
    }
};

QTEST_GUILESS_MAIN(TestError)
#include "tst_error.moc"
