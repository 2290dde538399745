// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/run/transcript.h"

#include "core/comfy/eventdecoder.h"
#include "tests/testkit/testdata.h"

#include <QDir>
#include <QDirIterator>

namespace gesso::testkit {

namespace {

void addFrame(Transcript& transcript, const Result<ComfyEvent>& event)
{
    if (event) {
        transcript.events.append(*event);
    } else {
        transcript.frameErrors.append(event.error().message);
    }
}

void addHistory(Transcript& transcript, const Json& body)
{
    if (!body.is_object()) {
        return;
    }
    for (const auto& [id, entry] : body.items()) {
        if (entry.is_object() && entry.contains("status")) {
            transcript.histories.insert(PromptId(QString::fromStdString(id)), entry);
        }
    }
}

void addSubmit(Transcript& transcript, int status, const Json& body, const Json& request)
{
    RecordedSubmit submit;
    submit.status = status;
    submit.body = body;
    submit.promptId = PromptId(stringMember(body, "prompt_id"));
    if (const Json* prompt = member(request, "prompt")) {
        submit.prompt = *prompt;
    }
    submit.hasClientId = request.is_null() || member(request, "client_id") != nullptr;
    transcript.submits.append(submit);
}

void addRest(Transcript& transcript, const Json& rest)
{
    const QString path = stringMember(rest, "path");
    const QString method = stringMember(rest, "method");
    const Json* response = member(rest, "response");
    const Json body = response ? *response : Json();
    if (method == QLatin1String("GET") && path.startsWith(QLatin1String("/history"))) {
        addHistory(transcript, body);
    } else if (method == QLatin1String("POST") && path == QLatin1String("/prompt")) {
        const Json* request = member(rest, "request");
        addSubmit(transcript, int(intMember(rest, "status")), body, request ? *request : Json::object());
    }
}

} // namespace

Transcript Transcript::read(const QString& path)
{
    Transcript transcript;
    const Json entries = readJson(path);
    for (const Json& entry : entries) {
        if (const Json* text = member(entry, "text")) {
            const QByteArray frame = text->is_string() ? toQString(*text).toUtf8() : writeJson(*text);
            addFrame(transcript, decodeTextFrame(frame));
        } else if (const Json* binary = member(entry, "binary")) {
            addFrame(transcript, decodeBinaryFrame(QByteArray::fromBase64(toQString(*binary).toLatin1())));
        } else if (const Json* rest = member(entry, "rest")) {
            addRest(transcript, *rest);
        } else if (const Json* post = member(entry, "POST /prompt")) {
            const Json* body = member(*post, "body");
            addSubmit(transcript, int(intMember(*post, "status")), body ? *body : Json(), Json());
        } else if (const Json* history = member(entry, "GET /history")) {
            addHistory(transcript, *history);
        }
    }
    return transcript;
}

QStringList Transcript::files()
{
    QStringList files;
    QDirIterator it(dataFolder() + QStringLiteral("/servers"), {QStringLiteral("*.json")}, QDir::Files,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        if (path.contains(QLatin1String("/ws/"))) {
            files.append(path);
        }
    }
    files.sort();
    return files;
}

} // namespace gesso::testkit
