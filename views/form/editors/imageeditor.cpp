// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/editors/imageeditor.h"

#include "viewmodels/base/picturereader.h"
#include "viewmodels/base/whenready.h"
#include "viewmodels/shell/userprompts.h"
#include "views/form/editors/imagecard.h"
#include "views/form/pastedpicture.h"
#include "views/theme/themecontroller.h"
#include "views/widgets/combopopup.h"
#include "views/widgets/iconbutton.h"

#include <QClipboard>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPointer>
#include <QStringListModel>
#include <QUrl>
#include <QtConcurrentRun>

namespace gesso {

namespace {

QString firstLocalFile(const QMimeData* data)
{
    const QList<QUrl> urls = data->urls();
    for (const QUrl& url : urls) {
        if (url.isLocalFile() && QFileInfo(url.toLocalFile()).isFile())
            return url.toLocalFile();
    }
    return {};
}

} // namespace

ImageEditor::ImageEditor(const Field& field, const FormContext& context, QWidget* parent)
    : FieldEditor(parent)
    , m_context(context)
    , m_card(new ImageCard(context.theme, this))
    , m_browse(
          new IconButton(context.theme, QStringLiteral("folder-open"), tr("Choose a picture file"), m_card))
    , m_list(new IconButton(context.theme, QStringLiteral("server"), tr("Pictures on the server"), m_card))
    , m_clear(new IconButton(context.theme, QStringLiteral("x"), tr("Take the picture out"), m_card))
    , m_choices(new QStringListModel(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_card);
    for (IconButton* button : {m_list, m_browse, m_clear})
        m_card->addButton(button);
    QStringList names;
    for (const Json& choice : field.choices)
        names << toQString(choice);
    m_choices->setStringList(names);
    m_list->setVisible(!names.isEmpty());
    setAcceptDrops(true);
    m_card->installEventFilter(this);
    connect(m_card, &ImageCard::activated, this, &ImageEditor::browse);
    connect(m_browse, &QAbstractButton::clicked, this, &ImageEditor::browse);
    connect(m_list, &QAbstractButton::clicked, this, &ImageEditor::showServerList);
    connect(m_clear, &QAbstractButton::clicked, this, &ImageEditor::clearPicture);
    showState();
}

Json ImageEditor::value(int) const
{
    return toJson(m_value);
}

void ImageEditor::setValue(const Json& value, int)
{
    m_value = toQString(value);
    showState();
}

void ImageEditor::setLocalFile(const QString& path)
{
    if (path == m_localFile)
        return;
    m_localFile = path;
    ++m_loadNumber;
    m_card->setThumbnail({});
    showState();
    if (!path.isEmpty())
        loadThumbnail();
}

void ImageEditor::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    setAcceptDrops(!readOnly);
    m_card->setEnabled(!readOnly);
}

void ImageEditor::setInvalid(bool invalid)
{
    setStyleProperty(m_card, "invalid", invalid);
}

QWidget* ImageEditor::focusTarget(int) const
{
    return m_card;
}

QList<QWidget*> ImageEditor::tabStops() const
{
    return {m_card, m_list, m_browse, m_clear};
}

void ImageEditor::showState()
{
    const bool empty = m_value.isEmpty() && m_localFile.isEmpty();
    m_clear->setVisible(!empty);
    if (empty)
        m_card->setTexts(tr("Drop a picture here"), tr("or paste, or click to choose one"), true);
    else if (m_localFile.isEmpty())
        m_card->setTexts(m_value, tr("on the server"), false);
    else
        m_card->setTexts(QFileInfo(m_localFile).fileName(),
                         m_card->thumbnail().isNull() ? tr("reading …") : m_card->detail(), false);
}

void ImageEditor::loadThumbnail()
{
    const quint64 number = m_loadNumber;
    // Twice the size on screen, for dense displays.
    constexpr int side = 4 * ImageCard::thumbnailSide;
    const QString path = m_localFile;
    const auto reading = QtConcurrent::run([path] { return readPicture(path, QSize(side, side)); });
    whenReady(reading, this, [this, number](const Result<Picture>& picture) {
        if (number != m_loadNumber)
            return;
        const QString name = QFileInfo(m_localFile).fileName();
        if (picture) {
            m_card->setThumbnail(picture->image);
            m_card->setTexts(
                name, tr("%1 × %2").arg(picture->fullSize.width()).arg(picture->fullSize.height()), false);
        } else {
            m_card->setTexts(name, picture.error().message, false);
        }
    });
}

bool ImageEditor::canTake(const QMimeData* offered)
{
    return offered && (offered->hasImage() || !firstLocalFile(offered).isEmpty());
}

void ImageEditor::take(const QMimeData* offered)
{
    const QString file = firstLocalFile(offered);
    if (!file.isEmpty())
        choose(file);
    else if (offered->hasImage())
        keep(qvariant_cast<QImage>(offered->imageData()));
}

void ImageEditor::keep(const QImage& picture)
{
    const QString folder = m_context.pasteFolder;
    const auto keeping = QtConcurrent::run([picture, folder] { return keepPastedPicture(picture, folder); });
    whenReady(keeping, this, [this](const Result<QString>& path) {
        if (path)
            choose(*path);
        else
            Q_EMIT problemChanged(path.error().message);
    });
}

void ImageEditor::choose(const QString& path)
{
    Q_EMIT problemChanged(QString());
    Q_EMIT localFileChosen(path);
}

void ImageEditor::browse()
{
    if (m_readOnly)
        return;
    const QPointer<ImageEditor> self(this);
    m_context.prompts.openFile(UserPrompts::FileFilter::Picture, [self](const QString& path) {
        if (self)
            self->choose(path);
    });
}

void ImageEditor::paste()
{
    const QMimeData* offered = QGuiApplication::clipboard()->mimeData();
    if (!m_readOnly && canTake(offered))
        take(offered);
}

void ImageEditor::clearPicture()
{
    m_value.clear();
    Q_EMIT editingFinished();
    Q_EMIT edited(0);
    Q_EMIT editingFinished();
    m_card->setFocus();
}

void ImageEditor::showServerList()
{
    if (!m_popup) {
        m_popup = new ComboPopup(m_context.theme, m_choices, this);
        connect(m_popup, &ComboPopup::chosen, this, [this](int row) {
            m_value = m_choices->stringList().at(row);
            Q_EMIT editingFinished();
            Q_EMIT edited(0);
            Q_EMIT editingFinished();
        });
    }
    m_popup->openAt(m_card, int(m_choices->stringList().indexOf(m_value)), QString());
}

void ImageEditor::dragEnterEvent(QDragEnterEvent* event)
{
    if (!canTake(event->mimeData()))
        return;
    event->acceptProposedAction();
    setStyleProperty(m_card, "focused", true);
}

void ImageEditor::dragLeaveEvent(QDragLeaveEvent*)
{
    setStyleProperty(m_card, "focused", false);
}

void ImageEditor::dropEvent(QDropEvent* event)
{
    setStyleProperty(m_card, "focused", false);
    take(event->mimeData());
    event->acceptProposedAction();
}

bool ImageEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Paste)) {
            paste();
            return true;
        }
        if (key->key() == Qt::Key_Delete || key->key() == Qt::Key_Backspace) {
            clearPicture();
            return true;
        }
    }
    return FieldEditor::eventFilter(watched, event);
}

} // namespace gesso
