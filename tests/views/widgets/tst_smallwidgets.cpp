// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/views/widgets/themed.h"
#include "views/widgets/iconbutton.h"
#include "views/widgets/linkbutton.h"
#include "views/widgets/primarybutton.h"
#include "views/widgets/switch.h"
#include "views/widgets/valueslider.h"

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace gesso;

class TestSmallWidgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSwitchTogglesByKeyAndMouseAndShowsIt();
    void anIconButtonIsNamed();
    void aSliderTellsWhereItIsDragged();
    void aSliderLeavesTheWheelAlone();
    void aPrimaryButtonPressesByKey();
    void aLinkShortensAndClicks();
};

void TestSmallWidgets::aSwitchTogglesByKeyAndMouseAndShowsIt()
{
    test::Themed themed;
    Switch widget(themed.theme);
    widget.resize(widget.sizeHint());
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
    const QImage off = widget.grab().toImage();
    QSignalSpy clicked(&widget, &QAbstractButton::clicked);
    QTest::keyClick(&widget, Qt::Key_Space);
    QVERIFY(widget.isChecked());
    QVERIFY(widget.grab().toImage() != off);
    QTest::mouseClick(&widget, Qt::LeftButton);
    QVERIFY(!widget.isChecked());
    QCOMPARE(clicked.count(), 2);
}

void TestSmallWidgets::anIconButtonIsNamed()
{
    test::Themed themed;
    IconButton button(themed.theme, QStringLiteral("undo-2"), QStringLiteral("Undo <b>"));
    QCOMPARE(button.accessibleName(), QStringLiteral("Undo <b>"));
    QVERIFY(button.toolTip().contains(QLatin1String("Undo &lt;b&gt;")));
    QVERIFY(!button.icon().isNull());
    QVERIFY(button.focusPolicy() & Qt::TabFocus);
}

void TestSmallWidgets::aSliderTellsWhereItIsDragged()
{
    test::Themed themed;
    ValueSlider slider(themed.theme);
    slider.resize(100, 16);
    slider.show();
    QVERIFY(QTest::qWaitForWindowExposed(&slider));
    QSignalSpy dragged(&slider, &ValueSlider::fractionDragged);
    QSignalSpy finished(&slider, &ValueSlider::dragFinished);
    slider.setFraction(0.1);
    QCOMPARE(dragged.count(), 0);
    QTest::mousePress(&slider, Qt::LeftButton, {}, QPoint(50, 8));
    QCOMPARE(dragged.last().first().toDouble(), 0.5);
    QTest::mouseMove(&slider, QPoint(400, 8));
    QCOMPARE(dragged.last().first().toDouble(), 1.0);
    QTest::mouseRelease(&slider, Qt::LeftButton, {}, QPoint(400, 8));
    QCOMPARE(finished.count(), 1);
    QTest::mouseMove(&slider, QPoint(10, 8));
    QCOMPARE(dragged.last().first().toDouble(), 1.0);
}

void TestSmallWidgets::aSliderLeavesTheWheelAlone()
{
    test::Themed themed;
    ValueSlider slider(themed.theme);
    slider.setFraction(0.5);
    QWheelEvent event({5, 5}, {5, 5}, {}, {0, 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&slider, &event);
    QCOMPARE(slider.value(), ValueSlider::resolution / 2);
    QVERIFY(!event.isAccepted());
}

void TestSmallWidgets::aPrimaryButtonPressesByKey()
{
    test::Themed themed;
    PrimaryButton button(themed.theme, QStringLiteral("Generate"), QStringLiteral("Ctrl+Enter"));
    button.show();
    QVERIFY(QTest::qWaitForWindowExposed(&button));
    QSignalSpy clicked(&button, &QAbstractButton::clicked);
    QTest::keyClick(&button, Qt::Key_Space);
    QCOMPARE(clicked.count(), 1);
    QCOMPARE(button.grab().toImage().pixelColor(6, button.height() / 2),
             themed.theme.color(ColorToken::Accent));
    button.setEnabled(false);
    QVERIFY(button.grab().toImage().pixelColor(6, button.height() / 2)
            != themed.theme.color(ColorToken::Accent));
}

void TestSmallWidgets::aLinkShortensAndClicks()
{
    test::Themed themed;
    LinkButton link(themed.theme);
    link.setText(QStringLiteral("Use sdxl/juggernautXL_v9.safetensors"));
    QVERIFY(link.minimumSizeHint().width() <= 60);
    link.resize(80, link.sizeHint().height());
    link.show();
    QVERIFY(QTest::qWaitForWindowExposed(&link));
    QSignalSpy clicked(&link, &QAbstractButton::clicked);
    QTest::mouseClick(&link, Qt::LeftButton);
    QTest::keyClick(&link, Qt::Key_Space);
    QCOMPARE(clicked.count(), 2);
}

QTEST_MAIN(TestSmallWidgets)
#include "tst_smallwidgets.moc"
