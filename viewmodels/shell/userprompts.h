// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>

#include <functional>
#include <optional>

namespace gesso {

// Questions to the person, as an interface so that tests can answer them. Every call returns at once; the
// answer comes through the callback (never after `context` of the asking object is gone: implementations
// parent their dialogs to the window).
class UserPrompts
{
public:
    virtual ~UserPrompts() = default;

    enum class SaveChoice { Save, Discard, Cancel };
    enum class FileFilter { Workflow, Picture, Any };

    virtual void openFile(FileFilter filter,
                          std::function<void(QString path)> done) = 0; // not called when cancelled
    virtual void saveFile(const QString& suggestion, std::function<void(QString path)> done) = 0;
    virtual void chooseFolder(const QString& start, std::function<void(QString path)> done) = 0;
    virtual void askSave(const QString& title, std::function<void(SaveChoice)> done) = 0;
    virtual void confirm(const QString& question, const QString& action, std::function<void()> confirmed) = 0;
    virtual void openExternally(const QUrl& url) = 0; // a folder or file in the desktop's own program
};

} // namespace gesso
