// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/demo/demoserver.h"
#include "views/shell/widgetuserprompts.h"

#include <QObject>
#include <QSettings>

#include <memory>
#include <optional>

class QApplication;

namespace gesso {

class MainWindow;
class RunHistory;
class ShellViewModel;
class ThemeController;

// Makes everything the window needs and gives it to whom it concerns: the only place that knows all parts.
// Nothing is connected or read from disk before the window was painted once.
class CompositionRoot : public QObject
{
    Q_OBJECT

public:
    struct Options {
        QString settingsFile;
        QString dataFolder; // looked at by the diagnostics report
        QString cacheFolder;
        QString logFolder;
        QString outputFolder; // where results go unless the person chose another
        QString historyFile; // where runs are kept; empty: in memory only
        QString draftFolder; // unsaved edits; empty: not kept
        QString samplesFolder;
        demo::DemoOptions demo;
    };

    // The desktop's own places for this user; needs the application's name, not the application.
    static Options standardOptions();

    CompositionRoot(QApplication& app, const Options& options);
    ~CompositionRoot() override;

    // Shows the window, then connects and opens `file`, else what was open last.
    void start(const QString& file = {});

    MainWindow& window() { return *m_window; }
    ShellViewModel& shell() { return *m_shell; }
    ThemeController& theme() { return *m_theme; }
    demo::DemoServer& demoServer() { return m_demo; }

private:
    void begin(const QString& file);
    Result<QUrl> startDemo();

    // In the order they are needed; destroyed the other way round.
    Options m_options;
    SystemClock m_clock;
    demo::DemoServer m_demo;
    std::optional<Error> m_damage; // of the settings, before they are read
    QSettings m_settings;
    WidgetUserPrompts m_prompts;
    std::unique_ptr<ThemeController> m_theme;
    std::unique_ptr<RunHistory> m_history; // opened after the first paint
    std::unique_ptr<ShellViewModel> m_shell;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace gesso
