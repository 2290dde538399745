// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/workflow/nodedefinition.h"

#include <QByteArray>
#include <QStringList>

#include <memory>

namespace gesso {

// The server's /object_info, indexed by class. Immutable and shared: any thread may read it. A definition is
// parsed when first asked for, so loading costs one pass over the bytes (0.5 MB stock, 20 MB with many
// packs).
class NodeCatalog
{
public:
    // Parses and indexes; meant to run off the GUI thread. Errors: Unreadable, TooLarge (over 256 MiB).
    static Result<std::shared_ptr<const NodeCatalog>> parse(QByteArray objectInfo);

    NodeCatalog();
    ~NodeCatalog();
    NodeCatalog(const NodeCatalog&) = delete;
    NodeCatalog& operator=(const NodeCatalog&) = delete;

    const NodeDefinition* find(const QString& type) const; // nullptr if the server lacks it
    bool contains(const QString& type) const;
    QStringList types() const; // server order
    qsizetype size() const;
    QByteArray contentHash() const; // SHA-256 of json(): tells two catalogues apart
    QByteArray json() const; // the bytes as received

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

using NodeCatalogPtr = std::shared_ptr<const NodeCatalog>;

} // namespace gesso
