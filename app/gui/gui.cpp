// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/gui.h"

#include "app/gui/compositionroot.h"
#include "app/gui/crashnotice.h"
#include "core/base/crashnote.h"
#include "core/base/log.h"
#include "viewmodels/shell/settingsguard.h"
#include "viewmodels/shell/shellviewmodel.h"
#include "views/shell/mainactions.h"
#include "views/shell/mainwindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QIcon>
#include <QSettings>

namespace gesso {

namespace {

constexpr int smallestScale = 100;
constexpr int largestScale = 300;

// Qt reads the factor once, before the application exists. What the person set in the environment wins.
void applyScale(const QString& settingsFile)
{
    if (holdsUnsafeSettings(settingsFile))
        return; // set aside and told later
    const QSettings settings(settingsFile, QSettings::IniFormat);
    const int percent = settings.value(QLatin1String(scaleKey), smallestScale).toInt();
    if (percent > smallestScale && percent <= largestScale && !qEnvironmentVariableIsSet("QT_SCALE_FACTOR"))
        qputenv("QT_SCALE_FACTOR", QByteArray::number(percent / 100.0));
}

} // namespace

int runGui(int argc, char** argv, const QStringList& files)
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    QCoreApplication::setOrganizationName(QStringLiteral("Gesso"));
    QCoreApplication::setApplicationName(QStringLiteral("gesso"));
    QCoreApplication::setApplicationVersion(QStringLiteral(GESSO_VERSION));
    const CompositionRoot::Options options = CompositionRoot::standardOptions();
    applyScale(options.settingsFile);
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);

    QApplication app(argc, argv);
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Gesso"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.gesso.Gesso"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/gesso/app/gesso.svg")));
    log::start(options.logFolder);

    CompositionRoot root(app, options);
    QObject::connect(&root.window(), &MainWindow::painted, &app, [&sinceStart] {
        log::info(log::Category::App, QStringLiteral("First paint after %1 ms").arg(sinceStart.elapsed()));
    });
    tellOfCrash(root.shell().notices(), options.logFolder);
    leaveNoteOfCrash(options.logFolder, QStringLiteral(GESSO_VERSION));
    root.start(files.isEmpty() ? QString() : QFileInfo(files.first()).absoluteFilePath());
    return QApplication::exec();
}

} // namespace gesso
