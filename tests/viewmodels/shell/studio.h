// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/demo/demoserver.h"
#include "tests/testkit/fakeuserprompts.h"
#include "tests/testkit/testdata.h"
#include "viewmodels/shell/shellviewmodel.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

#include <memory>

namespace gesso::testkit {

// A whole shell on a demo server of its own, with folders that go when the test ends.
class Studio
{
public:
    explicit Studio(int stepDelayMs = 0)
    {
        demo::DemoOptions options;
        options.stepDelayMs = stepDelayMs;
        options.previewSize = 64;
        m_url = server.start(options).value();
        QDir(home.path()).mkpath(QStringLiteral("pictures"));
        openShell();
    }

    // As at the next start of Gesso.
    void openShell()
    {
        ShellViewModel::Options options;
        options.samplesFolder = samplesFolder();
        options.cacheFolder = home.filePath(QStringLiteral("cache"));
        options.defaultOutputFolder = home.filePath(QStringLiteral("pictures"));
        options.settingsFile = home.filePath(QStringLiteral("settings.ini"));
        options.startDemo = [url = m_url] { return url; };
        shell.reset(); // the old one lets go of the settings first
        shell = std::make_unique<ShellViewModel>(options, clock, prompts);
    }

    static QString samplesFolder() { return sourceFolder() + QStringLiteral("/resources/workflows"); }
    static QString sample(const QString& name)
    {
        return samplesFolder() + u'/' + name + QStringLiteral(".json");
    }

    void connectToDemo()
    {
        shell->server().connectToDemo();
        QTRY_VERIFY(shell->server().session() != nullptr);
        QTRY_COMPARE(shell->server().state(), ConnectionState::Connected);
    }

    // Opens it, small and quick: 64 × 64 pixels, a few steps.
    void open(const QString& path)
    {
        QSignalSpy opened(&shell->document(), &WorkflowDocument::opened);
        QSignalSpy failed(&shell->document(), &WorkflowDocument::openFailed);
        shell->openWorkflow(path);
        QTRY_VERIFY_WITH_TIMEOUT(!opened.isEmpty() || !failed.isEmpty(),
                                 60'000); // large ones under a sanitizer
        set(FieldRole::Width, 64);
        set(FieldRole::Height, 64);
        set(FieldRole::Steps, 4);
        shell->document().undoStack()->setClean();
        QTRY_VERIFY2(shell->canGenerate(), qPrintable(shell->cannotGenerateReason()));
    }

    qsizetype field(FieldRole role) const
    {
        for (qsizetype i = 0; i < shell->document().fieldCount(); ++i) {
            if (shell->document().field(i).role == role) {
                return i;
            }
        }
        return -1;
    }

    void set(FieldRole role, const Json& value)
    {
        if (const qsizetype index = field(role); index >= 0) {
            shell->document().setValue(index, value);
            shell->document().endMerge();
        }
    }

    quint64 seedShown() const
    {
        return shell->document().field(shell->document().seedField()).value.get<quint64>();
    }

    RunPhase phase(int row = 0) const
    {
        const RunState* state = shell->runs().stateOf(shell->runs().idAt(row));
        return state == nullptr ? RunPhase::Preparing : state->phase;
    }

    // The row of the first notice whose text holds this; -1 if none.
    int notice(const QString& text) const
    {
        for (int row = 0; row < shell->notices().rowCount(); ++row) {
            if (shell->notices().at(row).text.contains(text)) {
                return row;
            }
        }
        return -1;
    }

    QString noticeTexts() const
    {
        QStringList texts;
        for (int row = 0; row < shell->notices().rowCount(); ++row) {
            texts.append(shell->notices().at(row).text);
        }
        return texts.join(u'\n');
    }

    QTemporaryDir home;
    demo::DemoServer server;
    FakeUserPrompts prompts;
    SystemClock clock;
    std::unique_ptr<ShellViewModel> shell;

private:
    QUrl m_url;
};

} // namespace gesso::testkit
