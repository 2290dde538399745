// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/run/runservice.h"
#include "tests/testkit/fakecomfyapi.h"
#include "tests/testkit/fakeeventstream.h"

#include <QBuffer>
#include <QImage>

namespace gesso::testkit {

// A run service on a server in memory.
struct RunFixture {
    SystemClock clock;
    FakeComfyApi api;
    FakeEventStream stream;
    RunService service{api, stream, clock};

    static RunRequest request(const QString& id, quint64 seed = 7)
    {
        RunRequest made;
        made.id = PromptId(id);
        made.title = QStringLiteral("A mill");
        made.seed = Seed{seed};
        PromptNode node;
        node.id = NodeId(QStringLiteral("5"));
        node.classType = QStringLiteral("KSampler");
        node.title = QStringLiteral("First pass");
        node.setInput(QStringLiteral("seed"), Json(seed));
        node.setInput(QStringLiteral("cfg"), Json(7.0));
        made.prompt.nodes = {node};
        made.prompt.rebuildIndex();
        return made;
    }

    void startRun(const QString& id) { stream.send(ExecutionStartEvent{PromptId(id), std::nullopt}); }

    void step(const QString& id, double value, double max)
    {
        const NodeId node(QStringLiteral("5"));
        stream.send(ExecutingEvent{PromptId(id), node, node});
        stream.send(ProgressEvent{PromptId(id), node, value, max});
    }

    void frame(const QString& id, const QColor& color, QSize size = {16, 8})
    {
        QImage image(size, QImage::Format_RGB32);
        image.fill(color);
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        sendFrame(id, bytes);
    }

    void sendFrame(const QString& id, const QByteArray& bytes)
    {
        const NodeId node(QStringLiteral("5"));
        stream.send(PreviewEvent{PromptId(id), node, node, "image/png", bytes});
    }
};

} // namespace gesso::testkit
