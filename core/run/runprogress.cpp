// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/run/runprogress.h"

#include <algorithm>
#include <cmath>

namespace gesso {

namespace {

constexpr double beforeTheEnd = 0.99;
constexpr double mostSteps = 10000; // ComfyUI's own limit; a larger number is somebody's joke

// A node of the prompt with what its expansion put under it.
struct Share {
    double own = 0;
    bool isFinished = false;
    int innerCount = 0;
    double innerSum = 0;

    double fraction() const
    {
        if (isFinished) {
            return 1;
        }
        // The "+ 1" is the outer node itself: it still has to finish after its last inner node.
        return std::max(own, innerCount > 0 ? innerSum / (innerCount + 1) : 0);
    }
};

} // namespace

double stepFraction(double value, double max)
{
    if (!(max > 0) || !std::isfinite(value) || !std::isfinite(max)) {
        return 0;
    }
    return std::clamp(value / max, 0.0, 1.0);
}

QHash<NodeId, double> progressWeights(const Prompt& prompt)
{
    QHash<NodeId, double> weights;
    for (const PromptNode& node : prompt.nodes) {
        const Json* steps = node.input(QStringLiteral("steps"));
        const bool hasLatent =
            node.input(QStringLiteral("latent_image")) || node.input(QStringLiteral("samples"));
        const double count = steps && steps->is_number() ? steps->get<double>() : 0;
        if (hasLatent && count > 0) { // a workflow may have NaN, which Python writes
            weights.insert(node.id, std::clamp(count, 1.0, mostSteps));
        }
    }
    return weights;
}

double overallProgress(const RunState& state)
{
    if (state.nodeCount <= 0) {
        return 0;
    }
    double whole = state.nodeCount;
    for (const double weight : state.weights) {
        whole += weight - 1;
    }
    QHash<NodeId, Share> shares;
    for (const NodeProgress& node : state.nodes) {
        if (state.cached.contains(node.displayNode)) {
            continue;
        }
        const bool isFinished = node.state == QLatin1String("finished");
        const double fraction = isFinished ? 1 : stepFraction(node.value, node.max);
        Share& share = shares[node.displayNode];
        if (node.node == node.displayNode) {
            share.own = fraction;
            share.isFinished = isFinished;
        } else {
            ++share.innerCount;
            share.innerSum += fraction;
        }
    }
    double done = 0;
    for (const NodeId& cached : state.cached) {
        done += state.weights.value(cached, 1);
    }
    for (auto share = shares.cbegin(); share != shares.cend(); ++share) {
        done += share->fraction() * state.weights.value(share.key(), 1);
    }
    return std::clamp(done / whole, 0.0, beforeTheEnd);
}

} // namespace gesso
