// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QImage>
#include <QObject>
#include <QSet>
#include <QThreadPool>

namespace gesso {

// The pictures of the library's cards: loaded off the GUI thread when first asked for, only the recently
// shown ones held in memory, made ones (newest results) kept on disk.
class CardThumbnails : public QObject
{
    Q_OBJECT

public:
    explicit CardThumbnails(QObject* parent = nullptr);
    ~CardThumbnails() override;

    void setFolder(const QString& folder); // for kept pictures; empty keeps none

    // Null until loaded or if there is none. `picture`: the file's own picture, or empty for the kept one.
    QImage thumbnail(const QString& workflow, const QString& picture);
    void keep(const QString& workflow, const QImage& image);
    void forget(const QString& workflow); // the file changed: load it again when asked

Q_SIGNALS:
    void loaded(const QString& workflow);

private:
    QString keptPath(const QString& workflow) const;

    QString m_folder;
    QCache<QString, QImage> m_images; // cost: bytes
    QSet<QString> m_asked; // under way, or known to have none
    QThreadPool m_pool; // last: its thread ends before the rest goes
};

} // namespace gesso
