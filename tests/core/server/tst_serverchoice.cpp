// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/demoserver.h"
#include "core/server/discovery.h"
#include "core/server/serverchoice.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace gesso;

class TestServerChoice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void named_data()
    {
        QTest::addColumn<QString>("flag");
        QTest::addColumn<QString>("environment");
        QTest::addColumn<QString>("lastUsed");
        QTest::addColumn<QString>("host"); // empty: none; "error"
        const QString none;
        QTest::newRow("flag first") << QStringLiteral("a") << QStringLiteral("b") << QStringLiteral("c")
                                    << QStringLiteral("a");
        QTest::newRow("then environment")
            << none << QStringLiteral("b") << QStringLiteral("c") << QStringLiteral("b");
        QTest::newRow("then last") << none << QStringLiteral("  ") << QStringLiteral("c")
                                   << QStringLiteral("c");
        QTest::newRow("none") << none << none << none << none;
        QTest::newRow("junk is not passed over")
            << none << QStringLiteral("a b") << QStringLiteral("c") << QStringLiteral("error");
    }

    void named()
    {
        QFETCH(QString, flag);
        QFETCH(QString, environment);
        QFETCH(QString, lastUsed);
        QFETCH(QString, host);
        const auto server = namedServer({flag, environment, lastUsed, QStringLiteral("secret")});
        if (host == QLatin1String("error")) {
            QVERIFY(!server);
            QCOMPARE(server.error().kind, ErrorKind::Usage);
            return;
        }
        QVERIFY(server);
        QCOMPARE(server->has_value(), !host.isEmpty());
        if (*server) {
            QCOMPARE((*server)->url.host(), host);
            QCOMPARE((*server)->name, QString(host + QStringLiteral(":8188")));
            QCOMPARE((*server)->bearerToken, QStringLiteral("secret"));
        }
    }

    void findsTheFirstThatIsAComfyUi()
    {
        demo::DemoServer first;
        demo::DemoServer second;
        const Result<QUrl> a = first.start();
        const Result<QUrl> b = second.start();
        QVERIFY(a && b);
        QTcpServer other; // some other web server
        QVERIFY(other.listen(QHostAddress::LocalHost));
        connect(&other, &QTcpServer::newConnection, &other, [&other] {
            QTcpSocket* socket = other.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                socket->write(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
                socket->disconnectFromHost();
            });
        });
        QTcpServer silent; // takes connections and says nothing
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        const auto local = [](quint16 port) { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port)); };
        const QUrl closed = local(1);
        const QList<QUrl> candidates{closed, local(other.serverPort()), local(silent.serverPort()), *b, *a};
        QCOMPARE(QCoro::waitFor(discoverServer(candidates, 8000)), *b);
        QVERIFY(!QCoro::waitFor(
                     discoverServer({closed, local(other.serverPort()), local(silent.serverPort())}, 200))
                     .isValid());
        QVERIFY(!QCoro::waitFor(discoverServer({}, 200)).isValid());
    }
};

QTEST_GUILESS_MAIN(TestServerChoice)
#include "tst_serverchoice.moc"
