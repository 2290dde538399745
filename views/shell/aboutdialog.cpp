// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/aboutdialog.h"

#include "views/theme/theme.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QLabel>
#include <QVBoxLayout>

namespace gesso {

AboutDialog::AboutDialog(QWidget* parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("About Gesso"));
    setMinimumWidth(420);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::section, space::section, space::section, space::large);
    layout->setSpacing(space::small);
    const auto say = [&](const QString& text, const char* property, const char* value) {
        auto* label = new QLabel(text, this);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setProperty(property, QLatin1String(value));
        layout->addWidget(label);
    };
    say(tr("Gesso %1").arg(QCoreApplication::applicationVersion()), "role", "title");
    say(tr("A native studio for ComfyUI."), "tone", "");
    say(tr("Gesso is free software under the GNU General Public License, version 3 or later; its core "
           "library under "
           "the GNU Lesser General Public License. Icons: Lucide, ISC licence. Made with Qt %1.")
            .arg(QLatin1String(qVersion())),
        "tone", "muted");
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addSpacing(space::small);
    layout->addWidget(buttons);
}

} // namespace gesso
