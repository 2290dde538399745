// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/canceltoken.h"

#include <QTest>

using namespace gesso;

class TestCancelToken : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOnce()
    {
        CancelSource source;
        const CancelToken token = source.token();
        int calls = 0;
        token.onCancelled(this, [&calls] { ++calls; });
        QVERIFY(!token.isCancelled());
        source.cancel();
        source.cancel();
        QVERIFY(token.isCancelled());
        QCOMPARE(calls, 1);
    }

    void tellsLateListeners()
    {
        CancelSource source;
        source.cancel();
        int calls = 0;
        source.token().onCancelled(this, [&calls] { ++calls; });
        QTRY_COMPARE(calls, 1);
    }

    void forgetsDeadListeners()
    {
        CancelSource source;
        int calls = 0;
        {
            QObject context;
            source.token().onCancelled(&context, [&calls] { ++calls; });
        }
        source.cancel();
        QCOMPARE(calls, 0);
    }

    void defaultTokenIsNeverCancelled()
    {
        const CancelToken token;
        token.onCancelled(this, [] { QFAIL("never"); });
        QVERIFY(!token.isCancelled());
    }
};

QTEST_GUILESS_MAIN(TestCancelToken)
#include "tst_canceltoken.moc"
