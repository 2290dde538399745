// SPDX-License-Identifier: GPL-3.0-or-later
// Texts of files and servers that want to be more than text: nothing in the window believes them.
#include "core/base/json.h"
#include "tests/app/guifixture.h"
#include "tests/testkit/scriptedserver.h"
#include "tests/testkit/scriptedsocket.h"
#include "viewmodels/shell/shellviewmodel.h"
#include "views/servers/connectdialog.h"
#include "views/servers/serverbadge.h"
#include "views/shell/mainwindow.h"
#include "views/widgets/section.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QTest>
#include <QToolTip>

#include <algorithm>

using namespace gesso;

namespace {

constexpr int patienceMs = 20000;
constexpr qsizetype longestShown = 4096; // in a label; details have a scroll bar

// A server whose every word is hostile. Answers a socket too, and lets each run fail.
class HostileServer
{
public:
    explicit HostileServer(QString text)
        : m_text(std::move(text))
    {
        m_server.setHandler([this](const testkit::ScriptedServer::Request& request) { answer(request); });
    }

    QUrl url() const { return m_server.url(); }
    QString word(const char* place) const { return QLatin1String(place) + m_text; }

private:
    using Request = testkit::ScriptedServer::Request;

    void answer(const Request& request)
    {
        const QByteArray path = request.target.split('?').first();
        if (path == "/ws")
            openSocket(request);
        else if (path == "/system_stats")
            say(request, stats());
        else if (path == "/object_info")
            say(request, catalog());
        else if (path == "/prompt" && request.method == "POST")
            run(request);
        else if (path == "/queue")
            say(request, {{"queue_running", Json::array()}, {"queue_pending", Json::array()}});
        else
            say(request, Json::object());
    }

    static void say(const Request& request, const Json& body)
    {
        request.socket->write(testkit::ScriptedServer::answer(200, writeJson(body)));
    }

    void openSocket(const Request& request)
    {
        const Json status{{"type", "status"},
                          {"data", {{"status", {{"exec_info", {{"queue_remaining", 0}}}}}}}};
        request.socket->write(testkit::socketAccepted(request));
        request.socket->write(testkit::textFrame(writeJson(status)));
    }

    Json stats() const
    {
        const Json device{{"name", toJson(word("device"))},
                          {"type", toJson(m_text)},
                          {"vram_total", 1000},
                          {"vram_free", 10}};
        return {{"system",
                 {{"os", toJson(m_text)},
                  {"comfyui_version", toJson(word("version"))},
                  {"python_version", toJson(m_text)}}},
                {"devices", Json::array({device})}};
    }

    Json catalog() const
    {
        const auto made = [this](const Json& inputs, bool isOutput) {
            return Json{{"input", {{"required", inputs}}},
                        {"output", Json::array()},
                        {"output_is_list", Json::array()},
                        {"output_name", Json::array()},
                        {"name", "Hostile"},
                        {"display_name", toJson(word("class"))},
                        {"description", toJson(word("about"))},
                        {"category", toJson(m_text)},
                        {"output_node", isOutput}};
        };
        const Json help{{"tooltip", toJson(word("help"))}, {"placeholder", toJson(word("hint"))}};
        Json text = help;
        text["multiline"] = true;
        Json inputs = Json::object();
        inputs[word("input").toStdString()] = Json::array({"STRING", help});
        inputs["text"] = Json::array({"STRING", text});
        inputs["choice"] = Json::array({Json::array({toJson(word("choice")), "other"}), help});
        inputs["yes"] =
            Json::array({"BOOLEAN", {{"label_on", toJson(word("on"))}, {"label_off", toJson(word("off"))}}});
        return {{"Hostile", made(inputs, true)}};
    }

    // Refused, in words of its own for the whole and for a node.
    void run(const Request& request)
    {
        Json error = Json::object();
        error["type"] = toJson(word("type"));
        error["message"] = toJson(word("refusal"));
        error["details"] = toJson(word("details"));
        error["extra_info"] = Json::object();
        Json ofNode = error;
        ofNode["extra_info"]["input_name"] = "text";
        Json node = Json::object();
        node["class_type"] = "Hostile";
        node["dependent_outputs"] = Json::array({"1"});
        node["errors"] = Json::array({ofNode});
        Json body = Json::object();
        body["error"] = error;
        body["node_errors"]["1"] = node;
        request.socket->write(testkit::ScriptedServer::answer(400, writeJson(body)));
    }

    QString m_text;
    testkit::ScriptedServer m_server;
};

QStringList markup()
{
    return {QStringLiteral("<img"), QStringLiteral("<b>"), QStringLiteral("<a ")};
}

} // namespace

class TestHostileTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void nothingIsMoreThanText_data();
    void nothingIsMoreThanText();

private:
    ShellViewModel& shell() { return m_gui->shell(); }
    MainWindow& window() { return m_gui->window(); }
    QString lastNotice(); // why something did not go on
    void openWorkflow(const HostileServer& server, const QString& text);
    void fail();
    void checkWidgets();
    void checkWidget(QWidget* widget);
    void checkToolTips(QWidget* widget);
    void checkToolTip(const QString& shown, const QWidget* of);
    void checkActions();
    void checkQuestion();
    void checkArrived();

    std::unique_ptr<testkit::GuiFixture> m_gui;
    QStringList m_seen; // all that stood anywhere
};

void TestHostileTexts::init()
{
    m_gui = std::make_unique<testkit::GuiFixture>(*qApp);
    m_gui->start();
    m_seen.clear();
}

void TestHostileTexts::cleanup()
{
    m_gui.reset();
}

void TestHostileTexts::nothingIsMoreThanText_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("markup")
        << u" <b>bold</b><img src=\"file:///etc/hostname\"><a href=\"http://evil/\">x</a>"_qs;
    QTest::newRow("a page") << u"<html><body><b>x</b><img src='file:///etc/hostname'></body></html>"_qs;
    QTest::newRow("entities") << u"&lt;b&gt; &amp; &#60;img src=x&#62; <br>"_qs;
    QTest::newRow("mnemonics") << u" &Zebra && &&Zebra &"_qs;
    QTest::newRow("direction") << u"\u202Egnp.exe\u202C \u2066x\u2069 \u200Fy"_qs;
    QTest::newRow("control characters")
        << QString(u"\x1b[31m\x1b]0;owned\x07\r\n\t\b\u009b2J"_qs + QChar(0) + u"z"_qs);
    QTest::newRow("placeholders") << u" %1 %2 %n %L1 [*] {0}"_qs;
    QTest::newRow("a megabyte") << QString(u" <b>"_qs + QString(1'000'000, u'W'));
    QTest::newRow("many lines") << QString(u"line\n"_qs).repeated(100'000);
}

void TestHostileTexts::nothingIsMoreThanText()
{
    QFETCH(QString, text);
    HostileServer server(text);
    shell().server().connectTo({server.word("server"), server.url(), {}, false});
    QTRY_VERIFY2_WITH_TIMEOUT(shell().server().url() == server.url().toString(), qPrintable(lastNotice()),
                              patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(shell().server().state(), ConnectionState::Connected, patienceMs);
    openWorkflow(server, text);
    Notice notice;
    notice.text = server.word("notice");
    notice.detail = server.word("detail");
    notice.actions = {{server.word("action"), [] {}}};
    shell().notices().post(notice);
    fail();
    const auto sections = window().findChildren<Section*>();
    for (Section* section : sections)
        section->setOpen(true); // fields come when they are to be seen
    const auto showsChoice = [this] {
        const auto combos = window().findChildren<QComboBox*>();
        return std::any_of(combos.begin(), combos.end(), [](const QComboBox* combo) {
            return combo->currentText().startsWith(QLatin1String("choice"));
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(showsChoice(), patienceMs);
    window().grab(); // everything is laid out and painted
    checkWidgets();
    checkActions();
    checkQuestion();
    checkArrived();
}

QString TestHostileTexts::lastNotice()
{
    const NoticeList& notices = shell().notices();
    const int rows = notices.rowCount();
    return rows > 0 ? notices.at(rows - 1).text.left(500) : QString();
}

void TestHostileTexts::openWorkflow(const HostileServer& server, const QString& text)
{
    const Json node{{"id", 1},
                    {"type", "Hostile"},
                    {"title", toJson(server.word("title"))},
                    {"mode", 0},
                    {"inputs", Json::array()},
                    {"outputs", Json::array()},
                    {"properties", Json::object()},
                    {"widgets_values", {"a", "b", toJson(server.word("choice")), true}}};
    const Json graph{{"last_node_id", 1},      {"last_link_id", 0},       {"nodes", Json::array({node})},
                     {"links", Json::array()}, {"groups", Json::array()}, {"version", 0.4}};
    // As a file may be called on this system.
    QString name = text.left(60);
    name.remove(QLatin1Char('/')).remove(QChar(0));
    const QString path = m_gui->folder() + QStringLiteral("/file") + name + QStringLiteral(".json");
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(writeJson(graph)) > 0);
    file.close();
    shell().openWorkflow(path);
    QTRY_VERIFY_WITH_TIMEOUT(shell().document().sourcePath().contains(QLatin1String("/file")), patienceMs);
    QTRY_VERIFY2_WITH_TIMEOUT(shell().canGenerate(), qPrintable(shell().cannotGenerateReason().left(500)),
                              patienceMs);
}

void TestHostileTexts::fail()
{
    const int before = shell().runs().rowCount();
    QCOMPARE(before, 0); // a workflow is opened, never run
    shell().generate(1);
    QTRY_COMPARE_WITH_TIMEOUT(shell().runs().rowCount(), before + 1, patienceMs);
    const auto phase = [this] { return shell().runs().stateOf(shell().runs().idAt(0))->phase; };
    QTRY_VERIFY2_WITH_TIMEOUT(phase() == RunPhase::Refused, qPrintable(nameOf(phase())), patienceMs);
}

void TestHostileTexts::checkWidgets()
{
    const QString title = window().windowTitle();
    QVERIFY(title.size() < longestShown);
    QVERIFY(!title.contains(QChar(0x202E)) && !title.contains(QLatin1Char('\x1b')));
    m_seen += title;
    const auto widgets = window().findChildren<QWidget*>();
    for (QWidget* widget : widgets) {
        checkWidget(widget);
        checkToolTips(widget);
        if (QTest::currentTestFailed())
            return;
    }
}

void TestHostileTexts::checkWidget(QWidget* widget)
{
    const auto fault = [widget](const char* what) -> QByteArray {
        return QByteArray(widget->metaObject()->className()) + ' ' + widget->objectName().toUtf8() + what;
    };
    m_seen += widget->accessibleName(); // of those that paint their text themselves
    if (const auto* label = qobject_cast<QLabel*>(widget); label && !label->text().isEmpty()) {
        m_seen += label->text();
        QVERIFY2(label->textFormat() == Qt::PlainText, fault(" guesses markup").constData());
        QVERIFY2(!label->buddy() || !label->text().contains(QLatin1String("&Zebra")),
                 fault(" has a shortcut").constData());
        const bool cutsItself = label->inherits("gesso::ElidedLabel");
        QVERIFY2(cutsItself || label->text().size() <= longestShown, fault(" lays out too much").constData());
    } else if (const auto* button = qobject_cast<QAbstractButton*>(widget)) {
        m_seen += button->text();
        QVERIFY2(button->shortcut() != QKeySequence(Qt::ALT | Qt::Key_Z),
                 fault(" has a shortcut").constData());
    } else if (const auto* edit = qobject_cast<QPlainTextEdit*>(widget)) {
        m_seen += edit->toPlainText();
    } else if (const auto* combo = qobject_cast<QComboBox*>(widget)) {
        m_seen += combo->currentText();
    } else if (const auto* line = qobject_cast<QLineEdit*>(widget)) {
        m_seen += line->placeholderText();
    } else if (const auto* view = qobject_cast<QAbstractItemView*>(widget); view && view->model()) {
        for (int row = 0; row < view->model()->rowCount(); ++row)
            m_seen += view->model()->index(row, 0).data().toString();
    }
}

// As the mouse resting there would bring it up.
void TestHostileTexts::checkToolTips(QWidget* widget)
{
    QToolTip::hideText();
    checkToolTip(widget->toolTip(), widget);
    const auto ask = [this](QWidget* where, QPoint at) {
        QHelpEvent event(QEvent::ToolTip, at, where->mapToGlobal(at));
        QApplication::sendEvent(where, &event);
        checkToolTip(QToolTip::isVisible() ? QToolTip::text() : QString(), where);
    };
    if (!widget->isVisible())
        return;
    ask(widget, widget->rect().center());
    if (auto* view = qobject_cast<QAbstractItemView*>(widget); view && view->model()) {
        for (int row = 0; row < qMin(5, view->model()->rowCount()); ++row)
            ask(view->viewport(), view->visualRect(view->model()->index(row, 0)).center());
    }
}

void TestHostileTexts::checkToolTip(const QString& shown, const QWidget* of)
{
    m_seen += shown;
    const QByteArray name = of->metaObject()->className();
    QVERIFY2(shown.size() < 10 * longestShown, name);
    for (const QString& tag : markup())
        QVERIFY2(!shown.contains(tag), qPrintable(shown.left(200)));
}

void TestHostileTexts::checkActions()
{
    const auto menus = window().findChildren<QMenu*>();
    for (QMenu* menu : menus)
        Q_EMIT menu->aboutToShow(); // some are filled then
    const auto actions = window().findChildren<QAction*>();
    for (const QAction* action : actions) {
        m_seen += action->text();
        QVERIFY2(action->text().size() < longestShown, "a menu as wide as a street");
        QVERIFY2(QKeySequence::mnemonic(action->text()) != QKeySequence(Qt::ALT | Qt::Key_Z),
                 qPrintable(action->text()));
        const QString help = action->toolTip() == action->text() ? QString() : action->toolTip();
        for (const QString& tag : markup())
            QVERIFY2(!help.contains(tag), qPrintable(help.left(200)));
    }
}

// The question before changes are lost names the workflow.
void TestHostileTexts::checkQuestion()
{
    shell().document().setValue(0, toJson(QStringLiteral("changed")));
    QTRY_VERIFY(shell().document().isModified());
    window().close();
    QMessageBox* box = nullptr;
    QTRY_VERIFY((box = window().findChild<QMessageBox*>()) != nullptr);
    QCOMPARE(box->textFormat(), Qt::PlainText);
    QVERIFY(box->text().size() < longestShown);
    QVERIFY(!box->text().contains(QChar(0x202E)) && !box->text().contains(QLatin1Char('\x1b')));
    m_seen += box->text();
    box->reject();
}

// The texts were really there: else all of the above would say nothing.
void TestHostileTexts::checkArrived()
{
    if (qstrcmp(QTest::currentDataTag(), "markup") != 0)
        return; // the others are cut or changed
    const QString all = m_seen.join(QLatin1Char('\n'));
    for (const char* place :
         {"server", "title", "input", "choice", "on", "refusal", "notice", "detail", "action", "file"})
        QVERIFY2(all.contains(QString(QLatin1String(place) + QLatin1String(" <b>")), Qt::CaseInsensitive),
                 place);
    QVERIFY(all.contains(QLatin1String("help &lt;b&gt;"))); // a tooltip that was really asked for
}

QTEST_MAIN(TestHostileTexts)
#include "tst_hostiletexts.moc"
