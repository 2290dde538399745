// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/shortcutsdialog.h"

#include "views/theme/theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace gesso {

ShortcutsDialog::ShortcutsDialog(const QList<QAction*>& actions, QWidget* parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keyboard shortcuts"));
    resize(460, 560);
    auto* list = new QTreeWidget(this);
    list->setAccessibleName(tr("Keyboard shortcuts"));
    list->setHeaderLabels({tr("What it does"), tr("Keys")});
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    list->header()->setStretchLastSection(false);
    const auto add = [list](const QString& what, const QString& keys) {
        new QTreeWidgetItem(list, {what, keys});
    };
    for (const QAction* action : actions) {
        if (action->shortcut().isEmpty())
            continue;
        add(action->text().remove(QLatin1Char('&')),
            QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText)
                .replace(QLatin1String("; "), QLatin1String(", ")));
    }
    add(tr("On the stage: cancel the run; elsewhere: to the stage"), tr("Esc"));
    add(tr("On the stage: zoom to the cursor"), tr("Wheel, +, -"));
    add(tr("On the stage: fit or actual size"), tr("Double click"));
    add(tr("On the stage: move a large picture, else previous and next result"), tr("Arrows"));
    add(tr("In the filmstrip: previous and next result"), tr("Arrows"));
    add(tr("In the runs: cancel the chosen one"), tr("Del"));

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::panel, space::panel, space::panel, space::panel);
    layout->addWidget(list);
    layout->addWidget(buttons);
}

} // namespace gesso
