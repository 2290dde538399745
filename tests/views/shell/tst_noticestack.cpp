// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/noticestack.h"

#include "viewmodels/shell/noticelist.h"
#include "views/shell/noticebar.h"
#include "views/theme/themecontroller.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace gesso;

class TestNoticeStack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void emptyTakesNoRoom();
    void textIsNeverMarkup();
    void actionRunsAndTheNoticeGoes();
    void replacedByKey();
    void dismissed();
    void showsTheNewestThree();
    void detailsAreFolded();

private:
    QList<NoticeBar*> bars() const;
    static QPushButton* link(const NoticeBar* bar, const QString& text);

    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<ThemeController> m_theme;
    std::unique_ptr<NoticeList> m_notices;
    std::unique_ptr<NoticeStack> m_stack;
};

void TestNoticeStack::init()
{
    m_settings =
        std::make_unique<QSettings>(m_folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    m_theme = std::make_unique<ThemeController>(*qApp, *m_settings);
    m_notices = std::make_unique<NoticeList>();
    m_stack = std::make_unique<NoticeStack>(*m_notices, *m_theme);
    m_stack->resize(900, 300);
}

void TestNoticeStack::cleanup()
{
    m_stack.reset();
    m_notices.reset();
    m_theme.reset();
    m_settings.reset();
}

QList<NoticeBar*> TestNoticeStack::bars() const
{
    QList<NoticeBar*> shown;
    const auto all = m_stack->findChildren<NoticeBar*>();
    for (NoticeBar* bar : all) {
        if (!bar->isHidden())
            shown.append(bar);
    }
    return shown;
}

QPushButton* TestNoticeStack::link(const NoticeBar* bar, const QString& text)
{
    const auto buttons = bar->findChildren<QPushButton*>();
    for (QPushButton* button : buttons) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

void TestNoticeStack::emptyTakesNoRoom()
{
    QVERIFY(m_stack->isHidden());
}

void TestNoticeStack::textIsNeverMarkup()
{
    const QString hostile = QStringLiteral("<img src='http://x/'><b>bold</b> & more.");
    m_notices->post(Error{ErrorKind::ServerError, hostile, {}, hostile});
    const auto* text = bars().first()->findChild<QLabel*>(QStringLiteral("noticeText"));
    QCOMPARE(text->text(), hostile);
    QCOMPARE(text->textFormat(), Qt::PlainText);
    QCOMPARE(bars().first()->findChild<QPlainTextEdit*>()->toPlainText(), hostile);
}

void TestNoticeStack::actionRunsAndTheNoticeGoes()
{
    int ran = 0;
    m_notices->post(Error{ErrorKind::DiskFull, QStringLiteral("Full."), {}, {}},
                    {{QStringLiteral("Try again"), [&ran] { ++ran; }}});
    QTest::mouseClick(link(bars().first(), QStringLiteral("Try again")), Qt::LeftButton);
    QCOMPARE(ran, 1);
    QVERIFY(m_stack->isHidden());
}

void TestNoticeStack::replacedByKey()
{
    m_notices->post(Error{ErrorKind::DiskFull, QStringLiteral("One."), {}, {}}, {}, QStringLiteral("disk"));
    m_notices->post(Error{ErrorKind::DiskFull, QStringLiteral("Two."), {}, {}}, {}, QStringLiteral("disk"));
    QCOMPARE(bars().size(), 1);
    QCOMPARE(bars().first()->accessibleName(), QStringLiteral("Two."));
}

void TestNoticeStack::dismissed()
{
    m_notices->post(Error{ErrorKind::DiskFull, QStringLiteral("Full."), {}, {}});
    QTest::mouseClick(bars().first()->findChild<QAbstractButton*>(QStringLiteral("noticeDismiss")),
                      Qt::LeftButton);
    QCOMPARE(m_notices->rowCount(), 0);
    QVERIFY(m_stack->isHidden());
}

void TestNoticeStack::showsTheNewestThree()
{
    for (int i = 1; i <= 5; ++i)
        m_notices->post(Error{ErrorKind::DiskFull, QStringLiteral("%1.").arg(i), {}, {}});
    QCOMPARE(bars().size(), 3);
    QStringList names;
    for (const NoticeBar* bar : bars())
        names << bar->accessibleName();
    QVERIFY(names.contains(QStringLiteral("5.")) && !names.contains(QStringLiteral("2.")));
    m_notices->dismiss(m_notices->at(4).id);
    QCOMPARE(bars().size(), 3); // one that waited came forward
}

void TestNoticeStack::detailsAreFolded()
{
    m_notices->post(
        Error{ErrorKind::NodeFailed, QStringLiteral("KSampler failed."), {}, QStringLiteral("Traceback …")});
    const auto* details = bars().first()->findChild<QPlainTextEdit*>();
    QVERIFY(details->parentWidget()->isHidden());
    link(bars().first(), QStringLiteral("Details"))->click();
    QVERIFY(!details->parentWidget()->isHidden());
    m_notices->post(Error{ErrorKind::NodeFailed, QStringLiteral("Short."), {}, {}});
    QVERIFY(!bars().last()->findChild<QPlainTextEdit*>());
}

QTEST_MAIN(TestNoticeStack)
#include "tst_noticestack.moc"
