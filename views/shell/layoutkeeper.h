// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

class QMainWindow;
class QSettings;

namespace gesso {

// Remembers where the window and its docks stand, shortly after they were moved and not only at the end: a
// Gesso that is killed finds them again. Of two windows, the one that changed last is remembered; the file is
// never mixed of both, as QSettings replaces it under a lock.
class LayoutKeeper : public QObject
{
    Q_OBJECT

public:
    // Both must outlive this. The docks must exist and be named.
    LayoutKeeper(QMainWindow& window, QSettings& settings);

    bool restoreGeometry(); // false if none is known, or one that makes no sense
    bool restoreDocks(); // likewise; then they stand as they did
    void watch(); // from now on changes are remembered
    void save();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void remember(const QString& key, const QByteArray& value);

    QMainWindow& m_window;
    QSettings& m_settings;
    QTimer m_delay;
};

} // namespace gesso
