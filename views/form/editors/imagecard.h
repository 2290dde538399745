// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QImage>

class QHBoxLayout;
class QLabel;

namespace gesso {

class ElidedLabel;
class ThemeController;

// The face of an ImageEditor: thumbnail or icon, a name, a small line under it, buttons at the right. Takes
// the focus, and Enter or a click ask for a file.
class ImageCard : public QFrame
{
    Q_OBJECT

public:
    explicit ImageCard(const ThemeController& theme, QWidget* parent = nullptr);

    static constexpr int thumbnailSide = 40;

    void setTexts(const QString& name, const QString& detail, bool isHint);
    void setThumbnail(const QImage& thumbnail); // null: the icon
    const QImage& thumbnail() const { return m_thumbnail; }
    QString detail() const;
    void addButton(QWidget* button);

Q_SIGNALS:
    void activated();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    QRect thumbnailRect() const;

    const ThemeController& m_theme;
    ElidedLabel* m_name;
    ElidedLabel* m_detail;
    QHBoxLayout* m_row;
    QImage m_thumbnail;
};

} // namespace gesso
