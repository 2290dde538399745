// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/base/log.h"

#include "core/base/harmlesstext.h"
#include "core/base/secrets.h"

#include <QDir>
#include <QFile>

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>

namespace gesso::log {
namespace {

constexpr std::array kCategoryNames{"app", "net", "comfy", "workflow", "run", "store", "demo", "view"};

spdlog::level::level_enum spdLevel(Level level)
{
    switch (level) {
    case Level::Debug:
        return spdlog::level::debug;
    case Level::Info:
        return spdlog::level::info;
    case Level::Warning:
        return spdlog::level::warn;
    case Level::Error:
        return spdlog::level::err;
    }
    return spdlog::level::info;
}

constexpr auto kLoggerName = "gesso";

std::shared_ptr<spdlog::logger> makeLogger(const QString& folder, Level stderrLevel)
{
    auto terminal = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    terminal->set_level(spdLevel(stderrLevel));
    std::vector<spdlog::sink_ptr> sinks{terminal};
    if (!folder.isEmpty() && QDir().mkpath(folder)) {
        // Names of files and servers are nobody else's business on a machine that others use too.
        QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        constexpr std::size_t kFileBytes = 2 * 1024 * 1024;
        constexpr std::size_t kOlderFiles = 4; // besides the one being written
        try {
            sinks.push_back(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
                QDir(folder).filePath(QStringLiteral("gesso.log")).toStdString(), kFileBytes, kOlderFiles));
        } catch (const spdlog::spdlog_ex&) {
            // A log that cannot be written must not stop the program: stderr stays.
        }
    }
    auto logger = std::make_shared<spdlog::logger>(kLoggerName, sinks.begin(), sinks.end());
    logger->set_level(spdlog::level::debug);
    logger->flush_on(spdlog::level::info); // what a crash leaves behind must be readable
    return logger;
}

std::shared_ptr<spdlog::logger> logger()
{
    if (auto existing = spdlog::get(kLoggerName)) {
        return existing;
    }
    auto made = makeLogger({}, Level::Warning);
    try {
        spdlog::register_logger(made);
    } catch (const spdlog::spdlog_ex&) {
        return spdlog::get(kLoggerName); // another thread was first
    }
    return made;
}

// What a line may say, whatever a server or a file put into it: no secrets, no line of its own, no escape
// sequences for the terminal, and not more than can be read.
std::string lineOf(const QString& text)
{
    constexpr qsizetype kLongest = 8192;
    QString line = text.size() > kLongest ? QString(text.left(kLongest) + u'…') : text;
    const bool mayTellASecret = line.contains(u':') || line.contains(u'=')
        || line.contains(QLatin1String("earer"), Qt::CaseInsensitive)
        || line.contains(QLatin1String("asic"), Qt::CaseInsensitive);
    if (mayTellASecret) {
        line = withoutSecrets(line);
    }
    line = harmlessLine(line);
    return line.toStdString();
}

} // namespace

void start(const QString& folder, Level stderrLevel)
{
    spdlog::drop(kLoggerName);
    spdlog::register_logger(makeLogger(folder, stderrLevel));
}

void write(Category category, Level level, const QString& text)
{
    if (auto sink = logger()) {
        sink->log(spdLevel(level), "{}: {}", kCategoryNames.at(static_cast<std::size_t>(category)),
                  lineOf(text));
    }
}

QString redact(const QString& secret)
{
    return QStringLiteral("<%1 characters>").arg(secret.size());
}

} // namespace gesso::log
