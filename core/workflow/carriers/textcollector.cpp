// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/textcollector.h"

namespace gesso {

void TextCollector::add(const QString& key, const QByteArray& text, const QString& place)
{
    if (isFull() || key.isEmpty() || text.size() > m_left) {
        return;
    }
    m_left -= text.size();
    m_texts.append({key, text, place});
}

void TextCollector::add(const TextList& texts)
{
    for (const EmbeddedText& text : texts) {
        add(text.key, text.text, text.place);
    }
}

} // namespace gesso
