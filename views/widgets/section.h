// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace gesso {

class SectionHeader;
class ThemeController;

// A heading that folds what is under it, with a count at its right end. The content is made when it is first
// opened (contentWanted), so that a form of hundreds of fields opens at once.
class Section : public QWidget
{
    Q_OBJECT

public:
    Section(const ThemeController& theme, const QString& title, QWidget* parent = nullptr);

    QString title() const;
    void setCount(const QString& count); // "6"; empty for none
    bool isOpen() const { return m_open; }
    void setOpen(bool open);
    QWidget* header() const; // takes the focus: Space, Enter, ← and → fold and open
    QVBoxLayout* content() const { return m_content; }

Q_SIGNALS:
    void contentWanted(); // before each opening

private:
    SectionHeader* m_header;
    QWidget* m_body;
    QVBoxLayout* m_content;
    bool m_open = false;
};

} // namespace gesso
