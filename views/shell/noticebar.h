// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QBoxLayout;
class QHBoxLayout;
class QLabel;

namespace gesso {

struct Notice;
class ThemeController;

// One notice: what happened in plain words, the ways out as links, details folded and copyable.
class NoticeBar : public QFrame
{
    Q_OBJECT

public:
    NoticeBar(const Notice& notice, const ThemeController& theme, QWidget* parent = nullptr);

Q_SIGNALS:
    void actionTriggered(int action);
    void dismissed();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QLabel* createText(const QString& notice);
    QHBoxLayout* createLinks(const Notice& notice);
    QWidget* createDetails(const QString& detail);

    QBoxLayout* m_words = nullptr; // the text and its links: side by side, one over the other when narrow
    QWidget* m_details = nullptr;
};

} // namespace gesso
