// SPDX-License-Identifier: GPL-3.0-or-later
// The window itself: reachable by keyboard and assistive technology, palette, panels, themes, what it
// remembers.
#include "tests/app/guifixture.h"
#include "viewmodels/shell/shellviewmodel.h"
#include "views/library/libraryview.h"
#include "views/runs/filmstripview.h"
#include "views/shell/commandpalette.h"
#include "views/shell/mainactions.h"
#include "views/shell/mainwindow.h"
#include "views/stage/stagecanvas.h"
#include "views/stage/stageview.h"
#include "views/theme/themecontroller.h"
#include "views/widgets/searchfield.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QButtonGroup>
#include <QDockWidget>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace gesso;

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everyFocusableWidgetHasANameAndAPlace();
    void shortcutsAreUnique();
    void paletteFindsAndDoes();
    void paletteOpensAWorkflow();
    void panelsCycleWithF6();
    void layoutThemeAndFolderAreRemembered();
    void resetLayoutBringsAllPanelsBack();
    void searchWithoutMatchOffersAWayOut();
    void themesSwitchLive();
    void filmstripArrowsShowResults();

private:
    ShellViewModel& shell() { return m_gui->shell(); }
    MainWindow& window() { return m_gui->window(); }

    std::unique_ptr<testkit::GuiFixture> m_gui;
};

void TestMainWindow::init()
{
    m_gui = std::make_unique<testkit::GuiFixture>(*qApp, 0);
    m_gui->start();
}

void TestMainWindow::cleanup()
{
    m_gui.reset();
}

void TestMainWindow::everyFocusableWidgetHasANameAndAPlace()
{
    const auto describe = [](const QWidget* widget) {
        return QStringLiteral("%1 “%2” in %3")
            .arg(QLatin1String(widget->metaObject()->className()), widget->objectName(),
                 QLatin1String(widget->parentWidget() ? widget->parentWidget()->metaObject()->className()
                                                      : ""));
    };
    const auto takesFocus = [](const QWidget* widget) {
        return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus)
            && !widget->focusProxy();
    };
    const auto number = [&] {
        const auto widgets = window().findChildren<QWidget*>();
        return std::count_if(widgets.cbegin(), widgets.cend(), takesFocus);
    };
    QTRY_VERIFY_WITH_TIMEOUT(number() > 20, 60'000); // the form comes a little after the rest
    QSet<QWidget*> focusable;
    const auto widgets = window().findChildren<QWidget*>();
    for (QWidget* widget : widgets) {
        if (!takesFocus(widget))
            continue;
        const QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
        QVERIFY2(accessible && !accessible->text(QAccessible::Name).trimmed().isEmpty(),
                 qPrintable(QStringLiteral("no accessible name: ") + describe(widget)));
        focusable.insert(widget);
    }

    window().library().searchField().setFocus();
    QSet<QWidget*> visited;
    for (int i = 0; i < 4 * focusable.size(); ++i) {
        QWidget* focused = QApplication::focusWidget();
        QVERIFY(focused);
        visited.insert(focused);
        QTest::keyClick(focused, Qt::Key_Tab);
    }
    // One of a row of exclusive choices is a stop, the arrows reach the others.
    for (QWidget* widget : std::as_const(focusable)) {
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        const bool otherChoice =
            button && button->isCheckable() && button->autoExclusive() && !button->isChecked();
        const bool inGroup =
            button && button->group() && button->group()->exclusive() && !button->isChecked();
        QVERIFY2(visited.contains(widget) || otherChoice || inGroup,
                 qPrintable(QStringLiteral("Tab never comes to ") + describe(widget)));
    }
}

void TestMainWindow::shortcutsAreUnique()
{
    QHash<QString, QString> seen;
    const auto actions = window().actions();
    QVERIFY(actions.size() > 30);
    for (const QAction* action : actions) {
        const auto keys = action->shortcuts();
        for (const QKeySequence& key : keys) {
            QVERIFY2(!seen.contains(key.toString()),
                     qPrintable(QStringLiteral("%1: %2 and %3")
                                    .arg(key.toString(), seen[key.toString()], action->text())));
            seen.insert(key.toString(), action->text());
        }
    }
}

void TestMainWindow::paletteFindsAndDoes()
{
    QTest::keyClick(&window(), Qt::Key_K, Qt::ControlModifier);
    QTRY_VERIFY(window().palette().isVisible());
    auto* search = window().palette().findChild<QLineEdit*>();
    QTest::keyClicks(search, QStringLiteral("thlig"));
    QCOMPARE(window().palette().list().currentIndex().data().toString(), QStringLiteral("Theme: light"));
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(!window().palette().isVisible());
    QCOMPARE(m_gui->root().theme().choice(), ThemeChoice::Light);
}

void TestMainWindow::paletteOpensAWorkflow()
{
    QTRY_VERIFY(shell().library().rowCount() >= 5);
    window().openPalette();
    auto* search = window().palette().findChild<QLineEdit*>();
    QTest::keyClicks(search, QStringLiteral("soft glow"));
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_VERIFY(shell().document().sourcePath().endsWith(QLatin1String("soft-glow.json")));
    window().openPalette();
    QTest::keyClicks(search, QStringLiteral("qqzzxx"));
    QVERIFY(!window().palette().list().isVisible());
    QTest::keyClick(search, Qt::Key_Return); // nothing to do, and nothing done
    QTest::keyClick(search, Qt::Key_Escape);
    QVERIFY(!window().palette().isVisible());
}

void TestMainWindow::panelsCycleWithF6()
{
    window().library().searchField().setFocus();
    QSet<const QWidget*> docks;
    for (int i = 0; i < 5; ++i) {
        QTest::keyClick(&window(), Qt::Key_F6);
        const auto panels = window().findChildren<QDockWidget*>();
        for (const QDockWidget* dock : panels) {
            if (dock->isAncestorOf(QApplication::focusWidget()))
                docks.insert(dock);
        }
    }
    // Runs and strip hold nothing yet, so nothing there takes the focus.
    QVERIFY(docks.contains(window().findChild<QDockWidget*>(QStringLiteral("dock.library"))));
    QVERIFY(docks.contains(window().findChild<QDockWidget*>(QStringLiteral("dock.form"))));
}

void TestMainWindow::layoutThemeAndFolderAreRemembered()
{
    window().resize(1280, 800);
    window().findChild<QDockWidget*>(QStringLiteral("dock.runs"))->close();
    m_gui->root().theme().setChoice(ThemeChoice::Dark);
    const QString folder = m_gui->folder() + QLatin1String("/elsewhere");
    shell().setOutputFolder(folder);
    m_gui->openSample(QStringLiteral("soft-glow"));
    m_gui->stop();
    m_gui->start();
    QCOMPARE(window().size(), QSize(1280, 800));
    QVERIFY(!window().findChild<QDockWidget*>(QStringLiteral("dock.runs"))->isVisible());
    QVERIFY(window().findChild<QDockWidget*>(QStringLiteral("dock.filmstrip"))->isVisible());
    QCOMPARE(m_gui->root().theme().choice(), ThemeChoice::Dark);
    QCOMPARE(shell().outputFolder(), folder);
    QTRY_VERIFY(shell().document().sourcePath().endsWith(QLatin1String("soft-glow.json")));
}

void TestMainWindow::resetLayoutBringsAllPanelsBack()
{
    const auto docks = window().findChildren<QDockWidget*>();
    QCOMPARE(docks.size(), 4);
    for (QDockWidget* dock : docks)
        dock->close();
    window().resetLayout();
    for (const QDockWidget* dock : docks)
        QVERIFY2(dock->isVisible(), qPrintable(dock->objectName()));
    const auto at = [this](const char* name) {
        QDockWidget* dock = window().findChild<QDockWidget*>(QLatin1String(name));
        return QRect(dock->mapTo(&window(), QPoint()), dock->size());
    };
    QTRY_VERIFY(at("dock.library").right() < at("dock.filmstrip").left());
    QTRY_VERIFY(at("dock.filmstrip").bottom() < at("dock.runs").top());
    QTRY_VERIFY(at("dock.form").left() > at("dock.runs").right());
}

void TestMainWindow::searchWithoutMatchOffersAWayOut()
{
    QTRY_VERIFY(window().library().list().model()->rowCount() >= 5);
    QTest::keyClick(&window(), Qt::Key_L, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("zebra<b>"));
    QTRY_VERIFY(!window().library().list().isVisible());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(window().library().list().isVisible());
}

void TestMainWindow::themesSwitchLive()
{
    m_gui->root().theme().setChoice(ThemeChoice::Dark);
    const QColor dark = window().grab().toImage().pixelColor(window().stage().geometry().center());
    m_gui->root().theme().setChoice(ThemeChoice::Light);
    const QColor light = window().grab().toImage().pixelColor(window().stage().geometry().center());
    QVERIFY(dark.lightness() < 60);
    QVERIFY(light.lightness() > 180);
}

void TestMainWindow::filmstripArrowsShowResults()
{
    m_gui->openSample(QStringLiteral("soft-glow"));
    m_gui->openSample(QStringLiteral("text-to-picture"));
    shell().generate(2);
    QTRY_COMPARE(shell().runs().rowCount(), 2);
    m_gui->waitForRuns();
    QTRY_COMPARE(shell().results().rowCount(), 2);
    QListView& list = window().filmstrip().list();
    QTRY_COMPARE(shell().stage().imagePath(), shell().results().at(0).path);
    list.setFocus();
    QTest::keyClick(&list, Qt::Key_Right);
    QTRY_COMPARE(shell().stage().imagePath(), shell().results().at(1).path);
    window().stage().canvas().setFocus();
    QTest::keyClick(&window().stage().canvas(), Qt::Key_Left);
    QTRY_COMPARE(shell().stage().imagePath(), shell().results().at(0).path);
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
