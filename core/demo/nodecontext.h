// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/seed.h"
#include "core/demo/folders.h"
#include "core/demo/value.h"

#include <QHash>
#include <QImage>

#include <functional>

namespace gesso::demo {

// What a job offers to the nodes it runs.
struct JobEnvironment {
    Folders folders;
    int stepDelayMs = 0;
    int previewSize = 512;
    const Json* prompt = nullptr; // as submitted
    const Json* extraPngInfo = nullptr; // may be null
    QString tempPrefix; // of PreviewImage's files, random per server
    std::function<bool()> isInterrupted;
};

struct NodeResult {
    std::vector<Value> outputs;
    std::optional<Json> ui;
};

// The inputs of one node while it runs: links resolved, widget values validated.
class NodeContext
{
public:
    using ProgressFunction = std::function<void(int value, int max, const QByteArray& jpeg)>;

    NodeContext(const JobEnvironment& environment, QHash<QString, Value> inputs, ProgressFunction progress);

    qint64 integer(const QString& name, qint64 fallback = 0) const;
    Seed seed(const QString& name) const;
    double number(const QString& name, double fallback = 0) const;
    QString text(const QString& name) const;
    bool flag(const QString& name) const;
    bool has(const QString& name) const { return m_inputs.contains(name); }

    const Pictures& images(const QString& name) const; // empty if there are none
    const Pictures& masks(const QString& name) const;
    const Latent& latent(const QString& name) const;

    template <typename T> T value(const QString& name) const
    {
        const auto it = m_inputs.constFind(name);
        const T* held = it == m_inputs.constEnd() ? nullptr : std::get_if<T>(&*it);
        return held ? *held : T();
    }

    const JobEnvironment& environment() const { return m_environment; }
    bool isInterrupted() const { return m_environment.isInterrupted && m_environment.isInterrupted(); }
    void progress(int value, int max, const QByteArray& jpeg) const { m_progress(value, max, jpeg); }
    // Waits for the step's pause; false as soon as the job is interrupted.
    bool pause(int milliseconds) const;

private:
    const Json* json(const QString& name) const;

    const JobEnvironment& m_environment;
    QHash<QString, Value> m_inputs;
    ProgressFunction m_progress;
};

// Fails with ErrorKind::Cancelled when interrupted; any other failure is the node's run-time error.
using NodeFunction = std::function<Result<NodeResult>(const NodeContext&)>;

Result<NodeResult> interrupted();
Result<NodeResult> nodeFailure(const QString& message); // ComfyUI's ValueError

} // namespace gesso::demo
