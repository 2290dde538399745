// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/secrets.h"
#include "core/comfy/viewrange.h"
#include "core/net/httphead.h"
#include "tests/fuzz/fuzztarget.h"

using namespace gesso;

// The head of an answer, one header of it, and a text that goes into a log.
void fuzz(const QByteArray& bytes)
{
    HttpHead head;
    for (const QByteArray& line : bytes.split('\n')) {
        if (!head.take(line)) {
            break;
        }
    }
    fuzzing::require(!head.isComplete() || head.answer().status >= 200);
    if (const auto range = parseContentRange(bytes)) {
        fuzzing::require(range->first >= 0 && range->first <= range->last && range->last < range->total);
    }
    const QString text = QString::fromUtf8(bytes);
    (void)withoutSecrets(text);
    (void)withoutSecrets(QUrl(text));
    if (const auto json = parseJson(bytes)) {
        (void)withoutSecrets(*json);
    }
}
