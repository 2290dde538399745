// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

namespace gesso::testkit {

// What a run of the real `gesso` left behind.
struct Outcome {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;

    QByteArray said() const { return out + err; } // both, for the message of a failed check
    QList<Json> lines() const; // every line of stdout; fails the process if one is no JSON
    QList<Json> events(const QString& name) const;
    Json event(const QString& name) const; // the only one, else null
    QStringList savedFiles() const; // of the "output" events
};

// Runs the program in a home of its own, so that no server of this machine and no settings play a part.
class GessoProcess
{
public:
    GessoProcess();

    QString home() const { return m_home.path(); }
    QString write(const QString& name, const QByteArray& content) const; // a file in it; its path
    QString outputFolder() const { return m_home.filePath(QStringLiteral("out")); }
    void setEnvironment(const QString& name, const QString& value);

    Outcome run(const QStringList& arguments);
    void start(QProcess& process, const QStringList& arguments) const;

    // A demo server in a process of its own; its address.
    QString startDemo(QProcess& process, const QStringList& arguments = {}) const;

private:
    QTemporaryDir m_home;
    QProcessEnvironment m_environment;
};

QString sampleWorkflow(const QString& name); // "text-to-picture"

} // namespace gesso::testkit
