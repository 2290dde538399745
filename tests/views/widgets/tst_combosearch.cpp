// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/combosearch.h"

#include "tests/views/widgets/themed.h"
#include "views/widgets/combopopup.h"
#include "views/widgets/searchfield.h"

#include <QLabel>
#include <QListView>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace gesso;

class TestComboSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void anUnknownValueIsKept();
    void typingOpensAndFilters();
    void arrowsMoveWhileTheFieldHasTheKeyboard();
    void escapeChangesNothing();
    void aClickChooses();
    void separatorsAreAlike();
    void nothingFound();
    void theWheelChangesNothing();
    void manyChoicesOpenAtOnce();
    void thePopupHasItsFrame();

private:
    ComboPopup* popup() const { return m_combo->findChild<ComboPopup*>(); }
    SearchField* field() const { return popup()->findChild<SearchField*>(); }
    QListView* list() const { return popup()->findChild<QListView*>(); }

    std::unique_ptr<test::Themed> m_themed;
    std::unique_ptr<ComboSearch> m_combo;
};

void TestComboSearch::init()
{
    m_themed = std::make_unique<test::Themed>();
    m_combo = std::make_unique<ComboSearch>(m_themed->theme);
    m_combo->setChoices({QStringLiteral("sdxl/juggernautXL_v9.safetensors"),
                         QStringLiteral("sdxl/base.safetensors"), QStringLiteral("sd15\\dream.safetensors")});
    m_combo->setValue(QStringLiteral("sdxl/base.safetensors"));
    m_combo->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_combo.get()));
}

void TestComboSearch::cleanup()
{
    m_combo.reset();
}

void TestComboSearch::anUnknownValueIsKept()
{
    QSignalSpy chosen(m_combo.get(), &ComboSearch::chosen);
    m_combo->setValue(QStringLiteral("gone.safetensors"));
    QCOMPARE(m_combo->value(), QStringLiteral("gone.safetensors"));
    QVERIFY(!m_combo->isKnown());
    m_combo->setChoices({QStringLiteral("a"), QStringLiteral("gone.safetensors")});
    QVERIFY(m_combo->isKnown());
    m_combo->setChoices({QStringLiteral("a")});
    QCOMPARE(m_combo->value(), QStringLiteral("gone.safetensors"));
    QCOMPARE(chosen.count(), 0);
}

void TestComboSearch::typingOpensAndFilters()
{
    QSignalSpy chosen(m_combo.get(), &ComboSearch::chosen);
    QTest::keyClicks(m_combo.get(), QStringLiteral("j"));
    QVERIFY(popup() && popup()->isVisible());
    QTest::keyClicks(field(), QStringLiteral("ugger v9"));
    QCOMPARE(list()->model()->rowCount(), 1);
    QTest::keyClick(field(), Qt::Key_Return);
    QVERIFY(!popup()->isVisible());
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(m_combo->value(), QStringLiteral("sdxl/juggernautXL_v9.safetensors"));
}

void TestComboSearch::arrowsMoveWhileTheFieldHasTheKeyboard()
{
    QTest::keyClick(m_combo.get(), Qt::Key_Down);
    QVERIFY(popup()->isVisible());
    QCOMPARE(list()->currentIndex().row(), 1); // the value
    QTest::keyClick(field(), Qt::Key_Down);
    QTest::keyClick(field(), Qt::Key_Return);
    QCOMPARE(m_combo->value(), QStringLiteral("sd15\\dream.safetensors"));
}

void TestComboSearch::escapeChangesNothing()
{
    QSignalSpy chosen(m_combo.get(), &ComboSearch::chosen);
    QTest::keyClick(m_combo.get(), Qt::Key_Space);
    QTest::keyClick(field(), Qt::Key_Up);
    QTest::keyClick(field(), Qt::Key_Escape);
    QVERIFY(!popup()->isVisible());
    QCOMPARE(chosen.count(), 0);
    QCOMPARE(m_combo->value(), QStringLiteral("sdxl/base.safetensors"));
}

void TestComboSearch::aClickChooses()
{
    m_combo->setValue(QStringLiteral("gone.safetensors"));
    QTest::mouseClick(m_combo.get(), Qt::LeftButton);
    QTRY_VERIFY(popup() && popup()->isVisible());
    const QRect first = list()->visualRect(list()->model()->index(0, 0));
    QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, first.center());
    QCOMPARE(m_combo->value(), QStringLiteral("sdxl/juggernautXL_v9.safetensors"));
    QVERIFY(m_combo->isKnown());
}

void TestComboSearch::separatorsAreAlike()
{
    m_combo->showPopup();
    QTest::keyClicks(field(), QStringLiteral("sd15/dr"));
    QCOMPARE(list()->model()->rowCount(), 1);
    field()->clear();
    QTest::keyClicks(field(), QStringLiteral("SDXL\\b"));
    QCOMPARE(list()->model()->rowCount(), 1);
}

void TestComboSearch::nothingFound()
{
    m_combo->showPopup();
    QTest::keyClicks(field(), QStringLiteral("<b>none"));
    QVERIFY(!list()->isVisible());
    bool told = false;
    const auto labels = popup()->findChildren<QLabel*>();
    for (const QLabel* label : labels)
        told = told
            || (label->isVisible() && label->text().contains(QLatin1String("<b>none"))
                && label->textFormat() == Qt::PlainText);
    QVERIFY(told);
    QTest::keyClick(field(), Qt::Key_Return); // nothing to choose
    QCOMPARE(m_combo->value(), QStringLiteral("sdxl/base.safetensors"));
}

void TestComboSearch::theWheelChangesNothing()
{
    m_combo->setFocus();
    const QPointF at(5, 5);
    QWheelEvent event(at, m_combo->mapToGlobal(at), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(m_combo.get(), &event);
    QCOMPARE(m_combo->value(), QStringLiteral("sdxl/base.safetensors"));
    QVERIFY(!event.isAccepted());
}

void TestComboSearch::manyChoicesOpenAtOnce()
{
    QStringList many;
    for (int i = 0; i < 20000; ++i)
        many << QStringLiteral("models/folder-%1/checkpoint-%2.safetensors").arg(i % 37).arg(i);
    m_combo->setChoices(many);
    m_combo->showPopup();
    QTest::keyClicks(field(), QStringLiteral("checkpoint-19999"));
    QCOMPARE(list()->model()->rowCount(), 1);
}

void TestComboSearch::thePopupHasItsFrame()
{
    m_combo->showPopup();
    const QImage image = popup()->grab().toImage();
    QCOMPARE(image.pixelColor(image.width() / 2, 0), m_themed->theme.color(ColorToken::LineStrong));
    QCOMPARE(image.pixelColor(image.width() / 2, 3), m_themed->theme.color(ColorToken::BgPanel));
    QVERIFY(list()->visualRect(list()->model()->index(0, 0)).height() >= 24);
    // All choices are in sight.
    QVERIFY(list()->viewport()->rect().contains(list()->visualRect(list()->model()->index(2, 0))));
}

QTEST_MAIN(TestComboSearch)
#include "tst_combosearch.moc"
