// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runstate.h"

#include <QAbstractListModel>
#include <QImage>
#include <QThreadPool>

namespace gesso {

// The results of this session, newest first: the filmstrip.
class ResultModel : public QAbstractListModel
{
    Q_OBJECT

public:
    struct Entry {
        PromptId run;
        QString path; // saved file
        QString title;
        QString detail; // "seed 7"; the model adds " · 1024 × 1024" once it has read the file
        QImage thumbnail; // decoded off-thread, null until then
        bool isPicture = true;
    };
    enum Role {
        TitleRole = Qt::DisplayRole,
        PathRole = Qt::UserRole,
        DetailRole,
        RunRole,
        ThumbnailRole,
        IsPictureRole
    };

    explicit ResultModel(QObject* parent = nullptr);
    ~ResultModel() override;

    void add(Entry entry); // to the front; loads its thumbnail
    void remove(int row); // from the strip only; the file stays
    const Entry& at(int row) const;
    int rowOf(const QString& path) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override; // real files, to drag out
    QStringList mimeTypes() const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void thumbnailLoaded(const gesso::PromptId& run, const QString& path, const QImage& thumbnail);

private:
    void loadThumbnail(const QString& path);
    void setThumbnail(const QString& path, const QImage& thumbnail, QSize fullSize);

    QList<Entry> m_entries;
    QThreadPool m_pool; // last: its threads end before the rest goes
};

} // namespace gesso
