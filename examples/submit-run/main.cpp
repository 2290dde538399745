// SPDX-License-Identifier: LGPL-3.0-or-later
// Submits a workflow to a ComfyUI server, follows its progress and saves the results:
//   submit-run http://127.0.0.1:8188 workflow.json output-folder
// The workflow may be what the web front end saves, its API export, or a picture with a workflow inside.
#include <gesso/core/base/clock.h>
#include <gesso/core/run/runservice.h>
#include <gesso/core/server/serversession.h>
#include <gesso/core/workflow/graphconverter.h>
#include <gesso/core/workflow/reader.h>

#include <QCoreApplication>
#include <QTextStream>

using namespace gesso;

namespace {

int tell(const Error& error)
{
    QTextStream(stderr) << error.message << "\n" << error.hint << "\n";
    return int(exitCodeFor(error.kind));
}

// What is sent: the document itself if it is a prompt already, else its conversion with the server's own
// nodes.
Result<Prompt> promptOf(const Workflow& workflow, const NodeCatalog& catalog)
{
    if (workflow.prompt() != nullptr) {
        return *workflow.prompt();
    }
    const Result<Conversion> conversion = convertGraph(*workflow.graph(), catalog);
    if (!conversion) {
        return fail(conversion.error());
    }
    if (hasErrors(conversion->diagnostics)) {
        return fail(ErrorKind::InvalidWorkflow, conversion->diagnostics.first().message);
    }
    return conversion->prompt;
}

} // namespace

int main(int argc, char* argv[])
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 4) {
        QTextStream(stderr) << "usage: submit-run SERVER WORKFLOW FOLDER\n";
        return int(ExitCode::Usage);
    }

    const SystemClock clock;
    ServerSession session({{}, serverUrlFromText(arguments[1]), {}, false}, clock, {});
    if (const Result<void> opened = QCoro::waitFor(session.open()); !opened) {
        return tell(opened.error());
    }
    const Result<Workflow> workflow = readWorkflowFile(arguments[2]);
    if (!workflow) {
        return tell(workflow.error());
    }
    const Result<Prompt> prompt = promptOf(*workflow, *session.catalog());
    if (!prompt) {
        return tell(prompt.error());
    }

    RunService& runs = session.runs();
    QObject::connect(&runs, &RunService::changed, &app, [&](const PromptId& id) {
        QTextStream(stderr) << nameOf(runs.state(id)->phase) << " " << int(runs.state(id)->overall * 100)
                            << " %\n";
    });
    QObject::connect(&runs, &RunService::fileSaved, &app, [](const PromptId&, const SavedFile& file) {
        QTextStream(stdout) << file.path << "\n";
    });
    QObject::connect(&runs, &RunService::finished, &app, [&](const PromptId& id) {
        const std::optional<Error> error = runs.state(id)->error;
        QCoreApplication::exit(error ? tell(*error) : int(ExitCode::Done));
    });

    RunRequest request;
    request.id = newPromptId();
    request.title = workflow->title;
    request.prompt = *prompt;
    request.outputFolder = arguments[3];
    request.created = clock.now();
    runs.submit(request);
    return QCoreApplication::exec();
}
