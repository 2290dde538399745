// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/shell/userprompts.h"

#include <QCoreApplication>
#include <QPointer>
#include <QWidget>

class QFileDialog;

namespace gesso {

// Questions as dialogs of the desktop. None blocks: the answer comes through the callback, and dies with the
// window the dialog belongs to.
class WidgetUserPrompts : public UserPrompts
{
    Q_DECLARE_TR_FUNCTIONS(gesso::WidgetUserPrompts)

public:
    // The window that dialogs belong to; before it is set, and after it is gone, questions are not asked.
    void setWindow(QWidget* window) { m_window = window; }

    void openFile(FileFilter filter, std::function<void(QString path)> done) override;
    void saveFile(const QString& suggestion, std::function<void(QString path)> done) override;
    void chooseFolder(const QString& start, std::function<void(QString path)> done) override;
    void askSave(const QString& title, std::function<void(SaveChoice)> done) override;
    void confirm(const QString& question, const QString& action, std::function<void()> confirmed) override;
    void openExternally(const QUrl& url) override;

private:
    void openFileDialog(QFileDialog* dialog, std::function<void(QString path)> done);

    QPointer<QWidget> m_window;
    QString m_lastFolder; // where the last file was chosen
};

} // namespace gesso
