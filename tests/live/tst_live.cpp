// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/comfy/comfyapi.h"
#include "core/form/binding.h"
#include "core/form/formbuilder.h"
#include "core/run/runservice.h"
#include "core/server/serversession.h"
#include "core/workflow/reader.h"
#include "tests/testkit/testdata.h"

#include <QCoroTask>
#include <QDir>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace gesso;

// The client against a real ComfyUI: the same road as the window and the command line take.
class TestLive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void knowsTheServer();
    void refusesAWrongValue();
    void makesAPictureWithPreviews();
    void interruptsARun();
    void cleanupTestCase() { m_session.reset(); }

private:
    // The sample, small and short, because real samplers on a CPU are slow; extra values win.
    Result<RunRequest> request(const QList<std::pair<QString, QString>>& values);

    SystemClock m_clock;
    QTemporaryDir m_folder;
    std::unique_ptr<ServerSession> m_session;
};

void TestLive::initTestCase()
{
    const QString address = qEnvironmentVariable("COMFYUI_SERVER_ADDRESS");
    if (address.isEmpty()) {
        QSKIP("COMFYUI_SERVER_ADDRESS names no server");
    }
    ServerProfile profile;
    profile.name = address;
    profile.url = serverUrlFromText(address);
    m_session = std::make_unique<ServerSession>(profile, m_clock, m_folder.filePath(QStringLiteral("cache")));
    const Result<void> opened = QCoro::waitFor(m_session->open());
    QVERIFY2(opened.has_value(), opened ? "" : qPrintable(opened.error().message));
}

void TestLive::knowsTheServer()
{
    QVERIFY(m_session->catalog()->size() > 100);
    QVERIFY(m_session->catalog()->contains(QStringLiteral("KSampler")));
    QVERIFY(m_session->stats().has_value());
    QVERIFY(!m_session->stats()->version.isEmpty());
    QVERIFY(!m_session->stats()->isDemo);
    QTRY_COMPARE(m_session->state(), ConnectionState::Connected);
}

Result<RunRequest> TestLive::request(const QList<std::pair<QString, QString>>& values)
{
    const QString sample = QStringLiteral("resources/workflows/text-to-picture.json");
    Result<Workflow> workflow = readWorkflowFile(QDir(testkit::sourceFolder()).filePath(sample));
    if (!workflow) {
        return fail(workflow.error());
    }
    const NodeCatalogPtr catalog = m_session->catalog();
    const Form form = buildForm(*workflow, *catalog);
    const QList<std::pair<QString, QString>> small{{QStringLiteral("Width"), QStringLiteral("128")},
                                                   {QStringLiteral("Height"), QStringLiteral("128")},
                                                   {QStringLiteral("Steps"), QStringLiteral("4")}};
    for (const auto& [key, text] : small + values) {
        const Result<qsizetype> index = findField(form, key);
        if (!index) {
            return fail(index.error());
        }
        const Field& field = form.fields.at(*index);
        const Result<Json> value = parseFieldValue(field, text);
        if (!value) {
            return fail(value.error());
        }
        if (const Result<void> set = setFieldValue(*workflow, *catalog, field.ref, *value); !set) {
            return fail(set.error());
        }
    }
    const Result<Conversion> conversion = promptFor(*workflow, *catalog);
    if (!conversion) {
        return fail(conversion.error());
    }
    RunRequest request;
    request.id = newPromptId();
    request.title = workflow->title;
    request.prompt = conversion->prompt;
    request.workflow = toJson(*workflow);
    request.outputFolder = m_folder.filePath(QStringLiteral("pictures"));
    request.created = m_clock.now();
    QDir().mkpath(request.outputFolder);
    return request;
}

void TestLive::refusesAWrongValue()
{
    Result<RunRequest> wrong = request({});
    QVERIFY2(wrong.has_value(), wrong ? "" : qPrintable(wrong.error().message));
    for (PromptNode& node : wrong->prompt.nodes) {
        if (node.classType == QStringLiteral("KSampler")) {
            node.setInput(QStringLiteral("sampler_name"), Json("no such sampler"));
        }
    }
    RunService& runs = m_session->runs();
    QSignalSpy finished(&runs, &RunService::finished);
    runs.submit(*wrong);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 30'000);
    const RunState* state = runs.state(wrong->id);
    QVERIFY(state);
    QCOMPARE(state->phase, RunPhase::Refused);
    QCOMPARE(state->findings.size(), 1);
    QCOMPARE(state->findings.first().type, QStringLiteral("value_not_in_list"));
    QCOMPARE(state->findings.first().input, QStringLiteral("sampler_name"));
}

void TestLive::makesAPictureWithPreviews()
{
    // The largest seed a server takes must arrive as it is.
    const Result<RunRequest> wanted =
        request({{QStringLiteral("Seed"), QStringLiteral("18446744073709551615")}});
    QVERIFY2(wanted.has_value(), wanted ? "" : qPrintable(wanted.error().message));
    RunService& runs = m_session->runs();
    QSignalSpy finished(&runs, &RunService::finished);
    int previews = 0;
    connect(&runs, &RunService::preview, this, [&previews, &wanted](const PreviewFrame& frame) {
        previews += frame.run == wanted->id && !QImage::fromData(frame.image).isNull() ? 1 : 0;
    });
    runs.submit(*wanted);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 300'000);

    const RunState* state = runs.state(wanted->id);
    QCOMPARE(state->phase, RunPhase::Done);
    QCOMPARE(state->overall, 1.0);
    QVERIFY2(previews >= 2, qPrintable(QString::number(previews)));
    QCOMPARE(state->files.size(), 1);
    const QString path = state->files.first().path;
    QCOMPARE(QImage(path).size(), QSize(128, 128));

    const Result<Workflow> embedded = readWorkflowFile(path);
    QVERIFY(embedded.has_value());
    QVERIFY(embedded->embeddedPrompt.has_value());
    const auto sampler =
        std::find_if(embedded->embeddedPrompt->nodes.cbegin(), embedded->embeddedPrompt->nodes.cend(),
                     [](const PromptNode& node) { return node.classType == QStringLiteral("KSampler"); });
    QVERIFY(sampler != embedded->embeddedPrompt->nodes.cend());
    QCOMPARE(writeJson(*sampler->input(QStringLiteral("seed"))), QByteArray("18446744073709551615"));
}

void TestLive::interruptsARun()
{
    const Result<RunRequest> longRun = request({{QStringLiteral("Steps"), QStringLiteral("200")}});
    QVERIFY2(longRun.has_value(), longRun ? "" : qPrintable(longRun.error().message));
    RunService& runs = m_session->runs();
    QSignalSpy finished(&runs, &RunService::finished);
    runs.submit(*longRun);
    QTRY_VERIFY_WITH_TIMEOUT(runs.state(longRun->id)->value >= 2, 120'000);
    runs.cancel(longRun->id);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
    QCOMPARE(runs.state(longRun->id)->phase, RunPhase::Cancelled);
    const Result<QueueState> queue = QCoro::waitFor(m_session->api().queue());
    QVERIFY(queue.has_value());
    QVERIFY(queue->running.isEmpty());
}

QTEST_GUILESS_MAIN(TestLive)
#include "tst_live.moc"
