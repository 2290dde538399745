// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/folders.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace gesso::demo {

namespace {

bool hasUnsafePart(const QString& path)
{
    if (path.contains(QChar::Null) || path.contains(QLatin1Char('\\')) || path.contains(QLatin1Char(':'))
        || path.startsWith(QLatin1Char('/'))) {
        return true;
    }
    const QStringList parts = path.split(QLatin1Char('/'), Qt::SkipEmptyParts);
    return parts.contains(QStringLiteral(".."));
}

// The nearest folder that exists tells whether a link leads out.
bool staysInside(const QString& base, const QString& path)
{
    const QString root = QFileInfo(base).canonicalFilePath();
    QFileInfo existing(path);
    while (!existing.exists() && !existing.isSymLink()) {
        existing = QFileInfo(existing.path());
    }
    const QString canonical = existing.canonicalFilePath();
    return !root.isEmpty() && (canonical == root || canonical.startsWith(root + QLatin1Char('/')));
}

} // namespace

Result<Folders> Folders::create(const QString& root)
{
    const QDir dir(root);
    const Folders folders{dir.filePath(QStringLiteral("input")), dir.filePath(QStringLiteral("output")),
                          dir.filePath(QStringLiteral("temp"))};
    for (const QString& folder : {folders.input, folders.output, folders.temp}) {
        if (!QDir().mkpath(folder)) {
            return fail(
                ErrorKind::DiskError,
                QCoreApplication::translate("gesso::demo", "The demo server cannot create its folder \"%1\".")
                    .arg(folder),
                QCoreApplication::translate("gesso::demo",
                                            "Choose another folder, or check that it may be written."));
        }
    }
    return folders;
}

std::optional<QString> Folders::byType(const QString& type) const
{
    if (type == u"input") {
        return input;
    }
    if (type == u"output") {
        return output;
    }
    if (type == u"temp") {
        return temp;
    }
    return std::nullopt;
}

std::optional<QString> pathInside(const QString& base, const QString& subfolder, const QString& name)
{
    if (name.isEmpty() || hasUnsafePart(name) || hasUnsafePart(subfolder)) {
        return std::nullopt;
    }
    const QString path = QDir::cleanPath(base + QLatin1Char('/') + subfolder + QLatin1Char('/') + name);
    if (!path.startsWith(QDir::cleanPath(base) + QLatin1Char('/')) || !staysInside(base, path)) {
        return std::nullopt;
    }
    return path;
}

std::optional<QString> annotatedPath(const Folders& folders, const QString& annotated)
{
    for (const char16_t* type : {u"input", u"output", u"temp"}) {
        const QString suffix = QStringLiteral(" [%1]").arg(QStringView(type));
        if (annotated.endsWith(suffix)) {
            return pathInside(*folders.byType(QString::fromUtf16(type)), {},
                              annotated.chopped(suffix.size()));
        }
    }
    return pathInside(folders.input, {}, annotated);
}

} // namespace gesso::demo
