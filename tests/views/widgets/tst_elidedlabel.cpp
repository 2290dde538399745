// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/elidedlabel.h"

#include <QHelpEvent>
#include <QImage>
#include <QTest>
#include <QToolTip>

using namespace gesso;

class TestElidedLabel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWhenItIsShortened();
    void mayBeNarrowerThanItsText();
    void markupIsText();
    void theTooltipNeverReadsMarkup();
};

void TestElidedLabel::knowsWhenItIsShortened()
{
    ElidedLabel label(QStringLiteral("a rather long name of a workflow"));
    label.resize(label.sizeHint());
    QVERIFY(!label.isElided());
    label.resize(40, label.height());
    QVERIFY(label.isElided());
    // What assistive technology reads stays whole.
    QCOMPARE(label.text(), QStringLiteral("a rather long name of a workflow"));
}

void TestElidedLabel::mayBeNarrowerThanItsText()
{
    ElidedLabel label(QString(200, u'W'));
    QVERIFY(label.minimumSizeHint().width() < 60);
    QVERIFY(label.sizeHint().width() > 1000);
}

void TestElidedLabel::markupIsText()
{
    ElidedLabel bold(QStringLiteral("<b>i</b>"));
    QCOMPARE(bold.textFormat(), Qt::PlainText);
    QVERIFY(bold.sizeHint().width() > bold.fontMetrics().horizontalAdvance(QStringLiteral("<b>i")));
}

void TestElidedLabel::theTooltipNeverReadsMarkup()
{
    ElidedLabel label(QStringLiteral("<img src='file:///etc/passwd'> and a long name"));
    label.resize(30, 20);
    label.show();
    QVERIFY(QTest::qWaitForWindowExposed(&label));
    QHelpEvent help(QEvent::ToolTip, QPoint(5, 5), label.mapToGlobal(QPoint(5, 5)));
    QCoreApplication::sendEvent(&label, &help);
    QVERIFY(QToolTip::text().contains(QLatin1String("&lt;img")));
    QVERIFY(!QToolTip::text().contains(QLatin1String("<img")));
}

QTEST_MAIN(TestElidedLabel)
#include "tst_elidedlabel.moc"
