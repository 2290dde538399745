// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <tl/expected.hpp>

#include <utility>

namespace gesso {

// A value or an Error. No exception crosses a module; see docs/adr/0003-errors-are-values.md.
template <typename T> using Result = tl::expected<T, Error>;

// return fail(ErrorKind::Unreadable, tr("…"), hint, detail);
inline tl::unexpected<Error> fail(ErrorKind kind, QString message, QString hint = {}, QString detail = {})
{
    return tl::unexpected<Error>(Error{kind, std::move(message), std::move(hint), std::move(detail)});
}

inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace gesso
