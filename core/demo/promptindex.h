// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <QHash>
#include <QStringList>

namespace gesso::demo {

// A submitted prompt ({id: {class_type, inputs}}) with its nodes found by id in constant time.
class PromptIndex
{
public:
    explicit PromptIndex(Json& prompt); // an object; outlives the index

    const QStringList& ids() const { return m_ids; }
    bool contains(const QString& id) const { return m_nodes.contains(id); }
    const Json* node(const QString& id) const { return m_nodes.value(id); }
    QString className(const QString& id) const;
    Json* inputs(const QString& id); // nullptr if there are none
    const Json* inputs(const QString& id) const;

    struct Link {
        QString input;
        QString origin;
        int slot = 0;
    };
    QList<Link> links(const QString& id) const; // well-formed ones, in the order of the inputs

private:
    QStringList m_ids;
    QHash<QString, Json*> m_nodes;
};

} // namespace gesso::demo
