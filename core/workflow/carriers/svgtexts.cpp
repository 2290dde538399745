// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/svgtexts.h"

#include "core/workflow/carriers/textcollector.h"

#include <QXmlStreamReader>

namespace gesso {
namespace {

constexpr int kMaxDepth = 256;

// Everything inside the element that is open, that of its children too.
QString textInside(QXmlStreamReader& xml)
{
    QString text;
    int depth = 1;
    while (depth > 0 && depth <= kMaxDepth && !xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement()) {
            ++depth;
        } else if (xml.isEndElement()) {
            --depth;
        } else if (xml.isCharacters()) {
            text += xml.text();
        }
    }
    return depth == 0 ? text.trimmed() : QString();
}

} // namespace

bool isSvg(QByteArrayView head)
{
    if (!head.trimmed().startsWith('<') && !head.startsWith("\xef\xbb\xbf") && !head.startsWith("\xff\xfe")
        && !head.startsWith("\xfe\xff")) {
        return false;
    }
    QXmlStreamReader xml(head.toByteArray());
    xml.setEntityExpansionLimit(0);
    return xml.readNextStartElement() && xml.name() == u"svg";
}

TextList svgTexts(ByteSource& file)
{
    QXmlStreamReader xml(file.readUpTo(0, kMaxTextBytes));
    xml.setEntityExpansionLimit(0);
    TextCollector texts;
    while (!xml.atEnd() && !texts.isFull()) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == u"metadata") {
            const QString text = textInside(xml);
            if (!text.isEmpty()) {
                texts.add(QStringLiteral("metadata"), text.toUtf8(), QStringLiteral("<metadata>"));
            }
        }
    }
    return texts.take();
}

} // namespace gesso
