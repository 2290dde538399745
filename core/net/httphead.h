// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/net/httpclient.h"

#include <QByteArray>

namespace gesso {

// The head of an answer, line by line as it comes (RFC 9112, sections 4 to 5). Interim heads (100, 103) are
// forgotten when the next begins, trailers ignored. All lines together may have 256 KiB.
class HttpHead
{
public:
    bool take(QByteArrayView line); // false: too much came; take no more

    bool isComplete() const { return m_isComplete; }
    const HttpAnswer& answer() const { return m_answer; } // status, reason, headers; no body

private:
    void begin(QByteArrayView statusLine);
    void takeField(QByteArrayView line);

    HttpAnswer m_answer;
    qsizetype m_bytes = 0;
    bool m_isComplete = false;
};

} // namespace gesso
