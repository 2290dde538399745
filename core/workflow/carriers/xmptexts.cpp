// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/xmptexts.h"

#include "core/workflow/carriers/textcollector.h"

#include <QStringList>
#include <QXmlStreamReader>

namespace gesso {
namespace {

constexpr int kMaxDepth = 64;
const QString kRdf = QStringLiteral("http://www.w3.org/1999/02/22-rdf-syntax-ns#");

class XmpReader
{
public:
    explicit XmpReader(QByteArrayView packet)
        : m_xml(packet.toByteArray())
    {
        m_xml.setEntityExpansionLimit(0);
    }

    TextList texts()
    {
        while (!m_xml.atEnd() && !m_texts.isFull() && m_path.size() <= kMaxDepth) {
            switch (m_xml.readNext()) {
            case QXmlStreamReader::StartElement:
                start();
                break;
            case QXmlStreamReader::Characters:
                m_text += m_xml.text();
                break;
            case QXmlStreamReader::EndElement:
                end();
                break;
            default:
                break;
            }
        }
        return m_texts.take();
    }

private:
    void start()
    {
        m_text.clear();
        // rdf:li, rdf:Alt, rdf:Description and their like say how a value stands, not which it is.
        const bool isFrame = m_xml.namespaceUri() == kRdf || m_xml.name() == u"xmpmeta";
        m_path.append(isFrame ? (m_path.isEmpty() ? QString() : m_path.last()) : m_xml.name().toString());
        const QXmlStreamAttributes attributes = m_xml.attributes();
        for (const QXmlStreamAttribute& attribute : attributes) {
            if (attribute.namespaceUri() != kRdf && attribute.prefix() != u"xml"
                && attribute.name() != u"xmptk") {
                add(attribute.name().toString(), attribute.value().toString());
            }
        }
    }

    void end()
    {
        if (!m_path.isEmpty()) {
            add(m_path.takeLast(), m_text);
        }
        m_text.clear();
    }

    void add(const QString& key, const QString& text)
    {
        if (!text.trimmed().isEmpty()) {
            m_texts.add(key, text.toUtf8(), QStringLiteral("XMP"));
        }
    }

    QXmlStreamReader m_xml;
    QStringList m_path; // names of the open elements
    QString m_text;
    TextCollector m_texts;
};

} // namespace

TextList xmpTexts(QByteArrayView packet)
{
    return XmpReader(packet).texts();
}

} // namespace gesso
