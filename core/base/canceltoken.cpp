// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/base/canceltoken.h"

namespace gesso {

CancelToken::CancelToken(std::shared_ptr<CancelState> state)
    : m_state(std::move(state))
{
}

bool CancelToken::isCancelled() const
{
    return m_state && m_state->isCancelled;
}

CancelSource::CancelSource()
    : m_state(std::make_shared<CancelState>())
{
}

CancelToken CancelSource::token() const
{
    return CancelToken(m_state);
}

bool CancelSource::isCancelled() const
{
    return m_state->isCancelled;
}

void CancelSource::cancel()
{
    if (!m_state->isCancelled.exchange(true)) {
        Q_EMIT m_state->cancelled();
    }
}

} // namespace gesso
