// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QImage>

#include <memory>

namespace gesso
{

// Workflow cards: samples, the user's folders (watched, recursive), recent ones. Scanning and thumbnails run
// off the GUI thread. Filter with LibraryFilter.
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
        SubtitleRole, // what it is, or "2 nodes missing" (ToneRole "warn")
        ToneRole, // "" or "warn"
        ThumbnailRole, // QImage, null until loaded or if there is none
    };

    LibraryModel(QString samplesFolder, QObject* parent = nullptr);
    ~LibraryModel() override;

    void setFolders(const QStringList& folders); // remembered
    QStringList folders() const;
    void addFolder(const QString& folder);
    void removeFolder(const QString& folder);
    void noteOpened(const QString& path); // to the top of Recent
    void setThumbnail(const QString& path, const QImage& image); // e.g. its newest result; kept on disk

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace gesso
