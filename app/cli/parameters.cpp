// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/parameters.h"

#include "core/form/formbuilder.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QFileInfo>

namespace gesso::cli {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::cli", text);
}

bool takesFile(const Field& field)
{
    return field.kind == FieldKind::Image || field.kind == FieldKind::Mask || field.kind == FieldKind::File;
}

// The server lists only the top of its input folder: names with a folder or "[output]" are its to judge.
bool mayBeOnServer(const Field& field, const QString& name)
{
    return field.choices.contains(toJson(name)) || name.contains(u'/') || name.endsWith(u']');
}

Result<Json> fileValue(const Field& field, const QString& text, QList<RunUpload>& uploads)
{
    const QFileInfo file(text);
    if (file.isFile()) {
        if (!file.isReadable()) {
            return fail(ErrorKind::Unreadable, tr("The file %1 cannot be read.").arg(text),
                        tr("Check its permissions."));
        }
        uploads.append({file.absoluteFilePath(), field.ref.node, field.ref.input});
        return toJson(file.fileName());
    }
    if (!mayBeOnServer(field, text)) {
        return fail(
            ErrorKind::Unreadable, tr("There is no file %1, neither here nor on the server.").arg(text),
            tr("%1 takes a file of this machine, which is uploaded, or the name of one on the server.")
                .arg(field.label));
    }
    return toJson(text);
}

Result<void> apply(const QString& assignment, Workflow& workflow, const NodeCatalog& catalog, Form& form,
                   QList<RunUpload>& uploads)
{
    const qsizetype equals = assignment.indexOf(u'=');
    if (equals <= 0) {
        return fail(ErrorKind::Usage, tr("-p takes Key=Value, not \"%1\".").arg(assignment));
    }
    const Result<qsizetype> index = findField(form, assignment.left(equals));
    if (!index) {
        return fail(index.error());
    }
    Field& field = form.fields[*index];
    const QString text = assignment.mid(equals + 1);
    const Result<Json> value =
        takesFile(field) ? fileValue(field, text, uploads) : parseFieldValue(field, text);
    if (!value) {
        return fail(value.error());
    }
    if (field.linked) {
        return fail(ErrorKind::Usage, tr("%1 is driven by another node.").arg(field.label),
                    tr("Set the value of that node instead."));
    }
    field.value = *value;
    if (const Result<void> set = setFieldValue(workflow, catalog, field.ref, *value); !set) {
        return set;
    }
    if (field.choosesInputs) { // the next key may be of an input that it brings
        form = buildForm(workflow, catalog);
    }
    return {};
}

} // namespace

void Parameters::declare(CLI::App& app)
{
    app.add_option(
           "-p,--param", assignments,
           tr("Set a value: a label, NodeTitle.input, id.input, or PositivePrompt, NegativePrompt, Seed, "
              "Steps, Cfg, "
              "Sampler, Scheduler, Denoise, Width, Height, Batch, Model, Lora, Image, Mask, OutputPrefix")
               .toStdString())
        ->type_name("Key=Value")
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false);
}

Result<QList<RunUpload>> applyParameters(const Parameters& parameters, Workflow& workflow,
                                         const NodeCatalog& catalog, Form& form)
{
    QList<RunUpload> uploads;
    for (const std::string& assignment : parameters.assignments) {
        if (const Result<void> applied =
                apply(QString::fromStdString(assignment), workflow, catalog, form, uploads);
            !applied) {
            return fail(applied.error());
        }
    }
    return uploads;
}

std::optional<Seed> mainSeed(const Form& form)
{
    for (const Field& field : form.fields) {
        if (field.role == FieldRole::Seed && field.value.is_number_unsigned()) {
            return Seed{field.value.get<std::uint64_t>()};
        }
        if (field.role == FieldRole::Seed && field.value.is_number_integer()
            && field.value.get<std::int64_t>() >= 0) {
            return Seed{static_cast<std::uint64_t>(field.value.get<std::int64_t>())};
        }
    }
    return std::nullopt;
}

} // namespace gesso::cli
