// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>

namespace gesso::cli {
namespace {

std::string tr(const char* text)
{
    return QCoreApplication::translate("gesso::cli", text).toStdString();
}

} // namespace

bool Command::isChosen() const
{
    return m_app && m_app->parsed();
}

CLI::App& Command::add(CLI::App& parent, const char* name, const QString& description, const char* examples)
{
    m_app = parent.add_subcommand(name, description.toStdString());
    m_app->footer(tr("Examples:") + '\n' + examples);
    m_app->add_flag("--json", m_json, tr("Print JSON lines on stdout, errors included"));
    return *m_app;
}

} // namespace gesso::cli
