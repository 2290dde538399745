// SPDX-License-Identifier: GPL-3.0-or-later
#include "gessoprocess.h"

#include "tests/testkit/testdata.h"

#include <QDir>
#include <QFile>

namespace gesso::testkit {
namespace {

constexpr int kPatience = 60'000;

Json parsed(const QByteArray& line)
{
    const Result<Json> json = parseJson(line);
    if (!json || !json->is_object()) {
        qFatal("not a JSON line: %s", line.constData());
    }
    return *json;
}

} // namespace

QList<Json> Outcome::lines() const
{
    QList<Json> found;
    for (const QByteArray& line : out.split('\n')) {
        if (!line.isEmpty()) {
            found.append(parsed(line));
        }
    }
    return found;
}

QList<Json> Outcome::events(const QString& name) const
{
    QList<Json> found;
    for (const Json& line : lines()) {
        if (stringMember(line, "event") == name) {
            found.append(line);
        }
    }
    return found;
}

Json Outcome::event(const QString& name) const
{
    const QList<Json> found = events(name);
    return found.size() == 1 ? found.first() : Json();
}

QStringList Outcome::savedFiles() const
{
    QStringList paths;
    for (const Json& output : events(QStringLiteral("output"))) {
        paths.append(stringMember(output, "path"));
    }
    return paths;
}

GessoProcess::GessoProcess()
    : m_environment(QProcessEnvironment::systemEnvironment())
{
    m_environment.remove(QStringLiteral("COMFYUI_SERVER_ADDRESS"));
    m_environment.remove(QStringLiteral("COMFYUI_TOKEN"));
    m_environment.remove(QStringLiteral("DISPLAY"));
    m_environment.remove(QStringLiteral("WAYLAND_DISPLAY"));
    m_environment.remove(QStringLiteral("QT_QPA_PLATFORM")); // commands run without a display by themselves
    for (const QString& name : {QStringLiteral("HOME"), QStringLiteral("XDG_CONFIG_HOME"),
                                QStringLiteral("XDG_CACHE_HOME"), QStringLiteral("XDG_DATA_HOME")}) {
        m_environment.insert(name, m_home.path());
    }
}

void GessoProcess::setEnvironment(const QString& name, const QString& value)
{
    m_environment.insert(name, value);
}

void GessoProcess::start(QProcess& process, const QStringList& arguments) const
{
    process.setProcessEnvironment(m_environment);
    process.setWorkingDirectory(m_home.path());
    process.start(QStringLiteral(GESSO_PROGRAM), arguments);
    if (!process.waitForStarted(kPatience)) {
        qFatal("cannot start %s: %s", GESSO_PROGRAM, qPrintable(process.errorString()));
    }
}

QString GessoProcess::write(const QString& name, const QByteArray& content) const
{
    QFile file(m_home.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
        qFatal("cannot write %s", qPrintable(file.fileName()));
    }
    return file.fileName();
}

Outcome GessoProcess::run(const QStringList& arguments)
{
    QProcess process;
    start(process, arguments);
    if (!process.waitForFinished(kPatience) || process.exitStatus() != QProcess::NormalExit) {
        process.kill();
        process.waitForFinished();
        qFatal("gesso %s did not end by itself:\n%s\n%s", qPrintable(arguments.join(u' ')),
               process.readAllStandardOutput().constData(), process.readAllStandardError().constData());
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QString GessoProcess::startDemo(QProcess& process, const QStringList& arguments) const
{
    QStringList all{QStringLiteral("demo-server"), QStringLiteral("--port"), QStringLiteral("0"),
                    QStringLiteral("--json")};
    if (!arguments.contains(QStringLiteral("--step-delay"))) {
        all += {QStringLiteral("--step-delay"), QStringLiteral("0")};
    }
    start(process, all + arguments);
    while (!process.canReadLine()) {
        if (!process.waitForReadyRead(kPatience)) {
            qFatal("the demo server did not start: %s", process.readAllStandardError().constData());
        }
    }
    const QByteArray line = process.readLine().trimmed();
    const QString url = stringMember(parsed(line), "url");
    if (url.isEmpty()) {
        qFatal("no demo server: %s", line.constData());
    }
    return url;
}

QString sampleWorkflow(const QString& name)
{
    return sourceFolder() + QStringLiteral("/resources/workflows/%1.json").arg(name);
}

} // namespace gesso::testkit
