// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comfy/framequeue.h"

#include <QTest>

using namespace gesso;

namespace {

FrameQueue::Frame progress(int value)
{
    return {true, R"({"type":"progress","data":{"value":)" + QByteArray::number(value) + "}}"};
}

FrameQueue::Frame large(int value)
{
    return {true,
            R"({"type":"progress","data":{"value":)" + QByteArray::number(value) + R"(,"filler":")"
                + QByteArray(2 * FrameQueue::kDecodedHere, 'x') + "\"}}"};
}

} // namespace

class TestFrameQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void smallFramesComeAtOnce();
    void previewsComeAtOnce();
    void orderIsKept();
    void badFramesAreLeftOut();
    void refusesTooMuch();
    void mayBeDestroyedWhileDecoding();
};

void TestFrameQueue::smallFramesComeAtOnce()
{
    FrameQueue queue;
    int received = 0;
    connect(&queue, &FrameQueue::decoded, this, [&received] { ++received; });
    QVERIFY(queue.push(progress(1)));
    QCOMPARE(received, 1);
    QVERIFY(queue.push({false, QByteArray("\0\0\0\1\0\0\0\1JPEG", 12)}));
    QCOMPARE(received, 2);
}

void TestFrameQueue::previewsComeAtOnce()
{
    FrameQueue queue;
    int received = 0;
    connect(&queue, &FrameQueue::decoded, this, [&received] { ++received; });
    const QByteArray picture(10 * FrameQueue::kDecodedHere, 'x');
    QVERIFY(queue.push({false, QByteArray("\0\0\0\1\0\0\0\1", 8) + picture}));
    QCOMPARE(received, 1);
    QVERIFY(queue.push({false, QByteArray("\0\0\0\4\0\0\0\2{}", 10) + picture}));
    QCOMPARE(received, 2);
    // Metadata as large as a picture takes its time: elsewhere, and it is no JSON either.
    QVERIFY(queue.push({false, QByteArray("\0\0\0\4\0\3\0\0", 8) + picture}));
    QVERIFY(queue.push(progress(1)));
    QCOMPARE(received, 2);
    QTRY_COMPARE(received, 3);
}

void TestFrameQueue::orderIsKept()
{
    FrameQueue queue;
    QList<double> values;
    connect(&queue, &FrameQueue::decoded, this,
            [&values](const ComfyEvent& event) { values += std::get<ProgressEvent>(event).value; });
    QList<double> expected;
    for (int i = 0; i < 60; ++i) {
        QVERIFY(queue.push(i % 5 == 0 ? large(i) : progress(i)));
        expected += i;
    }
    QVERIFY(values.isEmpty()); // the first one is large: all wait behind it
    QTRY_COMPARE(values.size(), expected.size());
    QCOMPARE(values, expected);
    QVERIFY(queue.push(progress(60)));
    QCOMPARE(values.last(), 60.0);
}

void TestFrameQueue::badFramesAreLeftOut()
{
    FrameQueue queue;
    int received = 0;
    connect(&queue, &FrameQueue::decoded, this, [&received] { ++received; });
    QVERIFY(queue.push({true, "{"}));
    QVERIFY(queue.push({false, "x"}));
    QVERIFY(queue.push({true, QByteArray(2 * FrameQueue::kDecodedHere, '[')}));
    QVERIFY(queue.push(progress(1)));
    QTRY_COMPARE(received, 1);
}

void TestFrameQueue::refusesTooMuch()
{
    FrameQueue queue;
    const FrameQueue::Frame huge{false, QByteArray(60 * 1024 * 1024, '\0')};
    QVERIFY(queue.push(huge)); // at work
    QVERIFY(queue.push(huge));
    QVERIFY(queue.push(huge));
    QVERIFY(!queue.push(huge));
}

void TestFrameQueue::mayBeDestroyedWhileDecoding()
{
    auto queue = std::make_unique<FrameQueue>();
    QVERIFY(queue->push(large(1)));
    QVERIFY(queue->push(large(2)));
    queue.reset();
    QTest::qWait(0);
}

QTEST_GUILESS_MAIN(TestFrameQueue)
#include "tst_framequeue.moc"
