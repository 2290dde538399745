// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/compositionroot.h"

#include "core/base/log.h"
#include "core/run/runhistory.h"
#include "viewmodels/shell/settingsguard.h"
#include "viewmodels/shell/shellviewmodel.h"
#include "viewmodels/shell/standardplaces.h"
#include "views/shell/mainwindow.h"
#include "views/theme/themecontroller.h"

#include <QApplication>
#include <QTimer>

namespace gesso {

CompositionRoot::Options CompositionRoot::standardOptions()
{
    const UsedPlaces places = standardPlaces();
    Options options;
    options.settingsFile = places.settingsFile;
    options.dataFolder = places.dataFolder;
    options.cacheFolder = places.cacheFolder;
    options.logFolder = places.logFolder;
    options.historyFile = RunHistory::fileIn(places.dataFolder);
    options.draftFolder = places.dataFolder + QLatin1String("/drafts");
    options.outputFolder = places.outputFolder;
    options.samplesFolder = QStringLiteral(":/gesso/workflows");
    return options;
}

CompositionRoot::CompositionRoot(QApplication& app, const Options& options)
    : m_options(options)
    , m_damage(setAsideUnsafeSettings(options.settingsFile))
    , m_settings(options.settingsFile, QSettings::IniFormat)
    , m_theme(std::make_unique<ThemeController>(app, m_settings))
{
    ShellViewModel::Options shell;
    shell.samplesFolder = options.samplesFolder;
    shell.cacheFolder = options.cacheFolder;
    shell.defaultOutputFolder = options.outputFolder;
    shell.logFolder = options.logFolder;
    shell.dataFolder = options.dataFolder;
    shell.draftFolder = options.draftFolder;
    shell.settingsFile = options.settingsFile;
    shell.startDemo = [this] { return startDemo(); };
    m_shell = std::make_unique<ShellViewModel>(std::move(shell), m_clock, m_prompts);
    m_window = std::make_unique<MainWindow>(*m_shell, m_prompts, *m_theme, m_settings, options.logFolder);
    m_prompts.setWindow(m_window.get());

    const auto tellTheme = [this](const Error& error) {
        m_shell->notices().post(error, {}, QStringLiteral("theme"));
    };
    connect(m_theme.get(), &ThemeController::failed, this, tellTheme);
    if (m_theme->error())
        tellTheme(*m_theme->error());
    if (m_damage)
        m_shell->notices().post(*m_damage);
}

CompositionRoot::~CompositionRoot() = default;

void CompositionRoot::start(const QString& file)
{
    connect(
        m_window.get(), &MainWindow::painted, this,
        [this, file] { QTimer::singleShot(0, m_shell.get(), [this, file] { begin(file); }); },
        Qt::SingleShotConnection);
    m_window->show();
}

void CompositionRoot::begin(const QString& file)
{
    if (!m_options.historyFile.isEmpty()) {
        m_history = std::make_unique<RunHistory>(m_options.historyFile);
        m_shell->setHistory(*m_history);
    }
    m_shell->start(file);
}

Result<QUrl> CompositionRoot::startDemo()
{
    if (m_demo.isRunning())
        return m_demo.url();
    const Result<QUrl> url = m_demo.start(m_options.demo);
    if (url)
        log::info(log::Category::App, QStringLiteral("The demo server serves at %1").arg(url->toString()));
    return url;
}

} // namespace gesso
