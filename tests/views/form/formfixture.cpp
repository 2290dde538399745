// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/views/form/formfixture.h"

#include <QApplication>
#include <QFile>
#include <QSignalSpy>

namespace gesso::test {

void FilePrompts::openFile(FileFilter, std::function<void(QString)> done)
{
    ++asked;
    if (!file.isEmpty())
        done(file);
}

QString dataFile(const QString& name)
{
    return qEnvironmentVariable("GESSO_SOURCE_DIR") + QLatin1String("/tests/data/form/") + name;
}

NodeCatalogPtr testCatalog()
{
    QFile file(dataFile(QStringLiteral("object_info.json")));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const auto catalog = NodeCatalog::parse(file.readAll());
    return catalog ? *catalog : NodeCatalogPtr();
}

FormFixture::FormFixture(ThemeChoice choice)
    : settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat)
    , theme(*qApp, settings)
    , panel(document, theme, prompts)
{
    theme.setChoice(choice);
    panel.resize(372, 860);
}

bool FormFixture::open(const QString& path, NodeCatalogPtr catalog)
{
    QSignalSpy opened(&document, &WorkflowDocument::opened);
    QSignalSpy failed(&document, &WorkflowDocument::openFailed);
    document.setCatalog(std::move(catalog));
    document.open(path);
    while (opened.isEmpty() && failed.isEmpty()) {
        if (!opened.wait(5000))
            break;
    }
    if (!failed.isEmpty())
        qWarning("%s", qPrintable(failed.first().first().value<Error>().message));
    return !opened.isEmpty();
}

qsizetype FormFixture::index(const QString& node, const QString& input) const
{
    return document.form().indexOf({NodeId(node), input});
}

Json FormFixture::value(const QString& node, const QString& input) const
{
    return document.field(index(node, input)).value;
}

FieldRow* FormFixture::row(const QString& node, const QString& input) const
{
    return panel.rowOf(index(node, input));
}

Diagnostic badCheckpoint()
{
    Diagnostic finding;
    finding.code = QStringLiteral("value-not-in-list");
    finding.node = NodeId(QStringLiteral("1"));
    finding.input = QStringLiteral("ckpt_name");
    finding.message = QStringLiteral("Not on studio-gpu");
    finding.fix = Diagnostic::Fix{QStringLiteral("Use sdxl/juggernautXL_v9.safetensors"),
                                  toJson(QStringLiteral("sdxl/juggernautXL_v9.safetensors"))};
    return finding;
}

} // namespace gesso::test
