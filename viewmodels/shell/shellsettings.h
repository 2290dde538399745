// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/seed.h"
#include "core/server/serverprofile.h"

#include <QHash>
#include <QList>
#include <QSettings>
#include <QStringList>

#include <memory>
#include <optional>

namespace gesso {

// What the shell remembers from one start to the next. Secrets are not among it. Other windows write the same
// file: of a list, only what changed here is changed there.
class ShellSettings
{
public:
    explicit ShellSettings(const QString& file); // empty: remembers nothing

    // Set if the file is damaged: what could be read is used, and the file as it was is kept beside it.
    std::optional<Error> damage() const { return m_damage; }

    QString lastWorkflow() const;
    void setLastWorkflow(const QString& path);
    QStringList recentWorkflows() const;
    void setRecentWorkflows(const QStringList& paths);
    QStringList folders() const;
    void setFolders(const QStringList& folders);
    QList<ServerProfile> recentServers() const; // without tokens
    void setRecentServers(const QList<ServerProfile>& servers);
    QString lastServer() const; // address; empty: none, or the demo server
    void setLastServer(const QString& address);
    SeedRule seedRule() const; // Randomize at first
    void setSeedRule(SeedRule rule);
    bool resubmitsLost() const; // not at first
    void setResubmitsLost(bool on);
    QString outputFolder() const; // empty: the default
    void setOutputFolder(const QString& folder);

private:
    QVariant value(const QString& key) const;
    void setValue(const QString& key, const QVariant& value);
    void setList(const QString& key, const QStringList& list);

    std::unique_ptr<QSettings> m_file; // null: nothing is remembered
    std::optional<Error> m_damage;
    QHash<QString, QStringList> m_known; // each list as it was last read or set here
};

} // namespace gesso
