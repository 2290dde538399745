// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace gesso {

class ElidedLabel;
class IconButton;
class SearchField;
class ThemeController;
class WorkflowDocument;

// The head of the form: the workflow's title, undo, redo, a menu, and the filter.
class FormHeader : public QWidget
{
    Q_OBJECT

public:
    FormHeader(WorkflowDocument& document, const ThemeController& theme, QWidget* parent = nullptr);

    void refresh(); // title and number of fields
    SearchField* filter() const { return m_filter; }
    QList<QWidget*> tabStops() const;

Q_SIGNALS:
    void foldAllRequested(bool open);
    void saveRequested();
    void saveAsRequested();

private:
    void showMenu();

    WorkflowDocument& m_document;
    const ThemeController& m_theme;
    ElidedLabel* m_title;
    IconButton* m_undo;
    IconButton* m_redo;
    IconButton* m_menu;
    SearchField* m_filter;
};

} // namespace gesso
