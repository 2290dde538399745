// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/base/whenready.h"

#include <QPromise>
#include <QTest>
#include <QThread>
#include <QtConcurrentRun>

#include <memory>

using namespace gesso;

class TestWhenReady : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsInTheOwnersThread()
    {
        QObject owner;
        int told = 0;
        QThread* where = nullptr;
        whenReady(QtConcurrent::run([] { return 7; }), &owner, [&](int value) {
            told = value;
            where = QThread::currentThread();
        });
        QCOMPARE(told, 0);
        QTRY_COMPARE(told, 7);
        QCOMPARE(where, owner.thread());
        QTRY_VERIFY(owner.children().isEmpty());
    }

    void tellsLaterOfWhatIsThere()
    {
        QPromise<int> promise;
        promise.start();
        promise.addResult(3);
        promise.finish();
        QObject owner;
        int told = 0;
        whenReady(promise.future(), &owner, [&](int value) { told = value; });
        QCOMPARE(told, 0);
        QTRY_COMPARE(told, 3);
    }

    void anOwnerThatIsGoneIsNotTold()
    {
        QPromise<int> promise;
        promise.start();
        auto owner = std::make_unique<QObject>();
        bool isTold = false;
        whenReady(promise.future(), owner.get(), [&](int) { isTold = true; });
        owner.reset();
        promise.addResult(1);
        promise.finish();
        QCoreApplication::processEvents();
        QVERIFY(!isTold);
    }

    // As happens when a form is built anew while a picture is read.
    void ownersMayGoAtAnyMoment()
    {
        for (int i = 0; i < 500; ++i) {
            auto owner = std::make_unique<QObject>();
            whenReady(QtConcurrent::run([i] { return i; }), owner.get(), [](int) {});
            if (i % 3 == 0)
                QThread::yieldCurrentThread();
            owner.reset();
        }
        QCoreApplication::processEvents();
    }

    void whatWasGivenUpIsNotTold()
    {
        QObject owner;
        bool isTold = false;
        auto promise = std::make_unique<QPromise<int>>();
        promise->start();
        whenReady(promise->future(), &owner, [&](int) { isTold = true; });
        promise.reset(); // without a result
        QTRY_VERIFY(owner.children().isEmpty());
        QVERIFY(!isTold);
    }
};

QTEST_GUILESS_MAIN(TestWhenReady)
#include "tst_whenready.moc"
