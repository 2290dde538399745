// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/segmentedtabs.h"

#include "tests/views/widgets/themed.h"

#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace gesso;

class TestSegmentedTabs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_tabs.reset(); }
    void theFirstIsChosen();
    void clicksAndArrowsChoose();
    void tabStopsOnce();
    void ampersandsAreLetters();

private:
    QToolButton* button(int index) const { return m_tabs->findChildren<QToolButton*>().at(index); }

    std::unique_ptr<test::Themed> m_themed;
    std::unique_ptr<SegmentedTabs> m_tabs;
};

void TestSegmentedTabs::init()
{
    m_themed = std::make_unique<test::Themed>();
    m_tabs = std::make_unique<SegmentedTabs>(QStringLiteral("Where from"));
    for (const QString& name :
         {QStringLiteral("Recent"), QStringLiteral("Folders"), QStringLiteral("Server")})
        m_tabs->addTab(name);
    m_tabs->show();
    m_tabs->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_tabs.get()));
}

void TestSegmentedTabs::theFirstIsChosen()
{
    QCOMPARE(m_tabs->count(), 3);
    QCOMPARE(m_tabs->current(), 0);
}

void TestSegmentedTabs::clicksAndArrowsChoose()
{
    QSignalSpy changed(m_tabs.get(), &SegmentedTabs::currentChanged);
    QTest::mouseClick(button(1), Qt::LeftButton);
    QCOMPARE(m_tabs->current(), 1);
    QTest::keyClick(button(1), Qt::Key_Right);
    QCOMPARE(m_tabs->current(), 2);
    QVERIFY(button(2)->hasFocus());
    QTest::keyClick(button(2), Qt::Key_Right); // round
    QCOMPARE(m_tabs->current(), 0);
    QTest::keyClick(button(0), Qt::Key_Left);
    QCOMPARE(m_tabs->current(), 2);
    QCOMPARE(changed.count(), 4);
    m_tabs->setCurrent(9); // there is none
    QCOMPARE(m_tabs->current(), 2);
}

void TestSegmentedTabs::tabStopsOnce()
{
    int stops = 0;
    for (int i = 0; i < 3; ++i)
        stops += button(i)->focusPolicy() & Qt::TabFocus ? 1 : 0;
    QCOMPARE(stops, 1);
}

void TestSegmentedTabs::ampersandsAreLetters()
{
    m_tabs->setText(0, QStringLiteral("Queue & history"));
    QCOMPARE(button(0)->text(), QStringLiteral("Queue && history"));
    QCOMPARE(button(0)->accessibleName(), QStringLiteral("Queue & history"));
}

QTEST_MAIN(TestSegmentedTabs)
#include "tst_segmentedtabs.moc"
