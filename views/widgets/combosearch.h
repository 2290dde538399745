// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

namespace gesso {

class ComboPopup;
class ThemeController;

// A combo box whose list has a search field: ↓, Enter, Space or just typing opens it. A value that is not in
// the list is kept, shown and marked (the "invalid" property) instead of being replaced by another.
class ComboSearch : public QComboBox
{
    Q_OBJECT

public:
    explicit ComboSearch(const ThemeController& theme, QWidget* parent = nullptr);

    void setChoices(const QStringList& choices);
    void setValue(const QString& value); // emits nothing
    QString value() const;
    bool isKnown() const { return currentIndex() >= 0; }
    void setElideMode(Qt::TextElideMode mode);

    void showPopup() override;
    void hidePopup() override;

Q_SIGNALS:
    void chosen(int index); // by the person

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void openWith(const QString& filter);

    const ThemeController& m_theme;
    QString m_unknown; // the value when it is not in the list
    Qt::TextElideMode m_elide = Qt::ElideMiddle;
    ComboPopup* m_popup = nullptr;
};

} // namespace gesso
