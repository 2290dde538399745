// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/nodecatalog.h"

#include "core/base/log.h"
#include "core/workflow/definitionreader.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QHash>

#include <simdjson.h>

#include <deque>
#include <mutex>

namespace gesso {
namespace {

constexpr qsizetype kMaxBytes = 256 * 1024 * 1024;

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::NodeCatalog", text);
}

Result<std::shared_ptr<const NodeCatalog>> unreadable(const QString& detail)
{
    return fail(ErrorKind::Unreadable, tr("The server's list of nodes cannot be read."),
                tr("Check that the address is that of a ComfyUI server and that it has finished starting."),
                detail);
}

// One class: where its definition stands in the bytes, and the definition once somebody has asked for it.
struct Entry {
    Entry(QString typeName, QByteArrayView where)
        : type(std::move(typeName))
        , slice(where)
    {
    }

    QString type;
    QByteArrayView slice;
    std::once_flag parsed;
    std::unique_ptr<const NodeDefinition> definition;
};

} // namespace

struct NodeCatalog::Data {
    QByteArray bytes;
    std::deque<Entry> entries; // a deque: entries stay where they are
    QHash<QString, Entry*> byType;
    mutable std::once_flag hashed;
    mutable QByteArray hash;

    QString index();
};

// One pass: simdjson finds the structure of all bytes, the values are only stepped over. Returns what is
// wrong.
QString NodeCatalog::Data::index()
{
    bytes.reserve(bytes.size() + qsizetype(simdjson::SIMDJSON_PADDING));
    simdjson::ondemand::parser parser(std::size_t(kMaxBytes) + simdjson::SIMDJSON_PADDING);
    simdjson::ondemand::document document;
    simdjson::ondemand::object object;
    const auto text = [](simdjson::error_code error) {
        return QString::fromLatin1(simdjson::error_message(error));
    };
    const simdjson::padded_string_view view(bytes.constData(), std::size_t(bytes.size()),
                                            std::size_t(bytes.capacity()));
    if (const auto error = parser.iterate(view).get(document)) {
        return text(error);
    }
    if (const auto error = document.get_object().get(object)) {
        return text(error);
    }
    for (auto field : object) {
        std::string_view name;
        simdjson::ondemand::value value;
        simdjson::ondemand::object definition;
        std::string_view slice;
        if (const auto error = field.unescaped_key().get(name)) {
            return text(error);
        }
        const QString type = QString::fromUtf8(name.data(), qsizetype(name.size()));
        if (const auto error = field.value().get(value)) {
            return text(error);
        }
        if (value.get_object().get(definition)) {
            continue; // no definition; simdjson steps over the value by itself
        }
        if (const auto error = definition.raw_json().get(slice)) {
            return text(error);
        }
        Entry& entry = entries.emplace_back(type, QByteArrayView(slice.data(), qsizetype(slice.size())));
        byType.insert(type, &entry);
    }
    return {};
}

NodeCatalog::NodeCatalog()
    : m_data(std::make_unique<Data>())
{
}

NodeCatalog::~NodeCatalog() = default;

Result<std::shared_ptr<const NodeCatalog>> NodeCatalog::parse(QByteArray objectInfo)
{
    if (objectInfo.size() > kMaxBytes) {
        return fail(ErrorKind::TooLarge,
                    tr("The server's list of nodes is %1 MB, over the limit of %2 MB.")
                        .arg(objectInfo.size() / 1'000'000)
                        .arg(kMaxBytes / 1'000'000));
    }
    auto catalog = std::make_shared<NodeCatalog>();
    catalog->m_data->bytes = std::move(objectInfo);
    const QString error = catalog->m_data->index();
    if (!error.isEmpty()) {
        return unreadable(error);
    }
    return std::shared_ptr<const NodeCatalog>(std::move(catalog));
}

const NodeDefinition* NodeCatalog::find(const QString& type) const
{
    Entry* entry = m_data->byType.value(type);
    if (!entry) {
        return nullptr;
    }
    std::call_once(entry->parsed, [entry] {
        Result<Json> json = parseJson(entry->slice);
        if (json) {
            entry->definition =
                std::make_unique<const NodeDefinition>(readNodeDefinition(entry->type, *json));
        } else {
            log::warning(
                log::Category::Workflow,
                QStringLiteral("definition of %1 unreadable: %2").arg(entry->type, json.error().message));
        }
    });
    return entry->definition.get();
}

bool NodeCatalog::contains(const QString& type) const
{
    return m_data->byType.contains(type);
}

QStringList NodeCatalog::types() const
{
    QStringList list;
    list.reserve(size());
    for (const Entry& entry : m_data->entries) {
        if (m_data->byType.value(entry.type) == &entry) {
            list.append(entry.type);
        }
    }
    return list;
}

qsizetype NodeCatalog::size() const
{
    return m_data->byType.size();
}

QByteArray NodeCatalog::contentHash() const
{
    std::call_once(m_data->hashed, [this] {
        m_data->hash = QCryptographicHash::hash(m_data->bytes, QCryptographicHash::Sha256);
    });
    return m_data->hash;
}

QByteArray NodeCatalog::json() const
{
    return m_data->bytes;
}

} // namespace gesso
