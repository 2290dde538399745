// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/seed.h"
#include "core/form/field.h"
#include "views/form/formcontext.h"

#include <QSet>
#include <QWidget>

#include <functional>
#include <optional>

class QLabel;
class QScrollArea;
class QTimer;
class QVBoxLayout;

namespace gesso {

class FieldRow;
class FormHeader;
class FormSection;
class GenerateBar;
class SeedPolicy;
class ThemeController;
class UndoKeys;
class UserPrompts;
class WorkflowDocument;

// The form of the open workflow: head with filter, the Essentials, one fold per node, and Generate at the
// foot. It follows the document by its signals; the window connects what goes beyond the document (generate,
// save, the seed rule and the seed of the picture shown).
class FormPanel : public QWidget
{
    Q_OBJECT

public:
    FormPanel(WorkflowDocument& document, const ThemeController& theme, UserPrompts& prompts,
              QWidget* parent = nullptr);
    ~FormPanel() override;

    void setCanGenerate(bool can, const QString& reason = {});
    void setPreparing(bool preparing);
    void setSeedRule(SeedRule rule);
    void setShownSeed(std::optional<Seed> seed); // of the picture on the stage
    void setNextSeedText(const QString& text); // "next 42" where the next run uses another number; else empty

    void revealField(qsizetype index); // opens its section, scrolls to it and gives it the focus
    void focusFilter();
    QWidget* head() const; // title and filter: the window makes it the dock's title bar
    FieldRow* rowOf(qsizetype index) const; // nullptr while it is not made
    QList<FormSection*> sections() const { return m_sections; }
    QSize sizeHint() const override { return {372, 640}; }

Q_SIGNALS:
    void generateRequested(int count);
    void seedRuleChosen(gesso::SeedRule rule);
    void saveRequested();
    void saveAsRequested();

private:
    void layOut();
    void connectParts();
    void connectDocument();
    void rebuild();
    std::optional<WidgetRef> focusedField() const; // also of a form that is another by now
    void focusChoice(const WidgetRef& ref);
    void fillColumn(const QSet<QString>& open, const QSet<QString>& known);
    void applyFilter(const QString& text);
    void orderTabs();
    void fitScrollBar();
    FieldRow* makeRow(const QList<qsizetype>& fields, QWidget* parent);
    void forRowsOf(qsizetype index, const std::function<void(FieldRow&)>& call) const;

    WorkflowDocument& m_document;
    SeedPolicy* m_seeds;
    FormContext m_context;
    UndoKeys* m_undoKeys;
    FormHeader* m_header;
    QScrollArea* m_scroll;
    QLabel* m_empty;
    GenerateBar* m_generate;
    QVBoxLayout* m_column = nullptr;
    QList<FormSection*> m_sections;
    QTimer* m_tabTimer;
    QTimer* m_filterTimer;
};

} // namespace gesso
