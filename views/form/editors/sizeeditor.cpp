// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/editors/sizeeditor.h"

#include "views/form/fieldrules.h"
#include "views/theme/themecontroller.h"
#include "views/widgets/iconbutton.h"
#include "views/widgets/menulabel.h"
#include "views/widgets/numberedit.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>

#include <cmath>

namespace gesso {

namespace {

struct Ratio {
    int width;
    int height;
};

constexpr std::array ratios{Ratio{1, 1}, Ratio{5, 4}, Ratio{4, 3}, Ratio{3, 2},  Ratio{16, 9}, Ratio{21, 9},
                            Ratio{4, 5}, Ratio{3, 4}, Ratio{2, 3}, Ratio{9, 16}, Ratio{9, 21}};

QString nameOf(const Ratio& ratio)
{
    return QStringLiteral("%1:%2").arg(ratio.width).arg(ratio.height);
}

} // namespace

QString SizeEditor::ratioName(double width, double height)
{
    constexpr double near = 0.02;
    if (width <= 0 || height <= 0)
        return {};
    for (const Ratio& ratio : ratios) {
        if (std::fabs(width / height / (double(ratio.width) / ratio.height) - 1) < near)
            return nameOf(ratio);
    }
    return tr("custom");
}

SizeEditor::SizeEditor(const Field& width, const Field& height, const ThemeController& theme, QWidget* parent)
    : FieldEditor(parent)
    , m_frame(new QFrame(this))
    , m_edits{new NumberEdit(theme, m_frame), new NumberEdit(theme, m_frame)}
    , m_swap(new IconButton(theme, QStringLiteral("arrow-left-right"), tr("Swap width and height"), m_frame))
    , m_ratio(new MenuLabel(theme, this))
{
    auto* outer = new QHBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_frame);
    m_frame->setProperty("role", QStringLiteral("field"));
    m_frame->setFixedHeight(theme.pixels(MetricToken::FieldHeight));
    auto* row = new QHBoxLayout(m_frame);
    row->setContentsMargins(space::small - 3, 0, space::tight, 0);
    row->setSpacing(space::tight);
    auto* times = new QLabel(QStringLiteral("×"), m_frame);
    times->setTextFormat(Qt::PlainText);
    times->setProperty("tone", QStringLiteral("muted"));
    m_edits[0]->setFixedWidth(fontMetrics().horizontalAdvance(QStringLiteral("00000")) + space::small);
    row->addWidget(m_edits[0]);
    row->addWidget(times);
    row->addWidget(m_edits[1], 1);
    m_swap->setSide(22);
    row->addWidget(m_swap);

    const std::array fields{&width, &height};
    for (std::size_t part = 0; part < m_edits.size(); ++part) {
        m_edits[part]->setBare();
        m_edits[part]->setRule(numberRule(*fields[part]));
        m_edits[part]->lineEdit()->installEventFilter(this);
        connect(m_edits[part], &NumberEdit::valueEdited, this, [this, part] {
            describe();
            Q_EMIT edited(int(part));
        });
        connect(m_edits[part], &NumberEdit::editingFinished, this, &FieldEditor::editingFinished);
    }
    m_ratio->setToolTip(tr("Aspect ratio"));
    connect(m_ratio, &QAbstractButton::clicked, this, &SizeEditor::showRatioMenu);
    connect(m_swap, &QAbstractButton::clicked, this, &SizeEditor::swap);
    describe();
}

Json SizeEditor::value(int part) const
{
    return m_edits[std::size_t(part)]->value().toJson();
}

void SizeEditor::setValue(const Json& value, int part)
{
    if (const auto number = Number::fromJson(value))
        m_edits[std::size_t(part)]->setValue(*number);
    describe();
}

void SizeEditor::setReadOnly(bool readOnly)
{
    for (NumberEdit* edit : m_edits)
        edit->setReadOnly(readOnly);
    m_swap->setEnabled(!readOnly);
    m_ratio->setEnabled(!readOnly);
}

void SizeEditor::setInvalid(bool invalid)
{
    setStyleProperty(m_frame, "invalid", invalid);
}

QWidget* SizeEditor::focusTarget(int part) const
{
    return m_edits[std::size_t(part)]->lineEdit();
}

QList<QWidget*> SizeEditor::tabStops() const
{
    return {m_ratio, m_edits[0]->lineEdit(), m_edits[1]->lineEdit(), m_swap};
}

QWidget* SizeEditor::trailing() const
{
    return m_ratio;
}

bool SizeEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        setStyleProperty(m_frame, "focused", event->type() == QEvent::FocusIn);
    return FieldEditor::eventFilter(watched, event);
}

void SizeEditor::swap()
{
    const Number width = m_edits[0]->value();
    Q_EMIT editingFinished();
    m_edits[0]->editTo(m_edits[1]->value());
    m_edits[1]->editTo(width);
    Q_EMIT editingFinished();
}

void SizeEditor::showRatioMenu()
{
    auto* menu = new QMenu(m_ratio);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString current = m_ratio->text();
    for (const Ratio& ratio : ratios) {
        QAction* action = menu->addAction(nameOf(ratio), this,
                                          [this, ratio] { useRatio(double(ratio.width) / ratio.height); });
        action->setCheckable(true);
        action->setChecked(nameOf(ratio) == current);
    }
    menu->popup(m_ratio->mapToGlobal(QPoint(0, m_ratio->height())));
}

// Keeps the area, so that memory and time stay what they were.
void SizeEditor::useRatio(double ratio)
{
    const double area = m_edits[0]->value().toDouble() * m_edits[1]->value().toDouble();
    Q_EMIT editingFinished();
    m_edits[0]->editTo(Number::fromReal(std::sqrt(area * ratio)));
    m_edits[1]->editTo(Number::fromReal(std::sqrt(area / ratio)));
    Q_EMIT editingFinished();
}

void SizeEditor::describe()
{
    const QString name = ratioName(m_edits[0]->value().toDouble(), m_edits[1]->value().toDouble());
    m_ratio->setText(name);
    m_ratio->updateGeometry();
    m_ratio->setAccessibleName(tr("Aspect ratio: %1").arg(name));
}

} // namespace gesso
