// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>

namespace gesso::demo {

struct FormPart {
    QString name;
    QString fileName; // empty: not a file
    QByteArray content;
};

// A multipart/form-data body. Errors: Protocol.
Result<QList<FormPart>> parseMultipart(const QByteArray& contentType, const QByteArray& body);

} // namespace gesso::demo
