// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/server/serverprofile.h"
#include "core/store/outputname.h"
#include "tests/fuzz/fuzztarget.h"

using namespace gesso;

namespace {

bool isOneSafeComponent(const QString& name)
{
    return !name.isEmpty() && name != u"." && name != u".." && !name.contains(u'/') && !name.contains(u'\\')
        && !name.contains(QChar(0)) && name.toUtf8().size() <= maxFileNameBytes;
}

} // namespace

// What a person types or a server says becomes a file name or an address: a pattern, then after a line end a
// name.
void fuzz(const QByteArray& bytes)
{
    const QString text = QString::fromUtf8(bytes);
    const QString pattern = text.section(u'\n', 0, 0);
    const QString name = text.section(u'\n', 1);
    OutputNameValues values;
    values.title = name;
    values.node = pattern;
    fuzzing::require(isOneSafeComponent(safeFileName(text)));
    fuzzing::require(isOneSafeComponent(outputFileName(pattern, name, values)));
    const QUrl url = serverUrlFromText(text);
    fuzzing::require(!url.isValid()
                     || ((url.scheme() == u"http" || url.scheme() == u"https") && !url.host().isEmpty()));
}
