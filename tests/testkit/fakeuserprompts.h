// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/shell/userprompts.h"

#include <QList>

namespace gesso::testkit {

// Answers at once with what the test has set, and notes what was asked. An empty path is "cancelled".
class FakeUserPrompts : public UserPrompts
{
public:
    QString fileToOpen;
    QString fileToSave;
    QString folder;
    SaveChoice saveChoice = SaveChoice::Cancel;
    bool confirms = true;

    QStringList asked; // "open", "save <suggestion>", "folder", "ask-save <title>", "confirm <question>"
    QList<QUrl> openedExternally;

    void openFile(FileFilter, std::function<void(QString)> done) override
    {
        asked.append(QStringLiteral("open"));
        answer(fileToOpen, done);
    }
    void saveFile(const QString& suggestion, std::function<void(QString)> done) override
    {
        asked.append(QStringLiteral("save ") + suggestion);
        answer(fileToSave, done);
    }
    void chooseFolder(const QString&, std::function<void(QString)> done) override
    {
        asked.append(QStringLiteral("folder"));
        answer(folder, done);
    }
    void askSave(const QString& title, std::function<void(SaveChoice)> done) override
    {
        asked.append(QStringLiteral("ask-save ") + title);
        done(saveChoice);
    }
    void confirm(const QString& question, const QString&, std::function<void()> confirmed) override
    {
        asked.append(QStringLiteral("confirm ") + question);
        if (confirms) {
            confirmed();
        }
    }
    void openExternally(const QUrl& url) override { openedExternally.append(url); }

private:
    static void answer(const QString& path, const std::function<void(QString)>& done)
    {
        if (!path.isEmpty()) {
            done(path);
        }
    }
};

} // namespace gesso::testkit
