// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/formheader.h"

#include "viewmodels/form/workflowdocument.h"
#include "views/theme/themecontroller.h"
#include "views/widgets/elidedlabel.h"
#include "views/widgets/iconbutton.h"
#include "views/widgets/searchfield.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QUndoStack>

namespace gesso {

namespace {

// "Undo: prompt" when the step has a name.
QString stepName(const QString& verb, const QString& step)
{
    return step.isEmpty() ? verb : QStringLiteral("%1: %2").arg(verb, step);
}

} // namespace

FormHeader::FormHeader(WorkflowDocument& document, const ThemeController& theme, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_theme(theme)
    , m_title(new ElidedLabel(Qt::ElideRight, this))
    , m_undo(new IconButton(theme, QStringLiteral("undo-2"), tr("Undo"), this))
    , m_redo(new IconButton(theme, QStringLiteral("redo-2"), tr("Redo"), this))
    , m_menu(new IconButton(theme, QStringLiteral("ellipsis"), tr("More for this workflow"), this))
    , m_filter(new SearchField(theme, tr("Filter fields"), this))
{
    m_title->setProperty("role", QStringLiteral("title"));
    auto* column = new QVBoxLayout(this);
    // The menu's own padding stands over the edge, so that its dots align with the fields.
    column->setContentsMargins(space::panel, space::tight, space::panel, space::small);
    column->setSpacing(space::tight);
    auto* top = new QHBoxLayout;
    top->setSpacing(0);
    top->addWidget(m_title, 1);
    top->addSpacing(space::small);
    top->addWidget(m_undo);
    top->addWidget(m_redo);
    top->addWidget(m_menu);
    column->addLayout(top);
    column->addWidget(m_filter);

    QUndoStack* stack = document.undoStack();
    connect(m_undo, &QAbstractButton::clicked, stack, &QUndoStack::undo);
    connect(m_redo, &QAbstractButton::clicked, stack, &QUndoStack::redo);
    connect(stack, &QUndoStack::canUndoChanged, m_undo, &QWidget::setEnabled);
    connect(stack, &QUndoStack::canRedoChanged, m_redo, &QWidget::setEnabled);
    connect(stack, &QUndoStack::undoTextChanged, m_undo,
            [this](const QString& text) { m_undo->setName(stepName(tr("Undo"), text)); });
    connect(stack, &QUndoStack::redoTextChanged, m_redo,
            [this](const QString& text) { m_redo->setName(stepName(tr("Redo"), text)); });
    m_undo->setEnabled(stack->canUndo());
    m_redo->setEnabled(stack->canRedo());
    connect(m_menu, &QAbstractButton::clicked, this, &FormHeader::showMenu);
    connect(&document, &WorkflowDocument::modifiedChanged, this, &FormHeader::refresh);
    refresh();
}

void FormHeader::refresh()
{
    const bool open = m_document.isOpen();
    m_title->setText(open ? m_document.title() : tr("No workflow"));
    const qsizetype fields = open ? m_document.fieldCount() : 0;
    m_filter->setPlaceholder(fields == 1 ? tr("Filter 1 field") : tr("Filter %1 fields").arg(fields));
    m_filter->setVisible(fields > 0);
    m_menu->setEnabled(open);
}

QList<QWidget*> FormHeader::tabStops() const
{
    return {m_undo, m_redo, m_menu, m_filter};
}

void FormHeader::showMenu()
{
    auto* menu = new QMenu(m_menu);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(m_theme.icon(QStringLiteral("save")), tr("Save"), this, &FormHeader::saveRequested)
        ->setEnabled(m_document.isModified());
    menu->addAction(tr("Save as …"), this, &FormHeader::saveAsRequested);
    menu->addSeparator();
    menu->addAction(m_theme.icon(QStringLiteral("rotate-ccw")), tr("Reset all values"), &m_document,
                    &WorkflowDocument::resetAll);
    menu->addSeparator();
    menu->addAction(tr("Open every section"), this, [this] { Q_EMIT foldAllRequested(true); });
    menu->addAction(tr("Fold every section"), this, [this] { Q_EMIT foldAllRequested(false); });
    menu->popup(m_menu->mapToGlobal(QPoint(m_menu->width() - menu->sizeHint().width(), m_menu->height())));
}

} // namespace gesso
