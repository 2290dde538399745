// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace gesso {

// A plain-text edit as tall as its text, within limits. Tab leaves it; Ctrl+↑ and Ctrl+↓ weigh words where
// setWeightKeys() says so; undo belongs to the document (UndoKeys).
class PromptEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit PromptEdit(QWidget* parent = nullptr);

    void setLines(int least, int most);
    void setWeightKeys(bool on) { m_weightKeys = on; }
    void setWholeText(const QString& text); // changes just what differs, so that caret and scroll stay

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void focusLeft();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void weigh(double delta);
    void fitHeight();
    int heightFor(int lines) const;

    int m_leastLines = 2;
    int m_mostLines = 12;
    bool m_weightKeys = false;
};

} // namespace gesso
