// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/demoserver.h"
#include "tests/core/demo/democlient.h"

#include <QElapsedTimer>
#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QSet>
#include <QTest>

using namespace gesso;
using testkit::DemoClient;

// Each fault, the queue's controls, and restarts.
class tst_DemoFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aFailingNodeEndsTheJob();
    void aBlockedNodeLetsTheJobGoOn();
    void refusesPrompts();
    void forgetsTheHistory();
    void failsEveryRoute();
    void answersLate();
    void aJobMayEndBeforeThePostIsAnswered();
    void anInterruptHitsOnlyTheJobNamed();
    void numbersAndFrontOrderTheQueue();
    void pendingJobsCanBeDeleted();
    void partialSuccessRunsTheRest();
    void partialTargetsRunAlone();
    void aRestart_data();
    void aRestart();
    void manyPromptsAtOnce();

private:
    Json frameOfType(const DemoClient& client, const QString& type) const;
    QString slowJob(DemoClient& client, const Json& more = Json::object());

    demo::DemoServer m_server;
};

void tst_DemoFaults::init()
{
    demo::DemoOptions options;
    options.stepDelayMs = 10;
    options.previewSize = 32;
    QVERIFY(m_server.start(options).has_value());
}

void tst_DemoFaults::cleanup()
{
    m_server.setFaults({});
    m_server.stop();
}

Json tst_DemoFaults::frameOfType(const DemoClient& client, const QString& type) const
{
    for (const DemoClient::Frame& frame : client.frames()) {
        if (frame.type() == type) {
            return frame.data();
        }
    }
    return {};
}

QString tst_DemoFaults::slowJob(DemoClient& client, const Json& more)
{
    static std::uint64_t seed = 1000;
    return stringMember(client.submit(testkit::textToPicture(++seed, 10000, 16), more).json(), "prompt_id");
}

void tst_DemoFaults::aFailingNodeEndsTheJob()
{
    demo::Faults faults;
    faults.failNode = QStringLiteral("EmptyImage");
    m_server.setFaults(faults);
    DemoClient client(m_server.url(), QStringLiteral("A"));
    QVERIFY(client.open(false));
    client.clearFrames();
    const QString promptId =
        stringMember(client.submit(testkit::emptyImageTo("PreviewImage")).json(), "prompt_id");
    QVERIFY(client.waitForEnd(promptId));
    // As in the recording of a node that raises.
    QCOMPARE(client.types().join(QLatin1Char(' ')),
             QStringLiteral("status status execution_start execution_cached progress_state executing "
                            "execution_error status executing"));
    const Json error = frameOfType(client, QStringLiteral("execution_error"));
    QCOMPARE(stringMember(error, "node_id"), QStringLiteral("1"));
    QCOMPARE(stringMember(error, "node_type"), QStringLiteral("EmptyImage"));
    QVERIFY(stringMember(error, "exception_message").endsWith(QLatin1Char('\n')));
    QCOMPARE(error["current_inputs"]["width"], Json::array({64}));
    QVERIFY(error.contains("timestamp"));
    const Json entry = client.history(promptId);
    QCOMPARE(stringMember(entry["status"], "status_str"), QStringLiteral("error"));
    QCOMPARE(boolMember(entry["status"], "completed", true), false);
    QCOMPARE(entry["status"]["messages"][2][1], error);
}

void tst_DemoFaults::aBlockedNodeLetsTheJobGoOn()
{
    demo::Faults faults;
    faults.blockNode = QStringLiteral("ImageInvert");
    m_server.setFaults(faults);
    Json prompt = testkit::emptyImageTo("PreviewImage");
    prompt["3"] = Json{{"class_type", "ImageInvert"}, {"inputs", {{"image", Json::array({"1", 0})}}}};
    prompt["4"] = Json{{"class_type", "PreviewImage"}, {"inputs", {{"images", Json::array({"3", 0})}}}};
    DemoClient client(m_server.url(), QStringLiteral("A"));
    QVERIFY(client.open(false));
    QString promptId = stringMember(client.submit(prompt).json(), "prompt_id");
    QVERIFY(client.waitForEnd(promptId));
    const Json error = frameOfType(client, QStringLiteral("execution_error"));
    QCOMPARE(stringMember(error, "exception_type"), QStringLiteral("ExecutionBlocked"));
    QCOMPARE(stringMember(error, "node_id"), QStringLiteral("4"));
    QVERIFY(error["current_inputs"].is_array());
    QVERIFY(!error.contains("timestamp"));
    QVERIFY(client.types().contains(QStringLiteral("execution_success")));
    const Json entry = client.history(promptId);
    QCOMPARE(stringMember(entry["status"], "status_str"), QStringLiteral("success"));
    QVERIFY(entry["outputs"].contains("2") && !entry["outputs"].contains("4"));

    m_server.setFaults({}); // and what the fault touched was not kept
    client.clearFrames();
    promptId = stringMember(client.submit(prompt).json(), "prompt_id");
    QVERIFY(client.waitForEnd(promptId));
    QVERIFY(client.history(promptId)["outputs"].contains("4"));
}

void tst_DemoFaults::refusesPrompts()
{
    demo::Faults faults;
    faults.refusePrompts = true;
    m_server.setFaults(faults);
    DemoClient client(m_server.url(), QStringLiteral("A"));
    const DemoClient::Reply reply = client.submit(testkit::emptyImageTo("PreviewImage"));
    QCOMPARE(reply.status, 400);
    QCOMPARE(stringMember(reply.json()["error"], "type"), QStringLiteral("prompt_outputs_failed_validation"));
    const Json errors = reply.json()["node_errors"]["2"];
    QCOMPARE(stringMember(errors["errors"][0]["extra_info"], "input_name"), QStringLiteral("images"));
    QCOMPARE(errors["dependent_outputs"], Json::array({"2"}));
}

void tst_DemoFaults::forgetsTheHistory()
{
    DemoClient client(m_server.url(), QStringLiteral("A"));
    QVERIFY(client.open(false));
    const QString promptId =
        stringMember(client.submit(testkit::emptyImageTo("PreviewImage")).json(), "prompt_id");
    QVERIFY(client.waitForEnd(promptId));
    demo::Faults faults;
    faults.forgetHistory = true;
    m_server.setFaults(faults);
    QCOMPARE(client.get(QStringLiteral("/history")).body, QByteArray("{}"));
    QCOMPARE(client.get(QStringLiteral("/history/") + promptId).body, QByteArray("{}"));
    m_server.setFaults({});
    QVERIFY(!client.history(promptId).is_null());
}

void tst_DemoFaults::failsEveryRoute()
{
    demo::Faults faults;
    faults.serverError = true;
    m_server.setFaults(faults);
    DemoClient client(m_server.url());
    for (const char* path : {"/system_stats", "/object_info", "/queue", "/api/history"}) {
        const DemoClient::Reply reply = client.get(QString::fromLatin1(path));
        QCOMPARE(reply.status, 500);
        QVERIFY(reply.contentType.startsWith("text/plain"));
    }
}

void tst_DemoFaults::answersLate()
{
    demo::Faults faults;
    faults.delayMs = 150;
    m_server.setFaults(faults);
    DemoClient client(m_server.url());
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(client.get(QStringLiteral("/queue")).status, 200);
    QVERIFY(timer.elapsed() >= 140);
}

void tst_DemoFaults::aJobMayEndBeforeThePostIsAnswered()
{
    demo::Faults faults;
    faults.promptAnswerDelayMs = 400;
    m_server.setFaults(faults);
    DemoClient client(m_server.url(), QStringLiteral("A"));
    QVERIFY(client.open(false));
    const DemoClient::Reply reply =
        client.submit(testkit::emptyImageTo("PreviewImage"), Json{{"prompt_id", "my-own-id"}});
    // The answer is here; the last frame was here before it.
    QCOMPARE(stringMember(reply.json(), "prompt_id"), QStringLiteral("my-own-id"));
    QVERIFY(client.types().contains(QStringLiteral("execution_success")));
    QCOMPARE(client.types().last(), QStringLiteral("executing"));
}

void tst_DemoFaults::anInterruptHitsOnlyTheJobNamed()
{
    DemoClient client(m_server.url(), QStringLiteral("A"));
    QVERIFY(client.open(false));
    const QString running = slowJob(client);
    const QString pending = slowJob(client);
    QVERIFY(client.waitFor([&client] { return client.types().contains(QStringLiteral("progress")); }));
    client.postJson(QStringLiteral("/interrupt"), Json{{"prompt_id", "someone else"}});
    client.postJson(QStringLiteral("/interrupt"), Json{{"prompt_id", toJson(pending)}});
    client.clearFrames();
    QVERIFY(
        client.waitFor([&client] { return client.types().contains(QStringLiteral("progress")); })); // goes on
    client.postJson(QStringLiteral("/interrupt"), Json{{"prompt_id", toJson(running)}});
    QVERIFY(client.waitForEnd(running));
    const Json event = frameOfType(client, QStringLiteral("execution_interrupted"));
    QCOMPARE(stringMember(event, "node_type"), QStringLiteral("KSampler"));
    const Json entry = client.history(running);
    QCOMPARE(stringMember(entry["status"], "status_str"), QStringLiteral("error"));
    QCOMPARE(entry["status"]["messages"][2][0], Json("execution_interrupted"));
    QCOMPARE(toQString(client.get(QStringLiteral("/queue")).json()["queue_running"][0][1]), pending);
    client.post(QStringLiteral("/interrupt"), {}); // whatever runs
    QVERIFY(client.waitForEnd(pending));
}

void tst_DemoFaults::numbersAndFrontOrderTheQueue()
{
    DemoClient client(m_server.url(), QStringLiteral("A"));
    QVERIFY(client.open(false));
    const QString first = slowJob(client);
    QTRY_COMPARE(client.get(QStringLiteral("/queue")).json()["queue_running"].size(), std::size_t{1});
    const auto quick = [&client](const char* id, Json more) {
        more["prompt_id"] = id;
        static int colour = 0;
        return client.submit(testkit::emptyImageTo("PreviewImage", ++colour), more).json();
    };
    QCOMPARE(quick("normal", Json::object())["number"], Json(1));
    QCOMPARE(quick("late", Json{{"number", 100000}})["number"], Json(100000.0));
    QCOMPARE(quick("front", Json{{"front", true}})["number"], Json(-3));
    QCOMPARE(quick("soonest", Json{{"number", -100.5}})["number"], Json(-100.5));
    client.submit(Json{{"1", {{"class_type", "None"}}}}); // a failed prompt uses a number up
    QCOMPARE(quick("after a failed one", Json::object())["number"], Json(6));
    QCOMPARE(client.get(QStringLiteral("/prompt")).json()["exec_info"]["queue_remaining"], Json(6));
    client.post(QStringLiteral("/interrupt"), {});
    QVERIFY(client.waitForEnd(QStringLiteral("late")));
    const auto ids = [&client](const QString& query) {
        const Json listed = client.get(QStringLiteral("/history") + query).json();
        QStringList keys;
        for (const auto& item : listed.items()) {
            keys.append(QString::fromStdString(item.key()));
        }
        return keys;
    };
    const QStringList order = ids({});
    QCOMPARE(order.mid(1),
             QStringList({QStringLiteral("soonest"), QStringLiteral("front"), QStringLiteral("normal"),
                          QStringLiteral("after a failed one"), QStringLiteral("late")}));
    QCOMPARE(ids(QStringLiteral("?max_items=2")), order.mid(4));
    QCOMPARE(ids(QStringLiteral("?max_items=2&offset=1")), order.mid(1, 2));
    client.postJson(QStringLiteral("/history"), Json{{"delete", Json::array({"late"})}});
    QCOMPARE(ids({}), order.mid(0, 5));
    client.postJson(QStringLiteral("/history"), Json{{"clear", true}});
    QVERIFY(ids({}).isEmpty());
}

void tst_DemoFaults::pendingJobsCanBeDeleted()
{
    DemoClient client(m_server.url(), QStringLiteral("A"));
    QVERIFY(client.open(false));
    const QString running = slowJob(client);
    const QString pending = slowJob(client);
    slowJob(client);
    client.clearFrames();
    QCOMPARE(client
                 .postJson(QStringLiteral("/queue"),
                           Json{{"delete", Json::array({toJson(running), toJson(pending), "unknown"})}})
                 .status,
             200);
    QVERIFY(client.waitFor([&client] { return client.types().contains(QStringLiteral("status")); }));
    QCOMPARE(client.get(QStringLiteral("/prompt")).json()["exec_info"]["queue_remaining"],
             Json(2)); // the running one stays
    client.postJson(QStringLiteral("/queue"), Json{{"clear", true}});
    QCOMPARE(client.get(QStringLiteral("/queue")).json()["queue_pending"].size(), std::size_t{0});
    QVERIFY(client.history(pending).is_null());
    client.post(QStringLiteral("/interrupt"), {});
    QVERIFY(client.waitForEnd(running));
}

void tst_DemoFaults::partialSuccessRunsTheRest()
{
    Json prompt = testkit::emptyImageTo("PreviewImage");
    prompt["3"] = Json{{"class_type", "ImageScale"},
                       {"inputs",
                        {{"image", Json::array({"1", 0})},
                         {"upscale_method", "NOPE"},
                         {"width", 32},
                         {"height", 32},
                         {"crop", "disabled"}}}};
    prompt["4"] = Json{{"class_type", "SaveImage"},
                       {"inputs", {{"images", Json::array({"3", 0})}, {"filename_prefix", "x"}}}};
    DemoClient client(m_server.url(), QStringLiteral("A"));
    QVERIFY(client.open(false));
    const DemoClient::Reply reply = client.submit(prompt);
    QCOMPARE(reply.status, 200);
    QCOMPARE(stringMember(reply.json()["node_errors"]["3"]["errors"][0], "type"),
             QStringLiteral("value_not_in_list"));
    QCOMPARE(reply.json()["node_errors"]["3"]["dependent_outputs"], Json::array({"4"}));
    const QString promptId = stringMember(reply.json(), "prompt_id");
    QVERIFY(client.waitForEnd(promptId));
    QVERIFY(client.history(promptId)["outputs"].contains("2"));
}

void tst_DemoFaults::partialTargetsRunAlone()
{
    Json prompt = testkit::emptyImageTo("PreviewImage");
    prompt["3"] = prompt["2"];
    DemoClient client(m_server.url(), QStringLiteral("A"));
    QVERIFY(client.open(false));
    const QString promptId = stringMember(
        client.submit(prompt, Json{{"partial_execution_targets", Json::array({"3"})}}).json(), "prompt_id");
    QVERIFY(client.waitForEnd(promptId));
    const Json outputs = client.history(promptId)["outputs"];
    QVERIFY(outputs.contains("3") && !outputs.contains("2"));
    for (const Json& targets : {Json::array(), Json::array({"1"})}) {
        const DemoClient::Reply reply = client.submit(prompt, Json{{"partial_execution_targets", targets}});
        QCOMPARE(reply.status, 400);
        QCOMPARE(stringMember(reply.json()["error"], "type"), QStringLiteral("prompt_no_outputs"));
    }
}

void tst_DemoFaults::aRestart_data()
{
    QTest::addColumn<bool>("keepsHistory");
    QTest::newRow("history kept") << true;
    QTest::newRow("history lost") << false;
}

void tst_DemoFaults::aRestart()
{
    QFETCH(bool, keepsHistory);
    DemoClient client(m_server.url(), QStringLiteral("A"));
    QVERIFY(client.open(false));
    const QString done =
        stringMember(client.submit(testkit::emptyImageTo("PreviewImage")).json(), "prompt_id");
    QVERIFY(client.waitForEnd(done));
    const QString running = slowJob(client);
    slowJob(client);
    const QUrl before = m_server.url();

    m_server.restart(keepsHistory);
    QCOMPARE(m_server.url(), before);
    QVERIFY(client.waitFor([&client] { return !client.isOpen(); }));
    DemoClient again(m_server.url(), QStringLiteral("A"));
    QVERIFY(again.open(false));
    QCOMPARE(again.get(QStringLiteral("/queue")).json(),
             Json({{"queue_running", Json::array()}, {"queue_pending", Json::array()}}));
    QCOMPARE(again.history(done).is_null(), !keepsHistory);
    QVERIFY(again.history(running).is_null());
    const QString next =
        stringMember(again.submit(testkit::emptyImageTo("PreviewImage", 9)).json(), "prompt_id");
    QVERIFY(again.waitForEnd(next)); // and it works on
}

void tst_DemoFaults::manyPromptsAtOnce()
{
    DemoClient client(m_server.url(), QStringLiteral("A"));
    QVERIFY(client.open(false));
    QSet<QString> ids;
    for (int i = 0; i < 40; ++i) {
        ids.insert(stringMember(client.submit(testkit::emptyImageTo("SaveImage", i, 8)).json(), "prompt_id"));
    }
    QCOMPARE(ids.size(), 40);
    for (const QString& id : std::as_const(ids)) {
        QVERIFY(client.waitForEnd(id));
        QVERIFY(boolMember(client.history(id)["status"], "completed"));
    }
}

QTEST_GUILESS_MAIN(tst_DemoFaults)
#include "tst_demofaults.moc"
