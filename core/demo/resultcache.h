// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/nodecontext.h"

#include <QHash>
#include <QSet>

namespace gesso::demo {

// Results by what determines them (class, widget values, origins). Holds only what the latest prompt uses, as
// ComfyUI's default cache does, so its memory is that of one prompt.
class ResultCache
{
public:
    const NodeResult* find(const QByteArray& signature) const;
    void add(const QByteArray& signature, NodeResult result);
    void keepOnly(const QSet<QByteArray>& signatures);
    void clear() { m_results.clear(); }

private:
    QHash<QByteArray, std::shared_ptr<const NodeResult>> m_results;
};

} // namespace gesso::demo
