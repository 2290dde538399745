// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/base/sentences.h"

namespace gesso {

QString joinedSentences(const QStringList& parts)
{
    QStringList sentences;
    for (const QString& part : parts) {
        QString sentence = part.trimmed();
        if (sentence.isEmpty()) {
            continue;
        }
        if (sentence.back().isLetterOrNumber() || sentence.endsWith(u')')) {
            sentence += u'.';
        }
        if (!sentences.contains(sentence)) {
            sentences << sentence;
        }
    }
    return sentences.join(u' ');
}

} // namespace gesso
