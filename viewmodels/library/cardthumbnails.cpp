// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/library/cardthumbnails.h"

#include "core/base/log.h"
#include "core/store/atomicwrite.h"
#include "viewmodels/base/background.h"
#include "viewmodels/base/picturereader.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>

namespace gesso {

namespace {

constexpr QSize thumbnailBox{320, 240};
constexpr int maxCachedBytes = 48 * 1024 * 1024;

QImage scaledDown(const QImage& image)
{
    const QSize size = image.size().scaled(thumbnailBox, Qt::KeepAspectRatio);
    return size.width() < image.width() ? image.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                                        : image;
}

void savePicture(const QImage& image, const QString& path)
{
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    QDir().mkpath(QFileInfo(path).absolutePath());
    if (const auto failure = writeAtomically(path, png)) {
        log::warning(log::Category::Store, QStringLiteral("cannot keep a thumbnail: ") + failure->reason);
    }
}

} // namespace

CardThumbnails::CardThumbnails(QObject* parent)
    : QObject(parent)
    , m_images(maxCachedBytes)
{
    m_pool.setMaxThreadCount(1);
    m_pool.setThreadPriority(QThread::LowPriority);
}

CardThumbnails::~CardThumbnails()
{
    m_pool.waitForDone(); // a kept picture that is being written is finished
}

void CardThumbnails::setFolder(const QString& folder)
{
    m_folder = folder;
    m_asked.clear();
}

QString CardThumbnails::keptPath(const QString& workflow) const
{
    const QByteArray hash = QCryptographicHash::hash(workflow.toUtf8(), QCryptographicHash::Sha1);
    return m_folder.isEmpty()
        ? QString()
        : QString(m_folder + u'/' + QString::fromLatin1(hash.toHex()) + QStringLiteral(".png"));
}

QImage CardThumbnails::thumbnail(const QString& workflow, const QString& picture)
{
    if (const QImage* known = m_images.object(workflow)) {
        return *known;
    }
    const QString file = picture.isEmpty() ? keptPath(workflow) : picture;
    if (file.isEmpty() || m_asked.contains(workflow)) {
        return {};
    }
    m_asked.insert(workflow);
    runInBackground(
        m_pool, this, [file] { return readPicture(file, thumbnailBox); },
        [this, workflow](const Result<Picture>& result) {
            // Without a picture it stays asked for, so that it is not tried at every repaint.
            if (result && m_asked.remove(workflow)) {
                m_images.insert(workflow, new QImage(result->image), int(result->image.sizeInBytes()));
                Q_EMIT loaded(workflow);
            }
        });
    return {};
}

void CardThumbnails::keep(const QString& workflow, const QImage& image)
{
    const QImage small = scaledDown(image);
    m_asked.remove(workflow);
    m_images.insert(workflow, new QImage(small), int(small.sizeInBytes()));
    if (const QString file = keptPath(workflow); !file.isEmpty()) {
        m_pool.start([small, file] { savePicture(small, file); });
    }
    Q_EMIT loaded(workflow);
}

void CardThumbnails::forget(const QString& workflow)
{
    m_asked.remove(workflow);
    m_images.remove(workflow);
}

} // namespace gesso
