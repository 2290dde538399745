// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/binding.h"
#include "core/form/formbuilder.h"
#include "viewmodels/form/fieldedit.h"

#include <QObject>

#include <functional>
#include <memory>

class QUndoStack;

namespace gesso {

// The open workflow: its fields, edits with undo, findings per field, saving. Reading and form building run
// off the GUI thread. Every edit is one mergeable undo command on the document.
class WorkflowDocument : public QObject
{
    Q_OBJECT

public:
    explicit WorkflowDocument(QObject* parent = nullptr);
    ~WorkflowDocument() override;

    void open(const QString& path); // opened() or openFailed() later; the old document stays until then
    void close();
    void setCatalog(NodeCatalogPtr catalog); // rebuilds the form, keeps edits and undo
    // Atomic; JSON in the document's own format; to path() if `newPath` is empty. Off the GUI thread:
    // saved(), saveFailed() or saveConflicts() later.
    void save(const QString& newPath = {});
    void saveOver(); // to path(), whatever others have made of it
    void setSamplesFolder(const QString& folder); // files in it are templates: opened without a path()
    bool isOpening() const;
    bool isOpen() const;
    bool isModified() const;
    QString path() const; // empty for samples and pictures until saved elsewhere
    QString sourcePath() const;
    QString title() const;
    const Workflow& workflow() const;
    NodeCatalogPtr catalog() const;
    bool isFormCurrent() const; // built with catalog(); else it is being rebuilt and formChanged() follows

    const Form& form() const;
    qsizetype fieldCount() const;
    const Field& field(qsizetype index) const;
    void setValue(qsizetype index,
                  const Json& value); // through the undo stack; merges while typing in one field
    void reset(qsizetype index);
    void resetAll();
    bool isChanged(qsizetype index) const; // differs from what was opened
    QUndoStack* undoStack() const;
    void endMerge(); // the next edit is an undo step of its own: call it when a field loses the focus
    void setMergePause(int ms); // typing after such a pause is an undo step of its own; 1000 at first
    // Without an undo step and without making the document modified: for the seed that advances by itself.
    void setValueUntracked(qsizetype index, const Json& value);
    qsizetype seedField() const; // the main seed; -1 if none

    // Local files chosen for image fields, uploaded when a run is made. The field's value is the file's name
    // until then.
    void setLocalFile(qsizetype index, const QString& path);
    QString localFile(qsizetype index) const;
    bool hasLocalFiles() const;

    // What was edited since the document was opened, also what was put back; for a draft that outlives this
    // process.
    QList<FieldValue> editedValues() const;
    // Whether all of these have a field in the form as it is, and whether any would change one.
    bool knowsAll(const QList<FieldValue>& values) const;
    bool wouldChange(const QList<FieldValue>& values) const;
    // Puts a draft's values back in one undo step. Returns those that have no field.
    QList<FieldValue> restoreValues(const QList<FieldValue>& values);

    Diagnostics readingFindings() const; // what was mended or ignored while the file was read
    Diagnostics findings() const;
    std::optional<Diagnostic> finding(qsizetype index) const; // the worst one on this field
    void setFindings(const Diagnostics& findings); // from the server; cleared field by field when edited
    void applyFix(qsizetype index);
    qsizetype firstFieldWithError() const; // -1 if none

    void reveal(qsizetype index); // emits revealField()

    // The document as it is now, to be made off the GUI thread: cheap to take, copies everything when called.
    std::function<Workflow()> snapshot() const;

    // `now` (local time) fills %date:…% in file names.
    Result<Conversion> toPrompt(quint64 randomSeed, const QDateTime& now = {}) const;

Q_SIGNALS:
    void opened();
    void openFailed(const gesso::Error& error);
    void closed();
    void saved(const QString& path);
    void saveFailed(const gesso::Error& error);
    void saveConflicts(const QString& path); // nothing was written: somebody else has changed the file
    void formChanged(); // fields were rebuilt: make the editors anew
    void fieldChanged(qsizetype index); // value, also by undo
    void findingChanged(qsizetype index);
    void modifiedChanged();
    void revealField(qsizetype index); // scroll to it and give it the focus

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace gesso
