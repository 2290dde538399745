// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/steadylabel.h"

#include <QHBoxLayout>
#include <QTest>

using namespace gesso;

namespace {

// Counts how often a text made it lay out its children again.
class Room : public QWidget
{
public:
    int layouts = 0;

protected:
    bool event(QEvent* event) override
    {
        if (event->type() == QEvent::LayoutRequest)
            ++layouts;
        return QWidget::event(event);
    }
};

} // namespace

class TestSteadyLabel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyAWiderTextMovesTheNeighbours();
    void followsTheFont();
    void markupIsText();
};

void TestSteadyLabel::onlyAWiderTextMovesTheNeighbours()
{
    Room room;
    auto* layout = new QHBoxLayout(&room);
    auto* label = new SteadyLabel(&room);
    layout->addWidget(label);
    label->showText(QStringLiteral("100 %"));
    room.show();
    QVERIFY(QTest::qWaitForWindowExposed(&room));
    const int width = label->width();
    QVERIFY(width >= label->fontMetrics().horizontalAdvance(QStringLiteral("100 %")));
    room.layouts = 0;
    for (const QString& text :
         {QStringLiteral("1 %"), QStringLiteral("22 %"), QString(), QStringLiteral("7 %")}) {
        label->showText(text);
        QCoreApplication::processEvents();
        QCOMPARE(label->text(), text);
        QCOMPARE(label->width(), width);
    }
    QCOMPARE(room.layouts, 0);
    label->showText(QStringLiteral("about 59 min left"));
    QTRY_VERIFY(room.layouts > 0);
    QVERIFY(label->width() >= label->fontMetrics().horizontalAdvance(QStringLiteral("about 59 min left")));
}

void TestSteadyLabel::followsTheFont()
{
    SteadyLabel label;
    label.showText(QStringLiteral("Step 7 of 20"));
    const QSize before = label.minimumSize();
    QFont font = label.font();
    font.setPixelSize(3 * label.fontMetrics().height());
    label.setFont(font);
    QVERIFY(label.minimumWidth() > before.width());
    QVERIFY(label.minimumHeight() > before.height());
}

void TestSteadyLabel::markupIsText()
{
    SteadyLabel label;
    label.showText(QStringLiteral("<b>i</b>"));
    QVERIFY(label.minimumWidth() > label.fontMetrics().horizontalAdvance(QStringLiteral("<b>i")));
}

QTEST_MAIN(TestSteadyLabel)
#include "tst_steadylabel.moc"
