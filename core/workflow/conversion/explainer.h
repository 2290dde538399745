// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/conversion/linkresolver.h"
#include "core/workflow/explanation.h"

namespace gesso::conversion {

// Puts into words what a conversion did. Made only when somebody asked: everybody who reports to one has a
// pointer that is null otherwise.
class Explainer
{
public:
    explicit Explainer(Explanations& explanations);

    void notSent(const LiveNode& node);
    void sent(const LiveNode& node); // its class name, and widgets the file has no value for
    void resolved(const LiveNode& consumer, const LiveInput& input, const LinkTrail& trail,
                  const Source& source);
    void written(const LiveNode& target, const QString& input, const LiveNode& primitive, const Json& value);
    void chosen(const LiveNode& node, const QString& input, const QString& before, const QString& after);
    void tokensReplaced(const LiveNode& node, const QString& input, const QString& before,
                        const QString& after);

private:
    void add(Explanation::Kind kind, const LiveNode& node, const QString& text, const QString& input = {});
    void explainDefaults(const LiveNode& node);
    void addPromoted(const LiveNode& node, const QString& input, const Json& value);
    bool explainBypass(const LiveNode& consumer, const LiveInput& input, const LinkTrail& trail,
                       const Source& source);

    Explanations& m_explanations;
};

} // namespace gesso::conversion
