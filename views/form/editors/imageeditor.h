// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "views/form/fieldeditor.h"
#include "views/form/formcontext.h"

class QLabel;
class QMimeData;
class QStringListModel;

namespace gesso {

class ComboPopup;
class ElidedLabel;
class IconButton;
class ImageCard;

// The picture a node loads: dropped, pasted, browsed for, or one of those the server has. A file of this
// machine shows its thumbnail and size; it is uploaded when a run is made.
class ImageEditor : public FieldEditor
{
    Q_OBJECT

public:
    ImageEditor(const Field& field, const FormContext& context, QWidget* parent = nullptr);

    Json value(int part) const override;
    void setValue(const Json& value, int part) override;
    void setLocalFile(const QString& path) override;
    void setReadOnly(bool readOnly) override;
    void setInvalid(bool invalid) override;
    QWidget* focusTarget(int part) const override;
    QList<QWidget*> tabStops() const override;

    // Whether what is dragged or on the clipboard holds a picture or a file of this machine.
    static bool canTake(const QMimeData* offered);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void take(const QMimeData* offered);
    void keep(const QImage& picture);
    void choose(const QString& path);
    void browse();
    void paste();
    void clearPicture();
    void showServerList();
    void loadThumbnail();
    void showState();

    const FormContext& m_context;
    ImageCard* m_card;
    IconButton* m_browse;
    IconButton* m_list;
    IconButton* m_clear;
    ComboPopup* m_popup = nullptr;
    QStringListModel* m_choices;
    QString m_value;
    QString m_localFile;
    quint64 m_loadNumber = 0; // only the newest thumbnail is shown
    bool m_readOnly = false;
};

} // namespace gesso
