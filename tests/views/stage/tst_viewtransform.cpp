// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/stage/viewtransform.h"

#include <QTest>

using gesso::ViewTransform;

class TestViewTransform : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fitsWithoutDistortion_data();
    void fitsWithoutDistortion();
    void oneToOneStandsOnWholePixels();
    void zoomKeepsThePointUnderTheCursor();
    void zoomHasLimits();
    void panStopsAtTheEdges();
    void smallPictureCannotBePanned();
    void resultKeepsThePlaceOfItsPreview();
    void anotherShapeIsFitted();
    void nothingIsHarmless();
};

void TestViewTransform::fitsWithoutDistortion_data()
{
    QTest::addColumn<QSizeF>("view");
    QTest::addColumn<double>("margin");
    QTest::addColumn<QSize>("picture");
    QTest::addColumn<QRectF>("target");
    QTest::newRow("wide view") << QSizeF(1000, 500) << 0.0 << QSize(512, 512) << QRectF(250, 0, 500, 500);
    QTest::newRow("tall view") << QSizeF(500, 1000) << 0.0 << QSize(512, 512) << QRectF(0, 250, 500, 500);
    QTest::newRow("margin") << QSizeF(1000, 500) << 50.0 << QSize(100, 100) << QRectF(300, 50, 400, 400);
    QTest::newRow("enlarged") << QSizeF(640, 480) << 0.0 << QSize(64, 32) << QRectF(0, 80, 640, 320);
    QTest::newRow("panorama") << QSizeF(100, 100) << 0.0 << QSize(10000, 10) << QRectF(0, 50, 100, 1);
}

void TestViewTransform::fitsWithoutDistortion()
{
    QFETCH(const QSizeF, view);
    QFETCH(const double, margin);
    QFETCH(const QSize, picture);
    ViewTransform transform;
    transform.setView(view, margin);
    transform.setPicture(picture);
    QTEST(transform.target(), "target");
    QVERIFY(!transform.isPannable());
}

void TestViewTransform::oneToOneStandsOnWholePixels()
{
    ViewTransform transform;
    transform.setView({1001, 777});
    transform.setPicture({512, 512});
    transform.oneToOne();
    QCOMPARE(transform.zoom(), 1.0);
    const QRectF target = transform.target();
    QCOMPARE(target, QRectF(target.toRect()));
    QCOMPARE(target.size(), QSizeF(512, 512));
}

void TestViewTransform::zoomKeepsThePointUnderTheCursor()
{
    ViewTransform transform;
    transform.setView({800, 600});
    transform.setPicture({1600, 1200});
    transform.zoomAt({400, 300}, 4); // large enough to be free of the edges
    const QPointF cursor(250, 420);
    const QPointF before = transform.toPicture(cursor);
    transform.zoomAt(cursor, 1.7);
    const QPointF after = transform.toPicture(cursor);
    QVERIFY2(qAbs(before.x() - after.x()) < 1 && qAbs(before.y() - after.y()) < 1, "moved under the cursor");
    QCOMPARE(transform.mode(), ViewTransform::Mode::Free);
}

void TestViewTransform::zoomHasLimits()
{
    ViewTransform transform;
    transform.setView({800, 600});
    transform.setPicture({100, 100});
    for (int i = 0; i < 100; ++i)
        transform.zoomAt({1, 1}, 2);
    QCOMPARE(transform.zoom(), ViewTransform::maxZoom);
    for (int i = 0; i < 100; ++i)
        transform.zoomAt({1, 1}, 0.5);
    QCOMPARE(transform.zoom(), ViewTransform::minZoom);
}

void TestViewTransform::panStopsAtTheEdges()
{
    ViewTransform transform;
    transform.setView({400, 400});
    transform.setPicture({1000, 300});
    transform.oneToOne();
    QVERIFY(transform.isPannable());
    transform.panBy({99999, 99999});
    QCOMPARE(transform.target().topLeft(), QPointF(0, 50)); // its height fits: centred
    transform.panBy({-99999, 0});
    QCOMPARE(transform.target().right(), 400.0);
}

void TestViewTransform::smallPictureCannotBePanned()
{
    ViewTransform transform;
    transform.setView({400, 400});
    transform.setPicture({100, 100});
    transform.oneToOne();
    const ViewTransform before = transform;
    transform.panBy({10, 10});
    QVERIFY(transform == before);
}

void TestViewTransform::resultKeepsThePlaceOfItsPreview()
{
    ViewTransform transform;
    transform.setView({800, 600});
    transform.setPicture({512, 512});
    transform.zoomAt({100, 50}, 3);
    const QRectF before = transform.target();
    transform.setPicture({1024, 1024}); // the result has four times the pixels
    QCOMPARE(transform.target(), before);
    transform.setPicture({512, 512});
    QCOMPARE(transform.target(), before);
}

void TestViewTransform::anotherShapeIsFitted()
{
    ViewTransform transform;
    transform.setView({800, 600});
    transform.setPicture({512, 512});
    transform.zoomAt({100, 50}, 3);
    transform.setPicture({512, 768});
    QCOMPARE(transform.mode(), ViewTransform::Mode::Fit);
    // The preview of a 1016 pixel wide picture is not exactly of its shape.
    transform.zoomAt({100, 50}, 3);
    transform.setPicture({510, 768});
    QCOMPARE(transform.mode(), ViewTransform::Mode::Free);
}

void TestViewTransform::nothingIsHarmless()
{
    ViewTransform transform;
    transform.zoomAt({1, 1}, 2);
    transform.panBy({1, 1});
    transform.oneToOne();
    transform.fit();
    transform.setPicture({0, 0});
    transform.setView({0, 0});
    transform.setPicture({10, 10});
    QVERIFY(transform.zoom() > 0);
}

QTEST_GUILESS_MAIN(TestViewTransform)
#include "tst_viewtransform.moc"
