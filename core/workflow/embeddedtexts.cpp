// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/embeddedtexts.h"

#include <QString>
#include <QStringConverter>

namespace gesso {

QByteArray toUtf8(QByteArrayView text)
{
    if (text.isValidUtf8()) {
        return text.toByteArray();
    }
    return QString::fromLatin1(text).toUtf8();
}

} // namespace gesso
