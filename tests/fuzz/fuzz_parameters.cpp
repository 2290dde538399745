// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/parameters/generationparameters.h"
#include "core/workflow/textkind.h"
#include "tests/fuzz/fuzztarget.h"

#include <array>

using namespace gesso;

// Any text under the keys that the programs use. The first byte chooses, the rest is the text.
void fuzz(const QByteArray& bytes)
{
    static const std::array keys = {"parameters",        "Comment", "sd-metadata",
                                    "invokeai_metadata", "Dream",   "UserComment",
                                    "fooocus_scheme",    "prompt",  "other"};
    if (bytes.isEmpty()) {
        return;
    }
    const QString key = QString::fromLatin1(keys[uchar(bytes[0]) % keys.size()]);
    const EmbeddedText text{key, toUtf8(QByteArrayView(bytes).sliced(1)), {}};
    (void)textKind(text);
    (void)readGenerationParameters({text, {QStringLiteral("Software"), "NovelAI", {}}});
}
