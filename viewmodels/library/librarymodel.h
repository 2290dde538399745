// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflow/nodecatalog.h"

#include <QAbstractListModel>
#include <QImage>

#include <memory>

namespace gesso {

// Workflow cards: samples, the user's folders (watched, recursive), recent ones. Scanning and thumbnails run
// off the GUI thread. Filter with LibraryFilter. Rows stand in order: recent (newest first), samples,
// folders.
class LibraryModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class Source { Sample, Folder, Recent };
    enum Role {
        TitleRole = Qt::DisplayRole,
        PathRole = Qt::UserRole,
        SourceRole, // Source; a recent file also appears once under its own source
        KindRole, // "Picture", …
        SubtitleRole, // what it is, or "Needs 2 nodes, 1 model" (ToneRole "warn")
        ToneRole, // "" or "warn"
        NeedsRole, // a line for each node and model the server lacks, with packs and links; plain text
        ThumbnailRole, // QImage, null until loaded or if there is none
    };

    explicit LibraryModel(QString samplesFolder, QObject* parent = nullptr);
    ~LibraryModel() override;

    void start(); // reads the samples; nothing is read before
    void setThumbnailFolder(const QString& folder); // where setThumbnail() keeps its pictures
    void setFolders(const QStringList& folders);
    QStringList folders() const;
    void addFolder(const QString& folder);
    void removeFolder(const QString& folder);
    void setRecent(const QStringList& paths); // newest first
    QStringList recent() const;
    void noteOpened(const QString& path); // to the top of Recent
    // For a workflow without a picture of its own, e.g. its newest result; kept on disk.
    void setThumbnail(const QString& path, const QImage& image);
    // For what a workflow needs and the server lacks: compared off the GUI thread, shown a little later.
    void setCatalog(NodeCatalogPtr catalog);
    bool isScanning() const;
    bool hasOwnCard(const QString& path) const; // besides the one under Recent

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    void foldersChanged();
    void recentChanged();
    void scanningChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace gesso
