// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/signatures.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSet>

namespace gesso::demo {

namespace {

class Signer
{
public:
    Signer(const PromptIndex& prompt, const NodeLibrary& library, const Folders& folders)
        : m_prompt(prompt)
        , m_library(library)
        , m_folders(folders)
    {
    }

    // Depth first with an explicit stack, so that a long chain cannot exhaust the thread's.
    void sign(const QString& root)
    {
        QStringList stack{root};
        while (!stack.isEmpty()) {
            const QString id = stack.last();
            if (done.contains(id)) {
                stack.removeLast();
                continue;
            }
            const QStringList missing = m_open.contains(id) ? QStringList() : unsignedOrigins(id);
            m_open.insert(id);
            if (missing.isEmpty()) {
                done.insert(id, own(id));
                stack.removeLast();
            } else {
                stack.append(missing);
            }
        }
    }

    QHash<QString, QByteArray> done;

private:
    QStringList unsignedOrigins(const QString& id) const
    {
        QStringList origins;
        for (const PromptIndex::Link& link : m_prompt.links(id)) {
            if (m_prompt.contains(link.origin) && !done.contains(link.origin)
                && !m_open.contains(link.origin)) {
                origins.append(link.origin);
            }
        }
        return origins;
    }

    QByteArray own(const QString& id) const
    {
        QCryptographicHash hash(QCryptographicHash::Sha1);
        const QString className = m_prompt.className(id);
        hash.addData(className.toUtf8());
        const Json* inputs = m_prompt.inputs(id);
        hash.addData(inputs ? literals(*inputs) : QByteArray());
        for (const PromptIndex::Link& link : m_prompt.links(id)) {
            const QByteArray origin =
                link.input.toUtf8() + done.value(link.origin) + QByteArray::number(link.slot);
            hash.addData(origin);
        }
        const NodeType* type = m_library.find(className);
        for (const QString& name : type&& inputs ? type->fileInputs : QStringList()) {
            addFile(hash, stringMember(*inputs, name.toStdString()));
        }
        return hash.result();
    }

    static QByteArray literals(const Json& inputs)
    {
        Json values = Json::object();
        for (const auto& item : inputs.items()) {
            if (!item.value().is_array()) {
                values.push_back({item.key(), item.value()});
            }
        }
        return writeJson(values);
    }

    void addFile(QCryptographicHash& hash, const QString& name) const
    {
        QFile file(annotatedPath(m_folders, name).value_or(QString()));
        if (file.open(QIODevice::ReadOnly)) {
            hash.addData(&file);
        }
    }

    const PromptIndex& m_prompt;
    const NodeLibrary& m_library;
    const Folders& m_folders;
    QSet<QString> m_open;
};

} // namespace

QHash<QString, QByteArray> signatures(const PromptIndex& prompt, const NodeLibrary& library,
                                      const Folders& folders)
{
    Signer signer(prompt, library, folders);
    for (const QString& id : prompt.ids()) {
        signer.sign(id);
    }
    return signer.done;
}

} // namespace gesso::demo
