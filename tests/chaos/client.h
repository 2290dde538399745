// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/chaos/core.h"

#include <QSocketNotifier>

namespace gesso::chaos {

// The inside of a Gesso process: does what the lines on its standard input say, until that ends.
class Client : public QObject
{
public:
    explicit Client(const Place& place);

private:
    void read();
    void obey(const Json& words);
    void tell(int number);

    Core m_core;
    QSocketNotifier m_input;
    QByteArray m_line;
};

} // namespace gesso::chaos
