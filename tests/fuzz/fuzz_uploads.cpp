// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/folders.h"
#include "core/demo/multipart.h"
#include "tests/fuzz/fuzztarget.h"

#include <QDir>
#include <QTemporaryDir>

using namespace gesso;

// An upload to the demo server: the first line is its content type, the rest its body. No name leads out of
// the folder.
void fuzz(const QByteArray& bytes)
{
    static const QTemporaryDir folder;
    static const QString root = QDir(folder.path()).canonicalPath();
    const qsizetype end = bytes.indexOf('\n');
    const QByteArray type = bytes.left(end);
    const auto parts = demo::parseMultipart(type, end < 0 ? QByteArray() : bytes.mid(end + 1));
    if (!parts) {
        return;
    }
    for (const demo::FormPart& part : *parts) {
        const auto path = demo::pathInside(root, part.name, part.fileName);
        fuzzing::require(!path || (QDir::cleanPath(*path) == *path && path->startsWith(root + u'/')));
    }
}
