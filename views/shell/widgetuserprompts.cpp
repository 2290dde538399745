// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/widgetuserprompts.h"

#include "core/workflow/reader.h"
#include "views/widgets/showntext.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

namespace gesso {

namespace {

QStringList nameFilters(UserPrompts::FileFilter filter)
{
    const QString pictures = WidgetUserPrompts::tr("Pictures")
        + QStringLiteral(" (*.png *.webp *.jpg *.jpeg *.bmp *.gif *.tif *.tiff *.avif)");
    const QString all = WidgetUserPrompts::tr("All files") + QStringLiteral(" (*)");
    switch (filter) {
    case UserPrompts::FileFilter::Workflow:
        return {WidgetUserPrompts::tr("Workflows and files that carry one") + u" (*."
                    + workflowFileSuffixes().join(QStringLiteral(" *.")) + u')',
                all};
    case UserPrompts::FileFilter::Picture:
        return {pictures, all};
    case UserPrompts::FileFilter::Any:
        return {all};
    }
    return {all};
}

QMessageBox* newBox(QWidget* window, const QString& question)
{
    auto* box = new QMessageBox(window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(QCoreApplication::applicationName());
    box->setTextFormat(Qt::PlainText); // titles come from files
    box->setText(shownText(question));
    return box;
}

} // namespace

void WidgetUserPrompts::openFileDialog(QFileDialog* dialog, std::function<void(QString path)> done)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QFileDialog::fileSelected, m_window, [this, done](const QString& path) {
        if (path.isEmpty())
            return;
        m_lastFolder = QFileInfo(path).absolutePath();
        done(path);
    });
    dialog->open();
}

void WidgetUserPrompts::openFile(FileFilter filter, std::function<void(QString path)> done)
{
    if (!m_window)
        return;
    const QString title = filter == FileFilter::Picture ? WidgetUserPrompts::tr("Choose a picture")
                                                        : WidgetUserPrompts::tr("Open a workflow");
    auto* dialog = new QFileDialog(m_window, title, m_lastFolder);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(nameFilters(filter));
    openFileDialog(dialog, std::move(done));
}

void WidgetUserPrompts::saveFile(const QString& suggestion, std::function<void(QString path)> done)
{
    if (!m_window)
        return;
    auto* dialog = new QFileDialog(m_window, WidgetUserPrompts::tr("Save as"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDefaultSuffix(QFileInfo(suggestion).suffix());
    const QFileInfo info(suggestion);
    dialog->setDirectory(info.isAbsolute() ? info.absolutePath() : m_lastFolder);
    dialog->selectFile(info.fileName());
    openFileDialog(dialog, std::move(done));
}

void WidgetUserPrompts::chooseFolder(const QString& start, std::function<void(QString path)> done)
{
    if (!m_window)
        return;
    auto* dialog = new QFileDialog(m_window, WidgetUserPrompts::tr("Choose a folder"), start);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    openFileDialog(dialog, std::move(done));
}

void WidgetUserPrompts::askSave(const QString& title, std::function<void(SaveChoice)> done)
{
    if (!m_window)
        return;
    QMessageBox* box = newBox(m_window, WidgetUserPrompts::tr("Save the changes to “%1”?").arg(title));
    box->setInformativeText(WidgetUserPrompts::tr("Without saving they are lost."));
    box->setStandardButtons(QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
    box->setDefaultButton(QMessageBox::Save);
    QObject::connect(box, &QMessageBox::finished, m_window, [done](int result) {
        done(result == QMessageBox::Save          ? SaveChoice::Save
                 : result == QMessageBox::Discard ? SaveChoice::Discard
                                                  : SaveChoice::Cancel);
    });
    box->open();
}

void WidgetUserPrompts::confirm(const QString& question, const QString& action,
                                std::function<void()> confirmed)
{
    if (!m_window)
        return;
    QMessageBox* box = newBox(m_window, question);
    QPushButton* yes = box->addButton(action, QMessageBox::AcceptRole);
    box->addButton(QMessageBox::Cancel);
    box->setDefaultButton(yes);
    QObject::connect(box, &QMessageBox::finished, m_window, [box, yes, confirmed] {
        if (box->clickedButton() == yes)
            confirmed();
    });
    box->open();
}

void WidgetUserPrompts::openExternally(const QUrl& url)
{
    QDesktopServices::openUrl(url);
}

} // namespace gesso
