// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/diagnostics/report.h"

#include "core/base/harmlesstext.h"
#include "core/base/secrets.h"
#include "core/store/atomicwrite.h"
#include "viewmodels/shell/settingsguard.h"
#include "viewmodels/shell/shellsettings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>

#include <algorithm>

namespace gesso {
namespace {

constexpr qint64 kLogBytes = 256 * 1024;
constexpr qint64 kMaxSettingsBytes = 1024 * 1024;
constexpr qsizetype kShownValue = 200;

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::Report", text);
}

QString markOf(CheckState state)
{
    switch (state) {
    case CheckState::Ok:
        return QStringLiteral("  ok      ");
    case CheckState::Note:
        return QStringLiteral("  note    ");
    case CheckState::Problem:
        return QStringLiteral("  PROBLEM ");
    }
    return {};
}

// The last bytes, from a whole line on.
QString endOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    const bool isCut = file.size() > kLogBytes;
    file.seek(std::max<qint64>(0, file.size() - kLogBytes));
    QByteArray bytes = file.read(kLogBytes);
    if (isCut) {
        bytes = bytes.mid(bytes.indexOf('\n') + 1);
    }
    return QString::fromUtf8(bytes);
}

// Where this Gesso has been: a log names servers without anything that tells that a name is one.
void hideKnownServers(Anonymizer& anonymizer, const QString& settingsFile)
{
    const ShellSettings settings(settingsFile);
    anonymizer.hideAddress(settings.lastServer());
    const QList<ServerProfile> recent = settings.recentServers();
    for (const ServerProfile& server : recent) {
        anonymizer.hideServer(server.url.host());
    }
    for (const char* name : {"COMFYUI_SERVER_ADDRESS", "http_proxy", "https_proxy", "all_proxy"}) {
        anonymizer.hideAddress(qEnvironmentVariable(name));
    }
    const QStringList direct = qEnvironmentVariable("no_proxy").split(u',', Qt::SkipEmptyParts);
    for (const QString& host : direct) {
        const QString trimmed = host.trimmed();
        anonymizer.hideServer(trimmed.startsWith(u'.') ? trimmed.mid(1) : trimmed);
    }
}

// What a setting says about the program, not about whose it is: workflows and servers have telling names.
QString shownSetting(const QString& key, const QVariant& value)
{
    if (isSecretName(key.section(u'/', -1))) {
        return kRedacted;
    }
    if (value.typeId() == QMetaType::QByteArray) {
        return tr("%1 bytes").arg(value.toByteArray().size());
    }
    QStringList lines = value.toStringList();
    if (key.startsWith(QLatin1String("library/"))) {
        return tr("%1, not shown").arg(lines.size());
    }
    if (key == QLatin1String("servers/recent")) { // "https://farm/comfy The farm"
        for (QString& line : lines) {
            line = line.section(u' ', 0, 0);
        }
    }
    return lines.join(QLatin1String(", ")).left(kShownValue);
}

QString settingsText(const QString& path)
{
    if (QFileInfo(path).size() > kMaxSettingsBytes) {
        return tr("too large to be shown") + u'\n';
    }
    if (holdsUnsafeSettings(path)) {
        return tr("damaged") + u'\n';
    }
    const QSettings settings(path, QSettings::IniFormat);
    QString text;
    const QStringList keys = settings.allKeys();
    for (const QString& key : keys) {
        text += key + QLatin1String(" = ") + shownSetting(key, settings.value(key)) + u'\n';
    }
    return text;
}

} // namespace

QString reportText(const CheckResults& results)
{
    qsizetype width = 0;
    for (const CheckResult& result : results) {
        width = std::max(width, result.title.size());
    }
    QString text;
    QString topic;
    for (const CheckResult& result : results) {
        if (result.topic != topic) {
            topic = result.topic;
            text += (text.isEmpty() ? QString() : QStringLiteral("\n")) + topic + u'\n';
        }
        // A server's words, such as its devices' names, are one line and steer no terminal.
        text +=
            markOf(result.state) + result.title.leftJustified(width + 2) + harmlessLine(result.text) + u'\n';
        if (!result.hint.isEmpty()) {
            text +=
                QString(markOf(result.state).size() + width + 2, u' ') + harmlessLine(result.hint) + u'\n';
        }
    }
    return text;
}

QString diagnosticsBundle(const CheckResults& results, const QString& settingsFile, const QString& logFolder,
                          Anonymizer anonymizer, const QDateTime& now)
{
    QString text = tr("Gesso diagnostics of %1").arg(now.toUTC().toString(Qt::ISODate))
        + QLatin1String("\n\n") + reportText(results);
    text += u'\n' + tr("Settings") + u'\n' + settingsText(settingsFile);
    const QStringList logs =
        QDir(logFolder).entryList({QStringLiteral("gesso*.log")}, QDir::Files, QDir::Time);
    for (const QString& log : logs.mid(0, 2)) {
        text += u'\n' + tr("End of %1").arg(log) + u'\n' + endOf(QDir(logFolder).filePath(log));
    }
    hideKnownServers(anonymizer, settingsFile);
    return anonymizer.clean(text);
}

Result<void> writeBundle(const QString& path, const QString& text)
{
    if (const auto failure = writeAtomically(path, text.toUtf8())) {
        return fail(failure->kind, tr("%1 cannot be written.").arg(QDir::toNativeSeparators(path)),
                    tr("Choose another folder."), failure->reason);
    }
    return {};
}

} // namespace gesso
