// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/editors/promptedit.h"

#include "views/form/promptweight.h"

#include <QKeyEvent>
#include <QScrollBar>
#include <QWheelEvent>

namespace gesso {

PromptEdit::PromptEdit(QWidget* parent)
    : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setUndoRedoEnabled(false);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QPlainTextEdit::textChanged, this, &PromptEdit::fitHeight);
    fitHeight();
}

void PromptEdit::setLines(int least, int most)
{
    m_leastLines = least;
    m_mostLines = most;
    fitHeight();
}

int PromptEdit::heightFor(int lines) const
{
    const int chrome = height() - viewport()->height();
    // Before the first layout the style's own padding and border are not known yet.
    const int frame = isVisible() ? chrome : 2 * frameWidth() + 4;
    return lines * fontMetrics().lineSpacing() + qRound(2 * document()->documentMargin()) + frame;
}

QSize PromptEdit::sizeHint() const
{
    // A QPlainTextEdit's document measures its height in lines.
    const int lines = qBound(m_leastLines, qRound(document()->size().height()), m_mostLines);
    return {120, heightFor(lines)};
}

void PromptEdit::fitHeight()
{
    const int lines = qRound(document()->size().height());
    setVerticalScrollBarPolicy(lines > m_mostLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    const int wanted = sizeHint().height();
    if (height() != wanted || minimumHeight() != wanted)
        setFixedHeight(wanted);
}

void PromptEdit::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

void PromptEdit::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitHeight();
}

void PromptEdit::setWholeText(const QString& text)
{
    const QString old = toPlainText();
    if (old == text)
        return;
    const qsizetype shorter = qMin(old.size(), text.size());
    qsizetype head = 0;
    while (head < shorter && old[head] == text[head])
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head && old[old.size() - 1 - tail] == text[text.size() - 1 - tail])
        ++tail;
    // Never between the halves of a surrogate pair: an emoji is one change.
    if (head > 0 && text[head - 1].isHighSurrogate())
        --head;
    if (tail > 0 && text[text.size() - tail].isLowSurrogate())
        --tail;
    QTextCursor cursor(document());
    cursor.setPosition(int(head));
    cursor.setPosition(int(old.size() - tail), QTextCursor::KeepAnchor);
    cursor.insertText(text.sliced(head, text.size() - head - tail));
    if (hasFocus())
        setTextCursor(cursor);
}

void PromptEdit::keyPressEvent(QKeyEvent* event)
{
    const bool control = event->modifiers() == Qt::ControlModifier
        || event->modifiers() == (Qt::ControlModifier | Qt::KeypadModifier);
    constexpr double step = 0.05;
    if (control && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        event->ignore(); // the window's: generate
    } else if (control && m_weightKeys && !isReadOnly() && event->key() == Qt::Key_Up) {
        weigh(step);
    } else if (control && m_weightKeys && !isReadOnly() && event->key() == Qt::Key_Down) {
        weigh(-step);
    } else {
        QPlainTextEdit::keyPressEvent(event);
    }
}

void PromptEdit::weigh(double delta)
{
    const QTextCursor before = textCursor();
    const TextSelection weighed =
        adjustWeight({toPlainText(), before.selectionStart(), before.selectionEnd()}, delta);
    setWholeText(weighed.text);
    QTextCursor after = textCursor();
    after.setPosition(int(weighed.start));
    after.setPosition(int(weighed.end), QTextCursor::KeepAnchor);
    setTextCursor(after);
}

// Scrolls the form unless the text is the focus and itself longer than its box.
void PromptEdit::wheelEvent(QWheelEvent* event)
{
    if (hasFocus() && verticalScrollBar()->maximum() > 0)
        QPlainTextEdit::wheelEvent(event);
    else
        event->ignore();
}

void PromptEdit::focusOutEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        Q_EMIT focusLeft();
}

} // namespace gesso
