// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/binding.h"
#include "core/form/formbuilder.h"
#include "core/workflow/reader.h"
#include "tests/fuzz/fuzzcatalog.h"
#include "tests/fuzz/fuzztarget.h"

using namespace gesso;

// Any workflow as a form: every field can be read, and takes its own value again.
void fuzz(const QByteArray& bytes)
{
    const auto json = parseJson(bytes);
    auto workflow = json ? workflowFromJson(*json, QString()) : fail(json.error());
    if (!workflow) {
        return;
    }
    const Form form = buildForm(*workflow, fuzzing::catalog());
    for (const Field& field : form.fields) {
        (void)parseFieldValue(field, QStringLiteral("7"));
        if (const Result<Json> value = fieldValue(*workflow, fuzzing::catalog(), field.ref)) {
            (void)setFieldValue(*workflow, fuzzing::catalog(), field.ref, *value);
        }
    }
}
