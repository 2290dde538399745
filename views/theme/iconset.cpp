// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/theme/iconset.h"

#include "views/theme/svgiconengine.h"

#include <QDirIterator>
#include <QFile>

namespace gesso {

IconSet::IconSet()
    : m_theme(std::make_shared<Theme>())
{
    QDirIterator files(QStringLiteral(":/gesso/icons"), {QStringLiteral("*.svg")});
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            m_svgs.insert(files.fileInfo().completeBaseName(), file.readAll());
    }
}

void IconSet::setTheme(const Theme& theme)
{
    *m_theme = theme;
}

QStringList IconSet::names() const
{
    return m_svgs.keys();
}

QIcon IconSet::icon(const QString& name, ColorToken color) const
{
    const auto svg = m_svgs.constFind(name);
    if (svg == m_svgs.constEnd())
        return {};
    return QIcon(new SvgIconEngine(*svg, name, color, m_theme));
}

} // namespace gesso
