// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/client.h"

#include <QCoreApplication>

#include <array>
#include <cstdio>

#include <unistd.h>

namespace gesso::chaos {

Client::Client(const Place& place)
    : m_core(place)
    , m_input(STDIN_FILENO, QSocketNotifier::Read)
{
    connect(&m_input, &QSocketNotifier::activated, this, [this] { read(); });
}

void Client::read()
{
    std::array<char, 4096> bytes{};
    const auto count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (count <= 0) { // who drives this has ended
        m_input.setEnabled(false);
        QCoreApplication::quit();
        return;
    }
    m_line.append(bytes.data(), count);
    while (m_line.contains('\n')) {
        const qsizetype end = m_line.indexOf('\n');
        const Result<Json> words = parseJson(m_line.first(end));
        m_line.remove(0, end + 1);
        if (words) {
            obey(*words);
        }
    }
}

void Client::obey(const Json& words)
{
    const QString what = stringMember(words, "do");
    if (what == QLatin1String("submit")) {
        m_core.submit(planFrom(words["plan"]));
    } else if (what == QLatin1String("cancel")) {
        m_core.cancel(words["index"].get<int>());
    } else if (what == QLatin1String("disk")) {
        m_core.setDiskSpace(words["bytes"].get<qint64>());
    } else if (what == QLatin1String("clock")) {
        m_core.jumpClock(words["ms"].get<qint64>());
    } else if (what == QLatin1String("retry")) {
        m_core.retryDownloads();
    } else if (what == QLatin1String("ask")) {
        // After what was said before has begun.
        QMetaObject::invokeMethod(
            this, [this, number = words["number"].get<int>()] { tell(number); }, Qt::QueuedConnection);
    }
}

void Client::tell(int number)
{
    Json answer = toJson(*m_core.answer());
    answer["number"] = number;
    std::puts(answer.dump().c_str());
    std::fflush(stdout);
}

} // namespace gesso::chaos
