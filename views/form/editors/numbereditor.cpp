// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/editors/numbereditor.h"

#include "views/theme/themecontroller.h"
#include "views/widgets/numberedit.h"
#include "views/widgets/valueslider.h"

#include <QHBoxLayout>
#include <QLineEdit>

namespace gesso {

NumberEditor::NumberEditor(const Field& field, const ThemeController& theme, QWidget* parent)
    : FieldEditor(parent)
    , m_edit(new NumberEdit(theme, this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_edit);
    m_edit->setRule(numberRule(field));
    connect(m_edit, &NumberEdit::valueEdited, this, [this] {
        showOnSlider();
        Q_EMIT edited(0);
    });
    connect(m_edit, &NumberEdit::editingFinished, this, &FieldEditor::editingFinished);
    const std::optional<SliderRange> range = sliderRange(field);
    if (!range)
        return;
    m_range = *range;
    m_slider = new ValueSlider(theme, m_edit);
    m_slider->setAccessibleName(tr("%1, as a bar").arg(field.label));
    // The number keeps room for four digits, the bar gets the rest.
    m_edit->lineEdit()->setFixedWidth(fontMetrics().horizontalAdvance(QStringLiteral("00.00"))
                                      + space::small);
    m_edit->addTrailing(m_slider, 1);
    connect(m_slider, &ValueSlider::fractionDragged, this, [this](double fraction) {
        m_edit->editTo(Number::fromReal(m_range.from + fraction * (m_range.to - m_range.from)));
    });
    connect(m_slider, &ValueSlider::dragFinished, this, &FieldEditor::editingFinished);
}

Json NumberEditor::value(int) const
{
    return m_edit->value().toJson();
}

void NumberEditor::setValue(const Json& value, int)
{
    if (const auto number = Number::fromJson(value))
        m_edit->setValue(*number);
    showOnSlider();
}

void NumberEditor::showOnSlider()
{
    if (m_slider && !m_slider->isSliderDown())
        m_slider->setFraction((m_edit->value().toDouble() - m_range.from) / (m_range.to - m_range.from));
}

void NumberEditor::setReadOnly(bool readOnly)
{
    m_edit->setReadOnly(readOnly);
}

void NumberEditor::setInvalid(bool invalid)
{
    setStyleProperty(m_edit, "invalid", invalid);
}

QWidget* NumberEditor::focusTarget(int) const
{
    return m_edit->lineEdit();
}

} // namespace gesso
