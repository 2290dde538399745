// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/net/traffictap.h"

#include <QString>

#include <memory>

namespace gesso {

// Writes what is said to and by a server into a file, as a JSON array of entries in the order of events:
//   {"t", "client", "event"}        "ws connect /ws?clientId=…", "ws closed …"
//   {"t", "client", "sent"|"text"}  a JSON frame (a string if it is none)
//   {"t", "client", "binary"}       a binary frame in base64
//   {"t", "rest": {"method", "path", "request", "status", "reason", "content_type", "response"|"text",
//   "took"}}
//   {"t", "event", "count"}         so many entries are missing here: more came than could be written
// `t` is seconds since the start, with the client id as `client`. This is the form of the recordings that
// the tests replay, so that a report of a fault can become a test. The file is a whole JSON document after
// each entry: a crash loses at most the last one.
//
// Headers are never written, secrets in bodies and queries are replaced (secrets.h); prompts and pictures
// of previews are written as they are. Uploaded and downloaded files are counted only. The file is given up
// at `maxBytes`, with an entry saying so.
class TrafficRecorder final : public TrafficTap
{
public:
    static constexpr qint64 kMaxBytes = 512LL * 1024 * 1024;
    static constexpr qint64 kMaxWaiting = 64LL * 1024 * 1024; // in memory

    // Errors: DiskError, DiskFull. An existing file is not overwritten.
    static Result<std::shared_ptr<TrafficRecorder>> start(const QString& path, qint64 maxBytes = kMaxBytes,
                                                          qint64 maxWaiting = kMaxWaiting);
    ~TrafficRecorder() override; // waits for what is still to be written

    void stop(); // nothing is recorded any more, also of calls still under way; all is written

    QString path() const;
    // What went wrong while writing, if anything; nothing is recorded any more.
    std::optional<Error> error() const;

    void socketOpened(const QUrl& url) override;
    void socketClosed(const QString& reason) override;
    void textSent(const QByteArray& utf8) override;
    void textReceived(const QByteArray& utf8) override;
    void binaryReceived(const QByteArray& bytes) override;
    void exchanged(const HttpRequest& request, const Result<HttpAnswer>& answer, qint64 tookMs) override;

private:
    class Private;
    explicit TrafficRecorder(std::unique_ptr<Private> priv);
    std::unique_ptr<Private> d;
};

} // namespace gesso
