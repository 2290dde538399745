// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/form/sampletitle.h"

namespace gesso {

QString sampleTitle(const QString& fileTitle)
{
    QString title = fileTitle;
    title.replace(u'-', u' ').replace(u'_', u' ');
    return title.isEmpty() ? title : QString(title.at(0).toUpper() + title.mid(1));
}

} // namespace gesso
