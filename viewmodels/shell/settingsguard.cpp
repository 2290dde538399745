// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/settingsguard.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace gesso {

namespace {

constexpr qint64 maxBytes = 16 * 1024 * 1024;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(gesso::SettingsGuard)
};

int digitOf(char c, int base)
{
    const int digit = c >= '0' && c <= '9' ? c - '0'
        : c >= 'a' && c <= 'f'             ? c - 'a' + 10
        : c >= 'A' && c <= 'F'             ? c - 'A' + 10
                                           : base;
    return digit < base ? digit : -1;
}

// What QSettings makes of a value's text: quotes and joined lines go, "\x40" and "\100" become "@".
QByteArray unescaped(const QByteArray& text)
{
    QByteArray plain;
    plain.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '"') {
            continue;
        }
        if (text[i] != '\\' || i + 1 == text.size()) {
            plain += text[i];
            continue;
        }
        ++i;
        const bool isHex = text[i] == 'x';
        const int base = isHex ? 16 : 8;
        qsizetype at = isHex ? i + 1 : i;
        int value = 0;
        const qsizetype first = at;
        while (at < text.size() && digitOf(text[at], base) >= 0) {
            value = (value * base + digitOf(text[at], base)) & 0xFFFF;
            ++at;
        }
        if (at > first) {
            plain += char(value);
            i = at - 1;
        } else if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') {
            ++i;
        } else if (text[i] != '\n' && text[i] != '\r') {
            plain += text[i];
        }
    }
    return plain;
}

} // namespace

bool holdsUnsafeSettings(const QString& path)
{
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly)) {
        return false;
    }
    if (file.size() > maxBytes) {
        return true;
    }
    const QByteArray text = unescaped(file.readAll());
    return text.contains("@Variant(") || text.contains("@DateTime(");
}

std::optional<Error> setAsideUnsafeSettings(const QString& path)
{
    if (!holdsUnsafeSettings(path)) {
        return std::nullopt;
    }
    const QString kept = path + QStringLiteral(".damaged");
    QFile::remove(kept);
    if (!QFile::rename(path, kept)) {
        QFile::remove(path);
    }
    return Error{ErrorKind::Unreadable,
                 Text::tr("The settings in %1 are damaged.").arg(QDir::toNativeSeparators(path)),
                 Text::tr("Gesso begins with new ones; the file as it was is kept as %1.")
                     .arg(QFileInfo(kept).fileName()),
                 {}};
}

} // namespace gesso
