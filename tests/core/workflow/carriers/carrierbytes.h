// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/bytesource.h"
#include "core/workflow/carriers/embeddedtext.h"

#include <QByteArray>

// What tests of carriers share: numbers as bytes, reading from memory, and the ways every reader is attacked.
namespace gesso::carrierbytes {

using Reader = TextList (*)(ByteSource& file);

QByteArray big16(quint16 value);
QByteArray big32(quint32 value);
QByteArray big64(quint64 value);
QByteArray little32(quint32 value);

TextList readTexts(Reader reader, const QByteArray& bytes);
QByteArray textOf(const TextList& texts, const QString& key); // of the first with that key

// Cut behind any byte, a file gives none of its texts, or the first ones, whole. "" or what went wrong.
QString brokenByTruncation(Reader reader, const QByteArray& bytes);

// Any byte may be any of the values that sizes and types are made of: nothing but texts of a sane number and
// size comes out. "" or what went wrong.
QString brokenByChange(Reader reader, const QByteArray& bytes);

} // namespace gesso::carrierbytes
