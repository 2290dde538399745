// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/form/workflowdocument.h"
#include "viewmodels/shell/noticelist.h"
#include "viewmodels/shell/userprompts.h"

#include <QList>
#include <QObject>
#include <QUrl>

#include <functional>

namespace gesso {

// Opening, saving and closing the workflow, and never losing edits on the way.
class DocumentFlow : public QObject
{
    Q_OBJECT

public:
    DocumentFlow(WorkflowDocument& document, UserPrompts& prompts, NoticeList& notices,
                 QObject* parent = nullptr);

    void open(const QString& path); // asks about unsaved edits
    void openDropped(const QList<QUrl>& urls);
    void choose();
    void save();
    void saveAs();
    void requestClose(std::function<void()> close);
    void useAsInput(const QString& path); // a picture into the first image field

Q_SIGNALS:
    void editsDiscarded(); // the person chose to close without saving

private:
    void afterEditsAreSafe(std::function<void()> next);
    void write(); // where the document belongs; asks if it has no place yet
    void writeElsewhere();
    void onOpened();
    void tellReading(const Diagnostics& findings);
    void onOpenFailed(const Error& error);
    void onSaved(const QString& path);
    void onSaveFailed(const Error& error);
    void onSaveConflicts(const QString& path);
    qsizetype firstImageField() const;

    WorkflowDocument& m_document;
    UserPrompts& m_prompts;
    NoticeList& m_notices;
    std::function<void()> m_afterSaving; // what waits for the edits to be on disk
    QString m_opening;
};

} // namespace gesso
