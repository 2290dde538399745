// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/crashnotice.h"

#include "core/base/crashnote.h"
#include "core/base/log.h"
#include "viewmodels/shell/noticelist.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QUrl>

namespace gesso {

void tellOfCrash(NoticeList& notices, const QString& logFolder)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("CrashNotice", text); };
    const QString note = takeNoteOfCrash(logFolder);
    if (note.isEmpty()) {
        return;
    }
    log::warning(log::Category::App, QStringLiteral("An earlier Gesso crashed: %1").arg(note));
    Notice notice;
    notice.key = QStringLiteral("crash");
    notice.tone = NoticeTone::Warning;
    notice.text = tr("Gesso ended unexpectedly last time.");
    notice.detail = note;
    notice.actions = {
        {tr("Show the log"), [logFolder] { QDesktopServices::openUrl(QUrl::fromLocalFile(logFolder)); }}};
    notices.post(std::move(notice));
}

} // namespace gesso
