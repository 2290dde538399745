// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzztarget.h"
#include "views/theme/theme.h"

using namespace gesso;

// Any bytes as tokens.json; what is read has every colour and size.
void fuzz(const QByteArray& bytes)
{
    const auto theme = Theme::parse(bytes, QStringLiteral("tokens.json"),
                                    QStringLiteral("a { color: @{text}; }"), QString());
    if (!theme) {
        return;
    }
    for (int i = 0; i < colorTokenCount; ++i) {
        fuzzing::require(theme->color(ColorToken(i)).isValid());
    }
    for (int i = 0; i < metricTokenCount; ++i) {
        (void)theme->pixels(MetricToken(i));
    }
}
