// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/stage/stagecanvas.h"

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace gesso;

namespace {

QImage picture(QSize size, const QColor& color)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(color);
    return image;
}

QColor middleOf(StageCanvas& canvas)
{
    return canvas.grab().toImage().pixelColor(canvas.rect().center());
}

} // namespace

class TestStageCanvas : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void showsThePicture();
    void oldPictureStaysUntilTheNextIsDrawn();
    void wheelZoomsToTheCursor();
    void doubleClickTogglesActualSize();
    void dragPans();
    void arrowsPanOrStep();
    void keepsZoomFromPreviewToResult();
    void paintsFewerFramesThanItIsGiven();
    void clearedIsEmpty();

private:
    std::unique_ptr<StageCanvas> m_canvas;
};

void TestStageCanvas::init()
{
    m_canvas = std::make_unique<StageCanvas>();
    m_canvas->resize(400, 300);
    m_canvas->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_canvas.get()));
}

void TestStageCanvas::cleanup()
{
    m_canvas.reset();
}

void TestStageCanvas::showsThePicture()
{
    m_canvas->setImage(picture({100, 100}, Qt::red));
    QTRY_COMPARE(m_canvas->framesPainted(), 1U);
    QCOMPARE(middleOf(*m_canvas), QColor(Qt::red));
}

void TestStageCanvas::oldPictureStaysUntilTheNextIsDrawn()
{
    m_canvas->setImage(picture({100, 100}, Qt::red));
    QTRY_COMPARE(middleOf(*m_canvas), QColor(Qt::red));
    m_canvas->setImage(picture({200, 200}, Qt::blue));
    QCOMPARE(middleOf(*m_canvas), QColor(Qt::red)); // no flash of an empty stage
    QTRY_COMPARE(middleOf(*m_canvas), QColor(Qt::blue));
}

void TestStageCanvas::wheelZoomsToTheCursor()
{
    m_canvas->setImage(picture({1000, 1000}, Qt::red));
    const QPointF cursor(120, 90);
    const double before = m_canvas->transform().zoom();
    for (int i = 0; i < 8; ++i) {
        QWheelEvent wheel(cursor, m_canvas->mapToGlobal(cursor), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_canvas.get(), &wheel);
    }
    QVERIFY(m_canvas->transform().zoom() > 4 * before);
    const double ratio = m_canvas->devicePixelRatioF();
    const QPointF under = m_canvas->transform().toPicture(cursor * ratio);
    QVERIFY2(under.x() < 400 && under.y() < 400, "must still be in the upper left part");
}

void TestStageCanvas::doubleClickTogglesActualSize()
{
    m_canvas->setImage(picture({1000, 1000}, Qt::red));
    QTest::mouseDClick(m_canvas.get(), Qt::LeftButton, {}, {200, 150});
    QCOMPARE(m_canvas->transform().zoom(), 1.0);
    QTest::mouseDClick(m_canvas.get(), Qt::LeftButton, {}, {200, 150});
    QCOMPARE(m_canvas->transform().mode(), ViewTransform::Mode::Fit);
}

void TestStageCanvas::dragPans()
{
    m_canvas->setImage(picture({1000, 1000}, Qt::red));
    m_canvas->oneToOne();
    const QPointF before = m_canvas->transform().target().topLeft();
    QTest::mousePress(m_canvas.get(), Qt::LeftButton, {}, {200, 150});
    QTest::mouseMove(m_canvas.get(), {230, 140});
    QTest::mouseRelease(m_canvas.get(), Qt::LeftButton, {}, {230, 140});
    QCOMPARE(m_canvas->transform().target().topLeft() - before,
             QPointF(30, -10) * m_canvas->devicePixelRatioF());
}

void TestStageCanvas::arrowsPanOrStep()
{
    QSignalSpy steps(m_canvas.get(), &StageCanvas::stepRequested);
    m_canvas->setImage(picture({1000, 1000}, Qt::red));
    QTest::keyClick(m_canvas.get(), Qt::Key_Right);
    QCOMPARE(steps.size(), 1);
    QCOMPARE(steps.first().first().toInt(), 1);
    m_canvas->oneToOne();
    const QPointF before = m_canvas->transform().target().topLeft();
    QTest::keyClick(m_canvas.get(), Qt::Key_Right);
    QCOMPARE(steps.size(), 1);
    QVERIFY(m_canvas->transform().target().left() < before.x());
}

void TestStageCanvas::keepsZoomFromPreviewToResult()
{
    m_canvas->setImage(picture({256, 256}, Qt::red));
    m_canvas->zoomBy(4);
    const QRectF before = m_canvas->transform().target();
    m_canvas->setImage(picture({1024, 1024}, Qt::blue));
    QCOMPARE(m_canvas->transform().target(), before);
}

void TestStageCanvas::paintsFewerFramesThanItIsGiven()
{
    constexpr int given = 300;
    for (int i = 0; i < given; ++i) {
        m_canvas->setImage(picture({64, 64}, QColor(i % 256, 0, 0)));
        QCoreApplication::processEvents();
    }
    m_canvas->setImage(picture({64, 64}, Qt::green));
    QTRY_COMPARE(middleOf(*m_canvas), QColor(Qt::green));
    QVERIFY2(m_canvas->framesPainted() < given / 2, "at most one repaint per refresh of the screen");
}

void TestStageCanvas::clearedIsEmpty()
{
    m_canvas->setImage(picture({100, 100}, Qt::red));
    QTRY_COMPARE(middleOf(*m_canvas), QColor(Qt::red));
    m_canvas->setImage({});
    QVERIFY(middleOf(*m_canvas) != QColor(Qt::red));
    QVERIFY(!m_canvas->hasImage());
}

QTEST_MAIN(TestStageCanvas)
#include "tst_stagecanvas.moc"
