// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/httptesting.h"

#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>
#include <QTest>

using namespace gesso;
using namespace gesso::testkit;

namespace {

// Made for this test alone: `openssl req -x509 -newkey ec -subj /CN=127.0.0.1`. Nobody trusts it.
constexpr const char* kCertificate = "-----BEGIN CERTIFICATE-----\n"
                                     "MIIBkDCCATagAwIBAgIUYKSvBuUqFvp5K84jReT7lzyLhyAwCgYIKoZIzj0EAwIw\n"
                                     "FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyMTE5MTgzNFoYDzIxMjYxMDI4\n"
                                     "MTkxODM0WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO\n"
                                     "PQMBBwNCAARmYneGV8NjvLPDuw1G5x9IxmybsdSxw2VXP0ZmRSQOFGkuKFiEePvN\n"
                                     "rpg1ZWEqdLeXULHPCyuZY8zEYNpWQqAro2QwYjAdBgNVHQ4EFgQU23H8GzXjCo5W\n"
                                     "fQbXR2G1nGRSMjkwHwYDVR0jBBgwFoAU23H8GzXjCo5WfQbXR2G1nGRSMjkwDwYD\n"
                                     "VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUC\n"
                                     "IQCOIhuH3/4IUnkMTDi0q5QeEy0QpdiUKnK0JbcYczGUvwIgY/IaE7qGhxUfU6Gy\n"
                                     "2yfzF3zQypENywWi64xXUPngI8Q=\n"
                                     "-----END CERTIFICATE-----\n";
constexpr const char* kKey = "-----BEGIN PRIVATE KEY-----\n"
                             "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPygT7dtkXhsMcd+X\n"
                             "duyxR3ruy+FhocX8V/hhMtwy4MChRANCAARmYneGV8NjvLPDuw1G5x9IxmybsdSx\n"
                             "w2VXP0ZmRSQOFGkuKFiEePvNrpg1ZWEqdLeXULHPCyuZY8zEYNpWQqAr\n"
                             "-----END PRIVATE KEY-----\n";

// Takes connections with that certificate; keeps what it could read.
class SelfSignedServer : public QTcpServer
{
public:
    SelfSignedServer() { listen(QHostAddress::LocalHost); }

    QByteArray read;
    int connections = 0;

protected:
    void incomingConnection(qintptr handle) override
    {
        ++connections;
        auto* socket = new QSslSocket(this);
        socket->setSocketDescriptor(handle);
        socket->setLocalCertificate(QSslCertificate(QByteArray(kCertificate)));
        socket->setPrivateKey(QSslKey(QByteArray(kKey), QSsl::Ec));
        connect(socket, &QSslSocket::readyRead, this, [this, socket] { read += socket->readAll(); });
        socket->startServerEncryption();
    }
};

} // namespace

class TestHttpTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anUntrustedCertificateGetsNothing();
};

void TestHttpTls::anUntrustedCertificateGetsNothing()
{
    if (!QSslSocket::supportsSsl()) {
        QSKIP("Qt has no TLS here, which the server of this test needs.");
    }
    SelfSignedServer server;
    HttpClient client(QUrl(QStringLiteral("https://127.0.0.1:%1").arg(server.serverPort())),
                      Auth(QStringLiteral("s3cret")));
    const auto answer = send(client, post("{}"));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Unreachable);
    QVERIFY2(answer.error().detail.contains(QStringLiteral("certificate")),
             qPrintable(answer.error().detail));
    QCOMPARE(server.connections, 1);
    QCOMPARE(server.read, QByteArray());
}

QTEST_GUILESS_MAIN(TestHttpTls)
#include "tst_httptls.moc"
