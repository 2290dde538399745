// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/diagnostics/localchecks.h"

#include "core/base/secrets.h"
#include "core/store/diskerrors.h"
#include "viewmodels/shell/settingsguard.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QImageReader>
#include <QLocale>
#include <QSettings>
#include <QSslSocket>
#include <QStorageInfo>
#include <QSysInfo>
#include <QTemporaryFile>
#include <QThread>

#include <algorithm>
#include <array>

namespace gesso {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::LocalChecks", text);
}

constexpr qint64 kLittleRoom = 1024LL * 1024 * 1024; // a few videos

CheckResult systemRow(const char* id, const QString& title, const QString& text)
{
    return {QLatin1String(id), tr("This computer"), title, CheckState::Ok, text, {}};
}

CheckResult pictureFormats()
{
    QStringList formats;
    const QList<QByteArray> supported = QImageReader::supportedImageFormats();
    for (const QByteArray& format : supported) {
        formats += QString::fromLatin1(format);
    }
    QStringList missing;
    for (const char* needed : {"png", "jpeg", "webp", "svg"}) {
        if (!formats.contains(QLatin1String(needed))) {
            missing += QLatin1String(needed);
        }
    }
    CheckResult row = systemRow("picture-formats", tr("Picture formats"), formats.join(u' '));
    if (!missing.isEmpty()) {
        row.state = CheckState::Problem;
        row.text = tr("No reader for: %1").arg(missing.join(u' '));
        row.hint = tr("Install Qt's picture format and SVG plugins (qt6-image-formats-plugins, libqt6svg6).");
    }
    return row;
}

CheckResult sqlite()
{
    const QStringList folders = QCoreApplication::libraryPaths();
    const bool found = std::any_of(folders.begin(), folders.end(), [](const QString& folder) {
        return !QDir(folder + QLatin1String("/sqldrivers"))
                    .entryList({QStringLiteral("*qsqlite.*")}, QDir::Files)
                    .isEmpty();
    });
    CheckResult row = systemRow("sqlite", tr("Database of runs"), tr("Qt's SQLite plugin is there"));
    if (!found) {
        row.state = CheckState::Problem;
        row.text = tr("Qt's SQLite plugin is missing");
        row.hint = tr("Install libqt6sql6-sqlite; without it runs are not kept across a crash.");
    }
    return row;
}

CheckResult tls()
{
    CheckResult row = systemRow("tls", tr("Encrypted connections"), QSslSocket::sslLibraryVersionString());
    if (!QSslSocket::supportsSsl()) {
        row.state = CheckState::Note;
        row.text = tr("Not available: https servers cannot be reached");
        row.hint = tr("Install OpenSSL and Qt's TLS plugin.");
    }
    return row;
}

CheckResults environment()
{
    constexpr std::array names{"COMFYUI_SERVER_ADDRESS",
                               "COMFYUI_TOKEN",
                               "http_proxy",
                               "https_proxy",
                               "all_proxy",
                               "no_proxy",
                               "QT_QPA_PLATFORM",
                               "QT_SCALE_FACTOR",
                               "QT_PLUGIN_PATH",
                               "XDG_DATA_HOME",
                               "XDG_CONFIG_HOME"};
    CheckResults rows;
    for (const char* name : names) {
        if (!qEnvironmentVariableIsSet(name)) {
            continue;
        }
        const QString id =
            QLatin1String("environment-") + QString::fromLatin1(name).toLower().replace(u'_', u'-');
        const QString value = isSecretName(QString::fromLatin1(name)) || qstrcmp(name, "COMFYUI_TOKEN") == 0
            ? tr("set")
            : withoutSecrets(qEnvironmentVariable(name));
        rows += CheckResult{id, tr("Environment"), QLatin1String(name), CheckState::Note, value, {}};
    }
    return rows;
}

QString room(const QStorageInfo& disk)
{
    const QLocale locale;
    return tr("%1 free of %2")
        .arg(locale.formattedDataSize(disk.bytesAvailable()), locale.formattedDataSize(disk.bytesTotal()));
}

// What does not exist yet is made when it is needed: then the nearest folder above decides.
QString existingFolder(const QString& folder)
{
    QString existing = QDir::cleanPath(folder);
    while (!QFileInfo::exists(existing) && QFileInfo(existing).path() != existing) {
        existing = QFileInfo(existing).path();
    }
    return existing;
}

CheckResult folderRow(const char* id, const QString& title, const QString& folder)
{
    CheckResult row{QLatin1String(id), tr("Places"), title, CheckState::Ok, {}, {}};
    const QString existing = existingFolder(folder);
    const QString shown = QDir::toNativeSeparators(folder);
    if (!QFileInfo(existing).isDir()) {
        row.state = CheckState::Problem;
        row.text = tr("%1 is not a folder").arg(QDir::toNativeSeparators(existing));
        row.hint = tr("Rename or remove the file of that name.");
        return row;
    }
    const QStorageInfo disk(existing);
    const auto [roomState, roomHint] = roomLeft(disk.isValid() ? disk.bytesAvailable() : -1);
    if (roomState == CheckState::Problem) {
        row.state = roomState;
        row.text = tr("the disk of %1 is full, %2").arg(shown, room(disk));
        row.hint = roomHint;
        return row;
    }
    QTemporaryFile probe(existing + QLatin1String("/.gesso-check-XXXXXX"));
    if (!probe.open() || probe.write("gesso") < 0 || !probe.flush()) {
        row.state = CheckState::Problem;
        row.text = tr("%1 cannot be written: %2").arg(shown, probe.errorString());
        row.hint = tr("Change its permissions, or choose another folder.");
        return row;
    }
    row.text = existing == QDir::cleanPath(folder) ? tr("%1, %2").arg(shown, room(disk))
                                                   : tr("%1 (made when needed), %2").arg(shown, room(disk));
    row.state = roomState;
    row.hint = roomHint;
    return row;
}

CheckResult settingsRow(const QString& path)
{
    CheckResult row{QStringLiteral("settings"),
                    tr("Places"),
                    tr("Settings"),
                    CheckState::Ok,
                    QDir::toNativeSeparators(path),
                    {}};
    const bool isUnsafe = holdsUnsafeSettings(path);
    QSettings settings(isUnsafe ? QString() : path, QSettings::IniFormat);
    settings.sync();
    (void)settings.allKeys(); // sections are read when they are asked for
    if (isUnsafe || settings.status() == QSettings::FormatError) {
        row.state = CheckState::Problem;
        row.text = tr("%1 is damaged").arg(row.text);
        row.hint = tr("Rename it: Gesso begins a new one.");
    } else if (QFileInfo::exists(path) ? !settings.isWritable() : settings.status() != QSettings::NoError) {
        row.state = CheckState::Problem;
        row.text = tr("%1 cannot be written").arg(row.text);
        row.hint = tr("Change its permissions; until then nothing is remembered.");
    }
    return row;
}

} // namespace

std::pair<CheckState, QString> roomLeft(qint64 freeBytes)
{
    if (freeBytes < 0 || freeBytes >= kLittleRoom) {
        return {CheckState::Ok, {}};
    }
    if (freeBytes < disk::reservedBytes) {
        return {CheckState::Problem, tr("Make room there: until then nothing is saved.")};
    }
    return {CheckState::Note, tr("Little room is left for results.")};
}

CheckResults systemChecks(const QString& gessoVersion)
{
    CheckResults rows{
        systemRow("gesso", tr("Gesso"), gessoVersion),
        systemRow("qt", tr("Qt"),
                  tr("%1, built with %2").arg(QLatin1String(qVersion()), QStringLiteral(QT_VERSION_STR))),
        systemRow("system", tr("System"),
                  QSysInfo::prettyProductName() + QLatin1String(", ") + QSysInfo::kernelType() + u' '
                      + QSysInfo::kernelVersion() + QLatin1String(", ") + QSysInfo::currentCpuArchitecture()),
        systemRow("processors", tr("Processor cores"), QString::number(QThread::idealThreadCount())),
        systemRow("language", tr("Language"), QLocale::system().name()),
        pictureFormats(),
        sqlite(),
        tls(),
    };
    return rows + environment();
}

CheckResults placeChecks(const UsedPlaces& places)
{
    CheckResults rows;
    if (!places.settingsFile.isEmpty()) {
        rows += settingsRow(places.settingsFile);
    }
    const auto add = [&rows](const char* id, const QString& title, const QString& folder) {
        if (!folder.isEmpty()) {
            rows += folderRow(id, title, folder);
        }
    };
    add("folder-output", tr("Results"), places.outputFolder);
    add("folder-data", tr("Runs and drafts"), places.dataFolder);
    add("folder-cache", tr("Cache"), places.cacheFolder);
    add("folder-log", tr("Logs"), places.logFolder);
    return rows;
}

} // namespace gesso
