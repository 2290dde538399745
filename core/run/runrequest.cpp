// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/run/runrequest.h"

#include <QUuid>

namespace gesso {

PromptId newPromptId()
{
    return PromptId(QUuid::createUuid().toString(QUuid::WithoutBraces));
}

} // namespace gesso
