// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QIODevice>

namespace gesso {

// A request body that can be read a single time. When a connection ends before the answer,
// QNetworkAccessManager sends the request again by itself, POST included; a prompt would run twice. It
// rewinds the body for that, which this device refuses, so that the call ends with ContentReSendError
// instead. Needs DoNotBufferUploadDataAttribute.
class SendOnceDevice final : public QIODevice
{
    Q_OBJECT

public:
    explicit SendOnceDevice(QByteArray body, QObject* parent = nullptr);

    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override;
    bool atEnd() const override;
    bool reset() override { return false; }

protected:
    qint64 readData(char* data, qint64 maxSize) override;
    qint64 writeData(const char* data, qint64 maxSize) override;

private:
    QByteArray m_body;
    qint64 m_read = 0;
};

} // namespace gesso
