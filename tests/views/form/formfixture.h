// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/form/workflowdocument.h"
#include "viewmodels/shell/userprompts.h"
#include "views/form/formpanel.h"
#include "views/theme/themecontroller.h"

#include <QSettings>
#include <QTemporaryDir>

namespace gesso::test {

// Answers file dialogs with `file`, and takes note of what was asked.
class FilePrompts : public UserPrompts
{
public:
    QString file;
    int asked = 0;

    void openFile(FileFilter filter, std::function<void(QString)> done) override;
    void saveFile(const QString&, std::function<void(QString)>) override { }
    void chooseFolder(const QString&, std::function<void(QString)>) override { }
    void askSave(const QString&, std::function<void(SaveChoice)>) override { }
    void confirm(const QString&, const QString&, std::function<void()>) override { }
    void openExternally(const QUrl&) override { }
};

QString dataFile(const QString& name); // of tests/data/form
NodeCatalogPtr testCatalog();
Diagnostic badCheckpoint(); // of the lighthouse workflow, with a fix

// A document with a workflow of tests/data/form and the panel that shows it, in a temporary folder of its
// own.
class FormFixture
{
public:
    explicit FormFixture(ThemeChoice choice = ThemeChoice::Dark);

    // Opens and waits; false with a message on failure.
    bool open(const QString& path, NodeCatalogPtr catalog);
    bool openLighthouse() { return open(dataFile(QStringLiteral("lighthouse.json")), testCatalog()); }

    // By node id and input; -1 if there is none.
    qsizetype index(const QString& node, const QString& input) const;
    Json value(const QString& node, const QString& input) const;
    FieldRow* row(const QString& node, const QString& input) const;

    QTemporaryDir folder;
    QSettings settings;
    ThemeController theme;
    FilePrompts prompts;
    WorkflowDocument document;
    FormPanel panel;
};

} // namespace gesso::test
