// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/testdata.h"

#include <QDir>
#include <QFile>

namespace gesso::testkit {

QString sourceFolder()
{
    return qEnvironmentVariable("GESSO_SOURCE_DIR", QDir::currentPath());
}

QString dataFolder()
{
    const QString named = qEnvironmentVariable("GESSO_TEST_DATA");
    const QString folder =
        named.isEmpty() ? QDir(sourceFolder()).filePath(QStringLiteral("../shared/data")) : named;
    return QDir(folder).exists() ? QDir(folder).absolutePath() : QString();
}

bool hasData()
{
    return !dataFolder().isEmpty();
}

bool dataIsRequired()
{
    return qEnvironmentVariableIntValue("GESSO_REQUIRE_DATA") == 1;
}

QByteArray readAll(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("cannot read %s: %s", qPrintable(path), qPrintable(file.errorString()));
    }
    return file.readAll();
}

Json readJson(const QString& path)
{
    JsonLimits generous;
    generous.maxBytes = 256 * 1024 * 1024;
    Result<Json> json = parseJson(readAll(path), generous);
    if (!json) {
        qFatal("%s: %s", qPrintable(path), qPrintable(json.error().message));
    }
    return std::move(*json);
}

} // namespace gesso::testkit
