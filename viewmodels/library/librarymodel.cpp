// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/library/librarymodel.h"

#include "viewmodels/base/background.h"
#include "viewmodels/library/cardthumbnails.h"
#include "viewmodels/library/libraryscanner.h"

#include <QDir>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QSet>
#include <QTimer>

#include <algorithm>

namespace gesso {

namespace {

constexpr qsizetype maxRecent = 30;
constexpr int settleMs = 150; // files come in bursts

struct Card {
    LibraryModel::Source source = LibraryModel::Source::Sample;
    QString root; // folder it was found in; empty for recent ones
    LibraryEntry entry;
    WorkflowNeeds lacking; // what the server does not have of its needs
};

// Those of a card's entry, compared with a catalogue in the pool.
struct CheckedNeeds {
    WorkflowNeeds needs;
    WorkflowNeeds lacking;
};
using NeedsByPath = QHash<QString, CheckedNeeds>;

NeedsByPath compare(NeedsByPath all, const NodeCatalog& catalog)
{
    for (CheckedNeeds& checked : all) {
        checked.lacking = lackingOf(checked.needs, catalog);
    }
    return all;
}

} // namespace

class LibraryModel::Private
{
public:
    explicit Private(LibraryModel* model)
        : q(model)
    {
        pool.setMaxThreadCount(1);
        pool.setThreadPriority(QThread::LowPriority);
        settle.setSingleShot(true);
        settle.setInterval(settleMs);
    }

    ~Private()
    {
        pool.clear();
        pool.waitForDone();
    }

    void scan(const QString& root);
    void onScanned(const QString& root, FolderScan result);
    void onPathChanged(const QString& path);
    void mergeCards(const QString& root, const QList<LibraryEntry>& entries);
    void removeCards(const QString& root, const QSet<QString>& keep);
    void insertCards(int row, QList<Card> added);
    void updateCard(int row, LibraryEntry entry);
    void removeRow(int row);
    void watch(const QString& root, const FolderScan& result);
    void unwatch(const QString& root);
    void onRecentRead(const QString& path, std::optional<LibraryEntry> entry);
    void readRecent(const QString& path);
    int recentRow(const QString& path) const;
    int recentCount() const;
    void checkNeeds();
    void onNeedsChecked(const NeedsByPath& checked);
    bool isSample(const QString& path) const { return path.startsWith(samples + u'/'); }

    LibraryModel* q;
    QString samples;
    QStringList folders;
    QStringList recent;
    QList<Card> cards;
    NodeCatalogPtr catalog;
    QHash<QString, KnownFiles> known; // by root
    QHash<QString, QStringList> watched; // by root
    QSet<QString> scanning;
    QSet<QString> changed; // roots to scan again
    QFileSystemWatcher watcher;
    QTimer settle;
    CardThumbnails thumbnails;
    QThreadPool pool; // last: its thread ends before the rest goes
};

LibraryModel::LibraryModel(QString samplesFolder, QObject* parent)
    : QAbstractListModel(parent)
    , d(std::make_unique<Private>(this))
{
    d->samples = samplesFolder.isEmpty() ? QString() : QDir(samplesFolder).absolutePath();
    connect(&d->watcher, &QFileSystemWatcher::directoryChanged, this,
            [this](const QString& path) { d->onPathChanged(path); });
    connect(&d->watcher, &QFileSystemWatcher::fileChanged, this,
            [this](const QString& path) { d->onPathChanged(path); });
    connect(&d->settle, &QTimer::timeout, this, [this] {
        for (const QString& root : std::exchange(d->changed, {})) {
            d->scan(root);
        }
    });
    connect(&d->thumbnails, &CardThumbnails::loaded, this, [this](const QString& path) {
        for (int row = 0; row < d->cards.size(); ++row) {
            if (d->cards.at(row).entry.path == path) {
                Q_EMIT dataChanged(index(row), index(row), {ThumbnailRole});
            }
        }
    });
}

LibraryModel::~LibraryModel() = default;

// --- folders ---

void LibraryModel::start()
{
    if (!d->samples.isEmpty()) {
        d->scan(d->samples);
    }
}

void LibraryModel::setFolders(const QStringList& folders)
{
    for (const QString& folder : QStringList(d->folders)) {
        if (!folders.contains(folder)) {
            removeFolder(folder);
        }
    }
    for (const QString& folder : folders) {
        addFolder(folder);
    }
}

QStringList LibraryModel::folders() const
{
    return d->folders;
}

void LibraryModel::addFolder(const QString& folder)
{
    const QString root = QDir(folder).absolutePath();
    if (folder.isEmpty() || root == d->samples || d->folders.contains(root)) {
        return;
    }
    d->folders.append(root);
    d->scan(root);
    Q_EMIT foldersChanged();
}

void LibraryModel::removeFolder(const QString& folder)
{
    const QString root = QDir(folder).absolutePath();
    if (!d->folders.removeOne(root)) {
        return;
    }
    d->unwatch(root);
    d->known.remove(root);
    d->changed.remove(root);
    d->removeCards(root, {});
    Q_EMIT foldersChanged();
}

bool LibraryModel::isScanning() const
{
    return !d->scanning.isEmpty();
}

void LibraryModel::Private::scan(const QString& root)
{
    if (scanning.contains(root)) {
        changed.insert(root); // again when this one is done
        return;
    }
    scanning.insert(root);
    Q_EMIT q->scanningChanged();
    runInBackground(
        pool, q,
        [root, files = known.value(root), areSamples = root == samples] {
            return scanFolder(root, files, areSamples);
        },
        [this, root](FolderScan result) { onScanned(root, std::move(result)); });
}

void LibraryModel::Private::onScanned(const QString& root, FolderScan result)
{
    scanning.remove(root);
    if (root == samples || folders.contains(root)) { // else removed meanwhile
        watch(root, result);
        mergeCards(root, result.entries);
        known.insert(root, std::move(result.known));
    }
    if (!changed.isEmpty()) {
        settle.start();
    }
    Q_EMIT q->scanningChanged();
}

void LibraryModel::Private::onPathChanged(const QString& path)
{
    for (auto it = watched.cbegin(); it != watched.cend(); ++it) {
        if (it->contains(path)) {
            changed.insert(it.key());
        }
    }
    settle.start();
}

void LibraryModel::Private::watch(const QString& root, const FolderScan& result)
{
    unwatch(root);
    const QStringList paths = result.folders + result.withoutWorkflow;
    const QStringList refused = watcher.addPaths(paths); // those that are gone already, or too many
    watched.insert(root, paths);
    for (const QString& path : refused) {
        watched[root].removeOne(path);
    }
}

void LibraryModel::Private::unwatch(const QString& root)
{
    const QStringList before = watched.take(root);
    if (!before.isEmpty()) {
        watcher.removePaths(before);
    }
}

// --- cards ---

void LibraryModel::Private::mergeCards(const QString& root, const QList<LibraryEntry>& entries)
{
    QSet<QString> found;
    for (const LibraryEntry& entry : entries) {
        found.insert(entry.path);
    }
    removeCards(root, found);
    QHash<QString, int> rows;
    for (int row = 0; row < cards.size(); ++row) {
        if (cards.at(row).root == root) {
            rows.insert(cards.at(row).entry.path, row);
        }
    }
    const Source source = root == samples ? Source::Sample : Source::Folder;
    QList<Card> added;
    for (const LibraryEntry& entry : entries) {
        if (const auto row = rows.constFind(entry.path); row != rows.constEnd()) {
            updateCard(*row, entry);
        } else {
            added.append({source, root, entry, {}});
        }
    }
    int end = int(cards.size());
    while (source == Source::Sample && end > 0 && cards.at(end - 1).source == Source::Folder) {
        --end; // samples stand before folders
    }
    insertCards(end, std::move(added));
    checkNeeds();
}

void LibraryModel::Private::removeCards(const QString& root, const QSet<QString>& keep)
{
    for (int row = int(cards.size()) - 1; row >= 0; --row) {
        if (cards.at(row).root == root && !keep.contains(cards.at(row).entry.path)) {
            removeRow(row);
        }
    }
}

void LibraryModel::Private::insertCards(int row, QList<Card> added)
{
    if (added.isEmpty()) {
        return;
    }
    q->beginInsertRows({}, row, row + int(added.size()) - 1);
    for (qsizetype i = 0; i < added.size(); ++i) {
        cards.insert(row + i, std::move(added[i]));
    }
    q->endInsertRows();
}

void LibraryModel::Private::updateCard(int row, LibraryEntry entry)
{
    Card& card = cards[row];
    if (card.entry == entry) {
        return;
    }
    thumbnails.forget(entry.path);
    card.lacking = card.entry.needs == entry.needs ? card.lacking : WorkflowNeeds();
    card.entry = std::move(entry);
    Q_EMIT q->dataChanged(q->index(row), q->index(row));
}

void LibraryModel::Private::removeRow(int row)
{
    q->beginRemoveRows({}, row, row);
    cards.removeAt(row);
    q->endRemoveRows();
}

bool LibraryModel::hasOwnCard(const QString& path) const
{
    return std::any_of(d->cards.cbegin(), d->cards.cend(), [&path](const Card& card) {
        return card.source != Source::Recent && card.entry.path == path;
    });
}

// --- what the server lacks ---

void LibraryModel::setCatalog(NodeCatalogPtr catalog)
{
    d->catalog = std::move(catalog);
    d->checkNeeds();
}

void LibraryModel::Private::checkNeeds()
{
    if (!catalog) {
        return;
    }
    NeedsByPath all;
    for (const Card& card : std::as_const(cards)) {
        all.insert(card.entry.path, {card.entry.needs, {}});
    }
    runInBackground(
        pool, q, [all = std::move(all), known = catalog] { return compare(all, *known); },
        [this, known = catalog](const NeedsByPath& checked) {
            if (known == catalog) { // else another server answers meanwhile
                onNeedsChecked(checked);
            }
        });
}

void LibraryModel::Private::onNeedsChecked(const NeedsByPath& checked)
{
    for (int row = 0; row < cards.size(); ++row) {
        Card& card = cards[row];
        const auto found = checked.constFind(card.entry.path);
        if (found == checked.constEnd() || found->needs != card.entry.needs
            || found->lacking == card.lacking) {
            continue; // read again meanwhile, or nothing new
        }
        card.lacking = found->lacking;
        Q_EMIT q->dataChanged(q->index(row), q->index(row),
                              {SubtitleRole, ToneRole, NeedsRole, Qt::AccessibleTextRole});
    }
}

// --- recent ---

void LibraryModel::setRecent(const QStringList& paths)
{
    for (int row = d->recentCount() - 1; row >= 0; --row) {
        d->removeRow(row);
    }
    d->recent = paths.mid(0, maxRecent);
    for (const QString& path : std::as_const(d->recent)) {
        d->readRecent(path);
    }
    Q_EMIT recentChanged();
}

QStringList LibraryModel::recent() const
{
    return d->recent;
}

void LibraryModel::noteOpened(const QString& path)
{
    const QString file = QFileInfo(path).absoluteFilePath();
    if (d->recent.value(0) == file) {
        return;
    }
    d->recent.removeOne(file);
    d->recent.prepend(file);
    while (d->recent.size() > maxRecent) {
        if (const int row = d->recentRow(d->recent.takeLast()); row >= 0) {
            d->removeRow(row);
        }
    }
    const int row = d->recentRow(file);
    if (row > 0) {
        beginMoveRows({}, row, row, {}, 0);
        d->cards.move(row, 0);
        endMoveRows();
    } else if (row < 0) {
        d->readRecent(file);
    }
    Q_EMIT recentChanged();
}

void LibraryModel::Private::readRecent(const QString& path)
{
    runInBackground(
        pool, q, [path, sample = isSample(path)] { return readLibraryEntry(path, sample); },
        [this, path](std::optional<LibraryEntry> entry) { onRecentRead(path, std::move(entry)); });
}

void LibraryModel::Private::onRecentRead(const QString& path, std::optional<LibraryEntry> entry)
{
    const qsizetype place = recent.indexOf(path);
    if (!entry || place < 0 || recentRow(path) >= 0) {
        return; // gone, or not recent any more
    }
    int row = 0;
    while (row < recentCount() && recent.indexOf(cards.at(row).entry.path) < place) {
        ++row;
    }
    insertCards(row, {{Source::Recent, {}, std::move(*entry), {}}});
    checkNeeds();
}

int LibraryModel::Private::recentCount() const
{
    const auto end =
        std::find_if(cards.begin(), cards.end(), [](const Card& c) { return c.source != Source::Recent; });
    return int(end - cards.begin());
}

int LibraryModel::Private::recentRow(const QString& path) const
{
    for (int row = 0; row < recentCount(); ++row) {
        if (cards.at(row).entry.path == path) {
            return row;
        }
    }
    return -1;
}

// --- the item model ---

void LibraryModel::setThumbnailFolder(const QString& folder)
{
    d->thumbnails.setFolder(folder);
}

void LibraryModel::setThumbnail(const QString& path, const QImage& image)
{
    d->thumbnails.keep(path, image);
}

int LibraryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(d->cards.size());
}

QVariant LibraryModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Card& card = d->cards.at(index.row());
    const QString subtitle = card.lacking.isEmpty() ? card.entry.kind : needsSummary(card.lacking);
    switch (role) {
    case TitleRole:
        return card.entry.title;
    case PathRole:
    case Qt::ToolTipRole:
        return card.entry.path;
    case SourceRole:
        return QVariant::fromValue(card.source);
    case KindRole:
        return card.entry.kind;
    case SubtitleRole:
        return subtitle;
    case ToneRole:
        return card.lacking.isEmpty() ? QString() : QStringLiteral("warn");
    case NeedsRole:
        return needsList(card.lacking);
    case ThumbnailRole:
        return d->thumbnails.thumbnail(card.entry.path, card.entry.picture);
    case Qt::AccessibleTextRole:
        return QString(card.entry.title + QStringLiteral(", ") + subtitle);
    default:
        return {};
    }
}

} // namespace gesso
