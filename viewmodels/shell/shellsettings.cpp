// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/shellsettings.h"

#include "viewmodels/shell/settingsguard.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <utility>

namespace gesso {

namespace {

const QString lastWorkflowKey = QStringLiteral("library/lastWorkflow");
const QString recentWorkflowsKey = QStringLiteral("library/recent");
const QString foldersKey = QStringLiteral("library/folders");
const QString recentServersKey = QStringLiteral("servers/recent");
const QString lastServerKey = QStringLiteral("servers/last");
const QString seedRuleKey = QStringLiteral("form/seedRule");
const QString resubmitsLostKey = QStringLiteral("runs/resubmitLost");
const QString outputFolderKey = QStringLiteral("results/folder");

struct Text {
    Q_DECLARE_TR_FUNCTIONS(gesso::ShellSettings)
};

constexpr std::array seedRules{
    std::pair{SeedRule::Fixed, QLatin1String("fixed")},
    std::pair{SeedRule::Increment, QLatin1String("increment")},
    std::pair{SeedRule::Decrement, QLatin1String("decrement")},
    std::pair{SeedRule::Randomize, QLatin1String("randomize")},
};

// The first line that is no section, no comment and no value; 0 if there is none. QSettings itself says
// neither where, nor to any but the first object that reads a file. The file has passed
// holdsUnsafeSettings().
int firstBrokenLine(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    for (int number = 1; !file.atEnd(); ++number) {
        const QByteArray line = file.readLine().trimmed();
        const bool isSound = line.startsWith('[') ? line.contains(']') : line.indexOf('=') > 0;
        if (!line.isEmpty() && !line.startsWith(';') && !isSound) {
            return number;
        }
    }
    return 0;
}

Error damageOf(const QString& path, int line)
{
    const QString kept = path + QStringLiteral(".damaged");
    QFile::remove(kept);
    const bool isKept = QFile::copy(path, kept); // now: the next setting that changes is written over it
    const QString name = QDir::toNativeSeparators(path);
    return {ErrorKind::Unreadable,
            Text::tr("The settings in %1 are damaged in line %2.").arg(name, QString::number(line)),
            isKept ? Text::tr("What could be read is used; the file as it was is kept as %1.")
                         .arg(QFileInfo(kept).fileName())
                   : Text::tr("What could be read is used."),
            {}};
}

} // namespace

ShellSettings::ShellSettings(const QString& file)
    : m_file(file.isEmpty() || holdsUnsafeSettings(file)
                 ? nullptr
                 : std::make_unique<QSettings>(file, QSettings::IniFormat))
{
    if (const int line = m_file ? firstBrokenLine(file) : 0; line > 0) {
        m_damage = damageOf(file, line);
    }
    if (m_file) {
        // Else a group that stands twice in the file is read in part, and wholly once a setting is written.
        (void)m_file->allKeys();
    }
    for (const QString& key : {recentWorkflowsKey, foldersKey, recentServersKey}) {
        m_known.insert(key, value(key).toStringList());
    }
}

QVariant ShellSettings::value(const QString& key) const
{
    return m_file ? m_file->value(key) : QVariant();
}

void ShellSettings::setValue(const QString& key, const QVariant& value)
{
    if (m_file) {
        m_file->setValue(key, value);
    }
}

void ShellSettings::setList(const QString& key, const QStringList& list)
{
    if (!m_file) {
        return;
    }
    m_file->sync(); // reads what others have written
    const QStringList stored = value(key).toStringList();
    const QStringList known = m_known.value(key);
    QStringList merged = list;
    merged.removeIf([&](const QString& entry) { // taken out by others
        return known.contains(entry) && !stored.contains(entry);
    });
    qsizetype place = std::min<qsizetype>(1, merged.size()); // the first is the newest
    for (const QString& entry : stored) {
        if (!known.contains(entry) && !merged.contains(entry)) { // put in by others
            merged.insert(place++, entry);
        }
    }
    m_known.insert(key, list);
    setValue(key, merged);
}

QString ShellSettings::lastWorkflow() const
{
    return value(lastWorkflowKey).toString();
}
void ShellSettings::setLastWorkflow(const QString& path)
{
    setValue(lastWorkflowKey, path);
}
QStringList ShellSettings::recentWorkflows() const
{
    return value(recentWorkflowsKey).toStringList();
}
void ShellSettings::setRecentWorkflows(const QStringList& paths)
{
    setList(recentWorkflowsKey, paths);
}
QStringList ShellSettings::folders() const
{
    return value(foldersKey).toStringList();
}
void ShellSettings::setFolders(const QStringList& folders)
{
    setList(foldersKey, folders);
}
bool ShellSettings::resubmitsLost() const
{
    return value(resubmitsLostKey).toBool();
}
void ShellSettings::setResubmitsLost(bool on)
{
    setValue(resubmitsLostKey, on);
}
QString ShellSettings::outputFolder() const
{
    return value(outputFolderKey).toString();
}
void ShellSettings::setOutputFolder(const QString& folder)
{
    setValue(outputFolderKey, folder);
}

QString ShellSettings::lastServer() const
{
    return value(lastServerKey).toString();
}
void ShellSettings::setLastServer(const QString& address)
{
    setValue(lastServerKey, address);
}

QList<ServerProfile> ShellSettings::recentServers() const
{
    QList<ServerProfile> servers;
    // "https://farm/comfy Farm": an address holds no space.
    for (const QString& line : value(recentServersKey).toStringList()) {
        const QUrl url(line.section(u' ', 0, 0));
        if (url.isValid() && !url.host().isEmpty()) {
            servers.append({line.section(u' ', 1), url, {}, false});
        }
    }
    return servers;
}

void ShellSettings::setRecentServers(const QList<ServerProfile>& servers)
{
    QStringList lines;
    for (const ServerProfile& server : servers) {
        // Never its token, nor a password written into the address.
        const QString url = server.url.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo);
        lines.append(QString(url + u' ' + server.name).trimmed());
    }
    setList(recentServersKey, lines);
}

SeedRule ShellSettings::seedRule() const
{
    const QString name = value(seedRuleKey).toString();
    for (const auto& [rule, ruleName] : seedRules) {
        if (name == ruleName) {
            return rule;
        }
    }
    return SeedRule::Randomize;
}

void ShellSettings::setSeedRule(SeedRule rule)
{
    for (const auto& [known, name] : seedRules) {
        if (known == rule) {
            setValue(seedRuleKey, QString(name));
        }
    }
}

} // namespace gesso
