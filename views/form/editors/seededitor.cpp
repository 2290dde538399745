// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/editors/seededitor.h"

#include "views/form/fieldrules.h"
#include "views/form/seedpolicy.h"
#include "views/theme/themecontroller.h"
#include "views/widgets/iconbutton.h"
#include "views/widgets/numberedit.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QRandomGenerator>

namespace gesso {

namespace {

constexpr int buttonSide = 22;

} // namespace

SeedEditor::SeedEditor(const Field& field, const ThemeController& theme, SeedPolicy& seeds, QWidget* parent)
    : FieldEditor(parent)
    , m_theme(theme)
    , m_seeds(seeds)
    , m_isMain(field.role == FieldRole::Seed)
    , m_edit(new NumberEdit(theme, this))
    , m_dice(new IconButton(theme, QStringLiteral("dices"), tr("New random seed"), m_edit))
    , m_rule(new IconButton(theme, QStringLiteral("shuffle"), tr("What the next run uses"), m_edit))
    , m_state(new QLabel(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_edit);
    m_edit->setRule(numberRule(field));
    auto* buttons = new QWidget(m_edit);
    auto* pair = new QHBoxLayout(buttons);
    pair->setContentsMargins(0, 0, 0, 0);
    pair->setSpacing(0);
    for (IconButton* button : {m_dice, m_rule}) {
        button->setSide(buttonSide);
        pair->addWidget(button);
    }
    m_edit->addTrailing(buttons);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setProperty("role", QStringLiteral("small"));

    connect(m_edit, &NumberEdit::valueEdited, this, [this] {
        describe();
        Q_EMIT edited(0);
    });
    connect(m_edit, &NumberEdit::editingFinished, this, &FieldEditor::editingFinished);
    connect(m_edit->lineEdit(), &QLineEdit::textChanged, this, &SeedEditor::fitFont);
    connect(m_dice, &QAbstractButton::clicked, this, &SeedEditor::roll);
    connect(m_rule, &QAbstractButton::clicked, this, &SeedEditor::showRuleMenu);
    connect(&m_seeds, &SeedPolicy::changed, this, &SeedEditor::describe);
    describe();
}

Json SeedEditor::value(int) const
{
    return m_edit->value().toJson();
}

void SeedEditor::setValue(const Json& value, int)
{
    if (const auto number = Number::fromJson(value))
        m_edit->setValue(*number);
    describe();
}

void SeedEditor::setReadOnly(bool readOnly)
{
    m_edit->setReadOnly(readOnly);
    m_dice->setEnabled(!readOnly);
    m_rule->setEnabled(!readOnly);
}

void SeedEditor::setInvalid(bool invalid)
{
    setStyleProperty(m_edit, "invalid", invalid);
}

QWidget* SeedEditor::focusTarget(int) const
{
    return m_edit->lineEdit();
}

QList<QWidget*> SeedEditor::tabStops() const
{
    return {m_edit->lineEdit(), m_dice, m_rule};
}

QWidget* SeedEditor::trailing() const
{
    return m_state;
}

// As large as the official front end draws them (2^50), so that they stay readable; typed ones may be larger.
void SeedEditor::roll()
{
    constexpr quint64 bound = quint64(1) << 50;
    Q_EMIT editingFinished();
    m_edit->editTo(Number::fromUnsigned(QRandomGenerator::global()->generate64() % bound));
    Q_EMIT editingFinished();
}

void SeedEditor::showRuleMenu()
{
    auto* menu = new QMenu(m_rule);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_seeds.addRulesTo(*menu);
    menu->addSeparator();
    menu->addAction(m_theme.icon(QStringLiteral("copy")), tr("Copy seed"), this,
                    [this] { QGuiApplication::clipboard()->setText(m_edit->value().text()); });
    if (const auto shown = m_seeds.shown(); shown && m_isMain) {
        const Number seed = Number::fromUnsigned(shown->value);
        QAction* back =
            menu->addAction(tr("Use the seed of this picture"), this, [this, seed] { m_edit->editTo(seed); });
        back->setEnabled(seed != m_edit->value());
    }
    menu->popup(m_rule->mapToGlobal(QPoint(0, m_rule->height())));
}

void SeedEditor::describe()
{
    m_rule->setSymbol(SeedPolicy::iconOf(m_seeds.rule()));
    QString rule = SeedPolicy::nameOf(m_seeds.rule());
    if (m_isMain && !m_seeds.nextText().isEmpty())
        rule += QStringLiteral(" · ") + m_seeds.nextText();
    m_rule->setName(rule);
    QString state;
    const auto shown = m_isMain ? m_seeds.shown() : std::nullopt;
    if (shown)
        state = Number::fromUnsigned(shown->value) == m_edit->value() ? tr("this picture") : tr("next");
    m_state->setText(state);
}

void SeedEditor::resizeEvent(QResizeEvent* event)
{
    FieldEditor::resizeEvent(event);
    fitFont();
}

void SeedEditor::fitFont()
{
    QLineEdit* edit = m_edit->lineEdit();
    const QFont normal = m_theme.theme().font();
    const bool fits = QFontMetrics(normal).horizontalAdvance(edit->text()) + space::tight <= edit->width();
    const QFont wanted = fits ? normal : m_theme.theme().font(MetricToken::FontSmall);
    if (edit->font().pointSizeF() != wanted.pointSizeF())
        edit->setFont(wanted);
    edit->setToolTip(edit->text());
}

} // namespace gesso
