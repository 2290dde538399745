// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace gesso {

// Bytes kept on disk by their content (SHA-256), with names that point to them. What is damaged or gone is
// simply not there: a cache never fails its user. The least recently used go first when it grows over its
// cap. Stateless: any thread and any process may use the same folder. Blocks on the disk: use it off the GUI
// thread.
class Cache
{
public:
    Cache(QString folder, qint64 maxBytes);

    // What was last put under `name`; nullopt if there is nothing or it does not match its hash.
    std::optional<QByteArray> get(const QString& name) const;
    // Errors: DiskError, DiskFull; also bytes over the cap are an error (TooLarge).
    Result<void> put(const QString& name, const QByteArray& bytes) const;

private:
    QString contentPath(const QByteArray& hash) const;
    QString namePath(const QString& name) const;
    void trim(const QString& keep) const;

    QString m_folder;
    qint64 m_maxBytes;
};

} // namespace gesso
