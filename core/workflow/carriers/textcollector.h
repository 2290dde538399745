// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/embeddedtext.h"

namespace gesso {

// Gathers the texts of one file within kMaxTexts and kMaxTextBytes, whatever the file claims.
class TextCollector
{
public:
    bool isFull() const { return m_left <= 0 || m_texts.size() >= kMaxTexts; }
    qint64 bytesLeft() const { return m_left; }

    // Texts without a key, or too large to be taken, are left out.
    void add(const QString& key, const QByteArray& text, const QString& place);
    void add(const TextList& texts);

    TextList take() { return std::move(m_texts); }

private:
    TextList m_texts;
    qint64 m_left = kMaxTextBytes;
};

} // namespace gesso
