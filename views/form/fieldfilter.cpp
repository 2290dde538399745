// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/fieldfilter.h"

#include "views/widgets/wordfilter.h"

namespace gesso {

QSet<qsizetype> matchingFields(const Form& form, const QString& filter)
{
    const QStringList words = wordsOf(filter);
    QSet<qsizetype> matching;
    for (qsizetype index = 0; index < form.fields.size(); ++index) {
        const Field& field = form.fields[index];
        const QString text =
            QStringList{field.label, field.ref.input, field.nodeTitle, field.nodeType, field.group}.join(
                u'\n');
        if (matchesWords(text, words))
            matching.insert(index);
    }
    return matching;
}

} // namespace gesso
