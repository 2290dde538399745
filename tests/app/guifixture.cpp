// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/guifixture.h"

#include "viewmodels/shell/shellviewmodel.h"
#include "views/shell/mainwindow.h"

#include <QApplication>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

namespace gesso::testkit {

namespace {
constexpr int patienceMs = 20000; // for a loaded machine; nothing waits longer than it needs
}

GuiFixture::GuiFixture(QApplication& app, int stepDelayMs)
    : m_app(app)
{
    QStandardPaths::setTestModeEnabled(true);
    qunsetenv("COMFYUI_SERVER_ADDRESS");
    const auto place = [this](const char* name) { return m_home.filePath(QLatin1String(name)); };
    qputenv("HOME", m_home.path().toLocal8Bit());
    m_options.settingsFile = place("config/gesso.ini");
    m_options.cacheFolder = place("cache");
    m_options.logFolder = place("logs");
    m_options.outputFolder = place("Pictures/Gesso");
    m_options.samplesFolder = QStringLiteral(":/gesso/workflows");
    m_options.demo.folder = place("demo");
    m_options.demo.stepDelayMs = stepDelayMs;
    m_root = std::make_unique<CompositionRoot>(m_app, m_options);
}

GuiFixture::~GuiFixture() = default;

void GuiFixture::start()
{
    if (!m_root)
        m_root = std::make_unique<CompositionRoot>(m_app, m_options);
    m_root->start();
    QVERIFY(QTest::qWaitForWindowExposed(&window()));
    window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window())); // shortcuts work in the active window only
    QTRY_COMPARE_WITH_TIMEOUT(shell().server().state(), ConnectionState::Connected, patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(shell().canGenerate(), patienceMs);
}

void GuiFixture::keepEverything()
{
    m_options.historyFile = folder() + QLatin1String("/data/history.db");
    m_options.draftFolder = folder() + QLatin1String("/data/drafts");
    m_root.reset();
    m_root = std::make_unique<CompositionRoot>(m_app, m_options);
}

void GuiFixture::kill()
{
    m_root.reset();
}

void GuiFixture::stop()
{
    window().close();
    m_root.reset();
}

ShellViewModel& GuiFixture::shell()
{
    return m_root->shell();
}

MainWindow& GuiFixture::window()
{
    return m_root->window();
}

qsizetype GuiFixture::fieldOf(FieldRole role)
{
    const Form& form = shell().document().form();
    for (qsizetype i = 0; i < form.fields.size(); ++i) {
        if (form.fields[i].role == role)
            return i;
    }
    return -1;
}

void GuiFixture::openSample(const QString& name)
{
    const QString path = m_options.samplesFolder + QLatin1Char('/') + name + QLatin1String(".json");
    QSignalSpy opened(&shell().document(), &WorkflowDocument::opened); // it may be the one that is open
    shell().openWorkflow(path);
    QTRY_VERIFY_WITH_TIMEOUT(!opened.isEmpty(), patienceMs);
    QCOMPARE(shell().document().sourcePath(), path);
    QTRY_VERIFY_WITH_TIMEOUT(shell().canGenerate(), patienceMs);
}

void GuiFixture::waitForRuns()
{
    QTRY_COMPARE_WITH_TIMEOUT(shell().runs().activeCount(), 0, 3 * patienceMs);
}

} // namespace gesso::testkit
