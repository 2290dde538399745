// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/form/binding.h"

#include <QCoreApplication>
#include <QStringList>

namespace gesso {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::Form", text);
}

constexpr qsizetype kMaxCandidates = 24;

using Test = bool (*)(const Field& field, const QString& key);

bool sameText(const QString& a, const QString& b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

bool isRole(const Field& field, const QString& key)
{
    return field.role != FieldRole::None && sameText(nameOf(field.role), key);
}

bool isRef(const Field& field, const QString& key)
{
    return field.ref.toString() == key;
}

bool isLabel(const Field& field, const QString& key)
{
    return sameText(field.label, key);
}

bool isTitle(const Field& field, const QString& key)
{
    return sameText(field.nodeTitle + QLatin1Char('.') + field.ref.input, key)
        || sameText(field.nodeType + QLatin1Char('.') + field.ref.input, key);
}

QList<qsizetype> matching(const Form& form, const QString& key, Test test)
{
    QList<qsizetype> found;
    for (qsizetype i = 0; i < form.fields.size(); ++i) {
        if (test(form.fields.at(i), key)) {
            found.append(i);
        }
    }
    return found;
}

QString listed(const Form& form, const QList<qsizetype>& fields)
{
    QStringList lines;
    for (const qsizetype index : fields.mid(0, kMaxCandidates)) {
        const Field& field = form.fields.at(index);
        lines.append(QStringLiteral("%1 (%2, %3)").arg(field.ref.toString(), field.label, field.nodeTitle));
    }
    if (fields.size() > kMaxCandidates) {
        lines.append(tr("and %1 more").arg(fields.size() - kMaxCandidates));
    }
    return lines.join(QStringLiteral(", "));
}

// What a person most likely meant: fields whose name holds the key, then the well-known ones, then all.
QList<qsizetype> suggestions(const Form& form, const QString& key)
{
    const QString wanted = key.section(u'.', -1);
    QList<qsizetype> near;
    QList<qsizetype> wellKnown;
    QList<qsizetype> rest;
    for (qsizetype i = 0; i < form.fields.size(); ++i) {
        const Field& field = form.fields.at(i);
        const bool isNear = !wanted.isEmpty()
            && (field.label.contains(wanted, Qt::CaseInsensitive)
                || field.ref.input.contains(wanted, Qt::CaseInsensitive)
                || nameOf(field.role).contains(wanted, Qt::CaseInsensitive));
        (isNear ? near : field.essential || field.role != FieldRole::None ? wellKnown : rest).append(i);
    }
    return near + wellKnown + rest;
}

} // namespace

Result<qsizetype> findField(const Form& form, const QString& key)
{
    // The first rule that matches anything decides: well-known names mean the same in every workflow.
    for (const Test test : {&isRole, &isRef, &isLabel, &isTitle}) {
        const QList<qsizetype> found = matching(form, key, test);
        if (found.size() == 1) {
            return found.first();
        }
        if (found.size() > 1) {
            return fail(ErrorKind::Usage,
                        tr("\"%1\" could mean %2 fields.").arg(key, QString::number(found.size())),
                        tr("Name one of them by its id: %1").arg(listed(form, found)));
        }
    }
    return fail(ErrorKind::Usage, tr("This workflow has no field \"%1\".").arg(key),
                form.fields.isEmpty() ? tr("It has no fields at all.")
                                      : tr("It has: %1").arg(listed(form, suggestions(form, key))));
}

} // namespace gesso
