// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/base/picturereader.h"

#include <QByteArray>
#include <QObject>

#include <memory>

namespace gesso {

// Makes pictures of previews as fast as a display shows them and no faster. The latest wins: one is being
// decoded, in a thread of its own, at most one waits, and what it replaces is never decoded.
class PreviewDecoder : public QObject
{
    Q_OBJECT

public:
    explicit PreviewDecoder(QObject* parent = nullptr);
    ~PreviewDecoder() override; // waits for the picture under way

    void offer(const QByteArray& encoded);
    void forget(); // nothing offered until now will be told any more

Q_SIGNALS:
    void decoded(const gesso::Picture& picture); // a broken preview is left out: the next one comes

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace gesso
