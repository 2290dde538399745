// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/nodecontext.h"

#include <QThread>

namespace gesso::demo {

NodeContext::NodeContext(const JobEnvironment& environment, QHash<QString, Value> inputs,
                         ProgressFunction progress)
    : m_environment(environment)
    , m_inputs(std::move(inputs))
    , m_progress(std::move(progress))
{
}

const Json* NodeContext::json(const QString& name) const
{
    const auto it = m_inputs.constFind(name);
    return it == m_inputs.constEnd() ? nullptr : std::get_if<Json>(&*it);
}

qint64 NodeContext::integer(const QString& name, qint64 fallback) const
{
    const Json* value = json(name);
    return value && value->is_number() ? value->get<qint64>() : fallback;
}

Seed NodeContext::seed(const QString& name) const
{
    const Json* value = json(name);
    return {value && value->is_number_integer() ? value->get<std::uint64_t>() : 0};
}

double NodeContext::number(const QString& name, double fallback) const
{
    const Json* value = json(name);
    return value && value->is_number() ? value->get<double>() : fallback;
}

QString NodeContext::text(const QString& name) const
{
    const Json* value = json(name);
    return value ? toQString(*value) : QString();
}

bool NodeContext::flag(const QString& name) const
{
    const Json* value = json(name);
    return value && value->is_boolean() && value->get<bool>();
}

const Pictures& NodeContext::images(const QString& name) const
{
    static const Pictures none;
    const auto it = m_inputs.constFind(name);
    const auto* held = it == m_inputs.constEnd() ? nullptr : std::get_if<std::shared_ptr<const Images>>(&*it);
    return held && *held ? (*held)->pictures : none;
}

const Pictures& NodeContext::masks(const QString& name) const
{
    static const Pictures none;
    const auto it = m_inputs.constFind(name);
    const auto* held = it == m_inputs.constEnd() ? nullptr : std::get_if<std::shared_ptr<const Masks>>(&*it);
    return held && *held ? (*held)->pictures : none;
}

const Latent& NodeContext::latent(const QString& name) const
{
    static const Latent none;
    const auto it = m_inputs.constFind(name);
    const auto* held = it == m_inputs.constEnd() ? nullptr : std::get_if<std::shared_ptr<const Latent>>(&*it);
    return held && *held ? **held : none;
}

bool NodeContext::pause(int milliseconds) const
{
    for (int waited = 0; waited < milliseconds && !isInterrupted(); waited += 10) {
        QThread::msleep(static_cast<unsigned long>(std::min(10, milliseconds - waited)));
    }
    return !isInterrupted();
}

Result<NodeResult> interrupted()
{
    return fail(ErrorKind::Cancelled, QStringLiteral("Processing interrupted"));
}

Result<NodeResult> nodeFailure(const QString& message)
{
    return fail(ErrorKind::NodeFailed, message);
}

} // namespace gesso::demo
