// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/section.h"

#include "tests/views/widgets/themed.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace gesso;

class TestSection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensByMouseAndKeys();
    void asksForItsContentBeforeOpening();
    void tellsItsState();
};

void TestSection::opensByMouseAndKeys()
{
    test::Themed themed;
    Section section(themed.theme, QStringLiteral("Upscale"));
    auto* label = new QLabel(QStringLiteral("inside"));
    section.content()->addWidget(label);
    section.resize(300, 100);
    section.show();
    QVERIFY(QTest::qWaitForWindowExposed(&section));
    QVERIFY(!section.isOpen());
    QVERIFY(!label->isVisible());
    QTest::mouseClick(section.header(), Qt::LeftButton);
    QVERIFY(section.isOpen());
    QVERIFY(label->isVisible());
    QTest::keyClick(section.header(), Qt::Key_Left);
    QVERIFY(!section.isOpen());
    QTest::keyClick(section.header(), Qt::Key_Left);
    QVERIFY(!section.isOpen());
    QTest::keyClick(section.header(), Qt::Key_Right);
    QVERIFY(section.isOpen());
    QTest::keyClick(section.header(), Qt::Key_Space);
    QVERIFY(!section.isOpen());
    QTest::keyClick(section.header(), Qt::Key_Return);
    QVERIFY(section.isOpen());
    QTest::keyClick(section.header(), Qt::Key_Return, Qt::ControlModifier); // generates, elsewhere
    QVERIFY(section.isOpen());
}

void TestSection::asksForItsContentBeforeOpening()
{
    test::Themed themed;
    Section section(themed.theme, QStringLiteral("Upscale"));
    QSignalSpy wanted(&section, &Section::contentWanted);
    bool openAtThatTime = true;
    connect(&section, &Section::contentWanted, this, [&] { openAtThatTime = section.isOpen(); });
    section.setOpen(true);
    QCOMPARE(wanted.count(), 1);
    QVERIFY(!openAtThatTime);
    section.setOpen(false);
    QCOMPARE(wanted.count(), 1);
}

void TestSection::tellsItsState()
{
    test::Themed themed;
    Section section(themed.theme, QStringLiteral("Upscale"));
    section.setCount(QStringLiteral("4"));
    QCOMPARE(section.header()->accessibleName(), QStringLiteral("Upscale"));
    QVERIFY(section.header()->accessibleDescription().contains(QLatin1Char('4')));
    const QString folded = section.header()->accessibleDescription();
    section.setOpen(true);
    QVERIFY(section.header()->accessibleDescription() != folded);
}

QTEST_MAIN(TestSection)
#include "tst_section.moc"
