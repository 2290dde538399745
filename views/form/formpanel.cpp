// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/formpanel.h"

#include "viewmodels/form/workflowdocument.h"
#include "views/form/fieldfilter.h"
#include "views/form/fieldrow.h"
#include "views/form/formheader.h"
#include "views/form/formsection.h"
#include "views/form/generatebar.h"
#include "views/form/seedpolicy.h"
#include "views/form/undokeys.h"
#include "views/theme/themecontroller.h"
#include "views/widgets/searchfield.h"

#include <QApplication>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTimer>
#include <QVBoxLayout>

namespace gesso {

namespace {

constexpr int filterPauseMs = 80;

QTimer* makeTimer(QObject* parent, int interval)
{
    auto* timer = new QTimer(parent);
    timer->setSingleShot(true);
    timer->setInterval(interval);
    return timer;
}

} // namespace

FormPanel::FormPanel(WorkflowDocument& document, const ThemeController& theme, UserPrompts& prompts,
                     QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_seeds(new SeedPolicy(this))
    , m_context{theme, prompts, *m_seeds,
                QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + QLatin1String("/pasted")}
    , m_undoKeys(new UndoKeys(document.undoStack(), this))
    , m_header(new FormHeader(document, theme, this))
    , m_scroll(new QScrollArea(this))
    , m_empty(new QLabel(this))
    , m_generate(new GenerateBar(theme, *m_seeds, this))
    , m_tabTimer(makeTimer(this, 0))
    , m_filterTimer(makeTimer(this, filterPauseMs))
{
    setAccessibleName(tr("Form"));
    setMinimumWidth(theme.pixels(MetricToken::PanelMin));
    layOut();
    connectParts();
    connectDocument();
    rebuild();
}

FormPanel::~FormPanel() = default;

void FormPanel::layOut()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_empty, 1);
    column->addWidget(m_scroll, 1);
    column->addWidget(m_generate);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMargin(space::section);
    m_empty->setProperty("tone", QStringLiteral("muted"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setFrameShape(QFrame::NoFrame);
}

void FormPanel::connectParts()
{
    connect(m_header->filter(), &QLineEdit::textChanged, m_filterTimer, qOverload<>(&QTimer::start));
    connect(m_filterTimer, &QTimer::timeout, this, [this] { applyFilter(m_header->filter()->text()); });
    connect(m_header, &FormHeader::saveRequested, this, &FormPanel::saveRequested);
    connect(m_header, &FormHeader::saveAsRequested, this, &FormPanel::saveAsRequested);
    connect(m_header, &FormHeader::foldAllRequested, this, [this](bool open) {
        for (FormSection* section : std::as_const(m_sections))
            section->setOpen(open);
    });
    connect(m_header->filter(), &SearchField::downPressed, this, [this] {
        for (FormSection* section : std::as_const(m_sections)) {
            if (!section->isHidden())
                return section->header()->setFocus(Qt::TabFocusReason);
        }
    });
    connect(m_generate, &GenerateBar::generateRequested, this, &FormPanel::generateRequested);
    connect(m_seeds, &SeedPolicy::ruleChosen, this, &FormPanel::seedRuleChosen);
    connect(m_scroll->verticalScrollBar(), &QScrollBar::rangeChanged, this, &FormPanel::fitScrollBar);
    connect(m_tabTimer, &QTimer::timeout, this, &FormPanel::orderTabs);
}

void FormPanel::connectDocument()
{
    connect(&m_document, &WorkflowDocument::opened, this, &FormPanel::rebuild);
    connect(&m_document, &WorkflowDocument::closed, this, &FormPanel::rebuild);
    connect(&m_document, &WorkflowDocument::formChanged, this, &FormPanel::rebuild);
    connect(&m_document, &WorkflowDocument::fieldChanged, this,
            [this](qsizetype index) { forRowsOf(index, [](FieldRow& row) { row.refreshValue(); }); });
    connect(&m_document, &WorkflowDocument::findingChanged, this,
            [this](qsizetype index) { forRowsOf(index, [](FieldRow& row) { row.refreshFinding(); }); });
    connect(&m_document, &WorkflowDocument::revealField, this, &FormPanel::revealField);
}

void FormPanel::setCanGenerate(bool can, const QString& reason)
{
    m_generate->setCanGenerate(can, reason);
}

void FormPanel::setPreparing(bool preparing)
{
    m_generate->setPreparing(preparing);
}

void FormPanel::setSeedRule(SeedRule rule)
{
    m_seeds->setRule(rule);
}

void FormPanel::setShownSeed(std::optional<Seed> seed)
{
    m_seeds->setShown(seed);
}

void FormPanel::setNextSeedText(const QString& text)
{
    m_seeds->setNextText(text);
}

void FormPanel::focusFilter()
{
    m_header->filter()->setFocus(Qt::ShortcutFocusReason);
    m_header->filter()->selectAll();
}

QWidget* FormPanel::head() const
{
    return m_header;
}

FieldRow* FormPanel::rowOf(qsizetype index) const
{
    for (const FormSection* section : m_sections) {
        if (FieldRow* row = section->madeRowOf(index))
            return row;
    }
    return nullptr;
}

// A field may stand in the Essentials and in its node's fold.
void FormPanel::forRowsOf(qsizetype index, const std::function<void(FieldRow&)>& call) const
{
    for (const FormSection* section : m_sections) {
        if (FieldRow* row = section->madeRowOf(index))
            call(*row);
    }
}

FieldRow* FormPanel::makeRow(const QList<qsizetype>& fields, QWidget* parent)
{
    auto* row = new FieldRow(m_document, m_context, *m_undoKeys, fields, parent);
    connect(row, &FieldRow::tabStopsChanged, m_tabTimer, qOverload<>(&QTimer::start));
    return row;
}

void FormPanel::rebuild()
{
    // What was open, where the focus and the view were: neither a new catalogue nor a choice that brings
    // fields must throw the person about.
    const std::optional<WidgetRef> focused = focusedField();
    QSet<QString> open;
    QSet<QString> known;
    for (const FormSection* section : std::as_const(m_sections)) {
        known.insert(section->key());
        if (section->isOpen())
            open.insert(section->key());
    }
    const int scrolled = m_scroll->verticalScrollBar()->value();
    m_sections.clear();
    m_header->refresh();
    const bool hasForm = m_document.isOpen() && m_document.fieldCount() > 0;
    m_scroll->setVisible(hasForm);
    m_empty->setVisible(!hasForm);
    m_empty->setText(m_document.isOpen() ? tr("This workflow has no fields to fill in.")
                                         : tr("Open a workflow, and its fields stand here."));
    m_column = nullptr;
    delete m_scroll->takeWidget();
    if (!hasForm)
        return;

    auto* page = new QWidget;
    m_column = new QVBoxLayout(page);
    m_column->setSpacing(space::tight);
    fillColumn(open, known);
    fitScrollBar();
    m_scroll->setWidget(page);
    page->show();
    m_scroll->verticalScrollBar()->setValue(scrolled);
    if (!m_header->filter()->text().isEmpty())
        applyFilter(m_header->filter()->text());
    if (focused)
        focusChoice(*focused);
    m_tabTimer->start();
}

std::optional<WidgetRef> FormPanel::focusedField() const
{
    const QWidget* focus = m_scroll->widget() ? QApplication::focusWidget() : nullptr;
    for (const FormSection* section : m_sections) {
        const auto rows = section->madeRows();
        for (const FieldRow* row : rows) {
            if (focus && row->isAncestorOf(focus))
                return row->ref();
        }
    }
    return std::nullopt;
}

// A choice that has brought fields keeps the focus. Not a text: its cursor would be elsewhere.
void FormPanel::focusChoice(const WidgetRef& ref)
{
    const qsizetype index = m_document.form().indexOf(ref);
    if (index < 0 || !m_document.field(index).choosesInputs)
        return;
    for (FormSection* section : std::as_const(m_sections)) {
        if (section->isOpen() && !section->isHidden() && section->holds(index))
            return section->rowOf(index)->focusField(index);
    }
}

// A section that was there before is `open` again; a new one only if it matters most.
void FormPanel::fillColumn(const QSet<QString>& open, const QSet<QString>& known)
{
    const Form& form = m_document.form();
    for (const FieldGroup& group : form.groups) {
        auto* section = new FormSection(
            m_context.theme, form, group,
            [this](const QList<qsizetype>& fields, QWidget* parent) { return makeRow(fields, parent); },
            m_column->parentWidget());
        m_sections << section;
        m_column->addWidget(section);
        connect(section, &FormSection::rowsMade, m_tabTimer, qOverload<>(&QTimer::start));
        section->setOpen(
            open.contains(section->key())
            || (!known.contains(section->key()) && (group.essential || form.groups.size() == 1)));
    }
    m_column->addStretch();
}

// The bar comes out of the right margin, so that the fields keep their place under the head.
void FormPanel::fitScrollBar()
{
    const QScrollBar* bar = m_scroll->verticalScrollBar();
    const int taken = bar->maximum() > 0 ? bar->sizeHint().width() : 0;
    if (m_column)
        m_column->setContentsMargins(space::panel, 0, qMax(0, space::panel - taken), space::panel);
}

void FormPanel::applyFilter(const QString& text)
{
    const bool filtering = !text.trimmed().isEmpty();
    const QSet<qsizetype> matching = filtering ? matchingFields(m_document.form(), text) : QSet<qsizetype>();
    const Form& form = m_document.form();
    bool any = false;
    for (qsizetype i = 0; i < m_sections.size(); ++i) {
        if (!filtering) {
            m_sections[i]->setFilter(std::nullopt);
            continue;
        }
        QList<qsizetype> fields;
        for (const qsizetype field : form.groups[i].fields) {
            if (matching.contains(field))
                fields << field;
        }
        any = any || !fields.isEmpty();
        m_sections[i]->setFilter(fields);
    }
    const bool nothing = filtering && !any;
    m_empty->setVisible(nothing || m_sections.isEmpty());
    m_scroll->setVisible(!nothing && !m_sections.isEmpty());
    if (nothing)
        m_empty->setText(tr("No field here is called “%1”.").arg(text.trimmed()));
}

void FormPanel::revealField(qsizetype index)
{
    for (FormSection* section : std::as_const(m_sections)) {
        if (!section->holds(index))
            continue;
        if (section->isHidden() || !m_header->filter()->text().isEmpty()) {
            m_header->filter()->clear();
            applyFilter(QString());
        }
        section->setOpen(true);
        FieldRow* row = section->rowOf(index);
        // Rows just made have no place yet.
        m_scroll->widget()->layout()->activate();
        QApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        orderTabs();
        m_scroll->ensureWidgetVisible(row, 0, space::section);
        row->focusField(index);
        return;
    }
}

// Rows are made in any order, Tab follows the one they stand in.
void FormPanel::orderTabs()
{
    m_tabTimer->stop();
    QList<QWidget*> stops = m_header->tabStops();
    for (const FormSection* section : std::as_const(m_sections)) {
        stops << section->header();
        const auto rows = section->madeRows();
        for (const FieldRow* row : rows)
            stops << row->tabStops();
    }
    stops << m_generate->tabStops();
    for (qsizetype i = 1; i < stops.size(); ++i)
        setTabOrder(stops[i - 1], stops[i]);
}

} // namespace gesso
