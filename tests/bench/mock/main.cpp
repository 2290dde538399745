// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/mock/mockserver.h"

#include <CLI/CLI.hpp>

#include <QFile>

#include <cstdio>

using namespace gesso::bench;

int main(int argc, char** argv)
{
    CLI::App app("A server that speaks ComfyUI's protocol and does nothing, to measure clients against");
    MockOptions options;
    std::string objectInfo;
    const std::map<std::string, Outage> outages{{"none", Outage::None},
                                                {"cut", Outage::Cut},
                                                {"refuse", Outage::Refuse},
                                                {"restart", Outage::Restart}};
    app.add_option("--port", options.port, "0: any; told on stdout");
    app.add_option("--delay", options.delayMs, "Milliseconds a job takes");
    app.add_option("--steps", options.steps, "Progress frames of a job");
    app.add_flag("--answers-first", options.answersFirst, "Answer a prompt before its frames");
    app.add_option("--previews", options.previews, "Preview frames of each job, as fast as they are taken");
    app.add_flag("--step-previews", options.stepsHavePreviews, "A preview with each progress frame");
    app.add_option("--preview-side", options.previewSide, "Pixels");
    app.add_flag("!--old-previews", options.hasPreviewMetadata, "Previews without metadata");
    app.add_option("--result-side", options.resultSide, "Pixels of the PNG each job makes");
    app.add_option("--object-info", objectInfo, "File to serve as /object_info")->check(CLI::ExistingFile);
    app.add_option("--outage", options.outage, "What goes wrong, once")
        ->transform(CLI::CheckedTransformer(outages));
    app.add_option("--outage-after", options.outageAfterMs, "Milliseconds since the first job began");
    app.add_option("--outage-ms", options.outageMs, "How long nothing is reachable");
    CLI11_PARSE(app, argc, argv);
    if (!objectInfo.empty()) {
        QFile file(QString::fromStdString(objectInfo));
        if (!file.open(QIODevice::ReadOnly)) {
            return 1;
        }
        options.objectInfo = file.readAll();
    }
    MockServer server(options);
    if (!server.listen()) {
        std::perror("listen");
        return 1;
    }
    std::printf("port %d\n", server.port());
    std::fflush(stdout);
    server.serve();
}
