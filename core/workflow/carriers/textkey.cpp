// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/textkey.h"

#include "core/workflow/carriers/embeddedtext.h"

#include <algorithm>
#include <array>

namespace gesso {
namespace {

constexpr qsizetype kMaxNameBytes = 1024;
constexpr std::array kKnown = {QLatin1String("workflow"), QLatin1String("prompt"),
                               QLatin1String("parameters"), QLatin1String("comment"),
                               QLatin1String("description")};

} // namespace

QString textKey(QByteArrayView name)
{
    if (name.size() > kMaxNameBytes) {
        return {};
    }
    const QString key = QString::fromUtf8(toUtf8(name));
    const bool known = std::any_of(kKnown.begin(), kKnown.end(), [&key](QLatin1String word) {
        return key.compare(word, Qt::CaseInsensitive) == 0;
    });
    return known ? key.toLower() : key;
}

} // namespace gesso
