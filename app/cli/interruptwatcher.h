// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QSocketNotifier;

namespace gesso::cli {

// Turns SIGINT and SIGTERM into a signal of the event loop. The second one ends the process at once with exit
// code 4. One per process (a signal handler can only reach a global).
class InterruptWatcher : public QObject
{
    Q_OBJECT

public:
    explicit InterruptWatcher(QObject* parent = nullptr);
    ~InterruptWatcher() override;

Q_SIGNALS:
    void interrupted();

private:
    void drain();

    QSocketNotifier* m_notifier = nullptr;
};

} // namespace gesso::cli
