// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzztarget.h"
#include "viewmodels/shell/shellsettings.h"

#include <QTemporaryDir>

using namespace gesso;

// Any bytes as the file of settings. What is read can be written, and is then read as the same.
void fuzz(const QByteArray& bytes)
{
    static const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("gesso.ini"));
    fuzzing::writeFile(path, bytes);

    ShellSettings settings(path);
    const QList<ServerProfile> servers = settings.recentServers();
    for (const ServerProfile& server : servers) {
        fuzzing::require(server.bearerToken.isEmpty() && !server.url.host().isEmpty());
    }
    (void)settings.lastWorkflow();
    (void)settings.lastServer();
    (void)settings.outputFolder();
    (void)settings.resubmitsLost();
    const QStringList workflows = settings.recentWorkflows();
    const QStringList folders = settings.folders();
    const SeedRule rule = settings.seedRule();

    settings.setRecentWorkflows(workflows);
    settings.setFolders(folders);
    settings.setRecentServers(servers);
    settings.setSeedRule(rule);
    fuzzing::require(settings.recentWorkflows() == workflows && settings.folders() == folders
                     && settings.seedRule() == rule && settings.recentServers().size() == servers.size());
}
