// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/runs/resultmodel.h"

#include "viewmodels/base/background.h"
#include "viewmodels/base/picturereader.h"

#include <QMimeData>
#include <QUrl>

#include <algorithm>

namespace gesso {

namespace {

constexpr QSize thumbnailBox{256, 256};

} // namespace

ResultModel::ResultModel(QObject* parent)
    : QAbstractListModel(parent)
{
    m_pool.setMaxThreadCount(1);
    m_pool.setThreadPriority(QThread::LowPriority);
}

ResultModel::~ResultModel()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void ResultModel::add(Entry entry)
{
    const QString path = entry.path;
    const bool isPicture = entry.isPicture;
    beginInsertRows({}, 0, 0);
    m_entries.prepend(std::move(entry));
    endInsertRows();
    if (isPicture) {
        loadThumbnail(path);
    }
}

void ResultModel::remove(int row)
{
    if (row >= 0 && row < m_entries.size()) {
        beginRemoveRows({}, row, row);
        m_entries.removeAt(row);
        endRemoveRows();
    }
}

const ResultModel::Entry& ResultModel::at(int row) const
{
    return m_entries.at(row);
}

int ResultModel::rowOf(const QString& path) const
{
    const auto it =
        std::find_if(m_entries.begin(), m_entries.end(), [&path](const Entry& e) { return e.path == path; });
    return it == m_entries.end() ? -1 : int(it - m_entries.begin());
}

void ResultModel::loadThumbnail(const QString& path)
{
    runInBackground(
        m_pool, this, [path] { return readPicture(path, thumbnailBox); },
        [this, path](Result<Picture> picture) {
            if (picture) {
                setThumbnail(path, picture->image, picture->fullSize);
            }
        });
}

void ResultModel::setThumbnail(const QString& path, const QImage& thumbnail, QSize fullSize)
{
    const int row = rowOf(path); // may have been removed meanwhile
    if (row < 0) {
        return;
    }
    Entry& entry = m_entries[row];
    entry.thumbnail = thumbnail;
    const QString size = QStringLiteral("%1 × %2").arg(fullSize.width()).arg(fullSize.height());
    entry.detail = entry.detail.isEmpty() ? size : entry.detail + QStringLiteral(" · ") + size;
    Q_EMIT dataChanged(index(row), index(row), {ThumbnailRole, DetailRole});
    Q_EMIT thumbnailLoaded(entry.run, path, thumbnail);
}

int ResultModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant ResultModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Entry& entry = m_entries.at(index.row());
    switch (role) {
    case TitleRole:
        return entry.title;
    case PathRole:
        return entry.path;
    case DetailRole:
        return entry.detail;
    case RunRole:
        return entry.run.toString();
    case ThumbnailRole:
        return entry.thumbnail;
    case IsPictureRole:
        return entry.isPicture;
    case Qt::AccessibleTextRole:
        return QString(entry.title + QStringLiteral(", ") + entry.detail);
    default:
        return {};
    }
}

QMimeData* ResultModel::mimeData(const QModelIndexList& indexes) const
{
    QList<QUrl> urls;
    for (const QModelIndex& index : indexes) {
        urls.append(QUrl::fromLocalFile(m_entries.at(index.row()).path));
    }
    auto* data = new QMimeData; // the caller owns it, as QAbstractItemModel says
    data->setUrls(urls);
    return data;
}

QStringList ResultModel::mimeTypes() const
{
    return {QStringLiteral("text/uri-list")};
}

Qt::ItemFlags ResultModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags flags = QAbstractListModel::flags(index);
    return index.isValid() ? flags | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren : flags;
}

} // namespace gesso
