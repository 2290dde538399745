// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/servers/connectionwords.h"

#include <QTest>

using namespace gesso;

class TestConnectionWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void words_data()
    {
        QTest::addColumn<ConnectionStatus>("status");
        QTest::addColumn<QString>("inShort");
        QTest::addColumn<QString>("inFull");
        QTest::addColumn<bool>("counts");
        const ConnectionLoss refused{ConnectionTrouble::Refused,
                                     QStringLiteral("Nothing answers at gpu:8188."),
                                     QStringLiteral("Check the port.")};
        const ConnectionLoss busy{ConnectionTrouble::Busy, QStringLiteral("gpu:8188 is busy."),
                                  QStringLiteral("Nothing is lost.")};
        const ConnectionLoss locked{
            ConnectionTrouble::Unauthorized, QStringLiteral("gpu:8188 wants a token."), {}};
        using State = ConnectionState;
        QTest::newRow("well") << ConnectionStatus{State::Connected, {}, -1, -1} << QString() << QString()
                              << false;
        QTest::newRow("connecting") << ConnectionStatus{State::Connecting, {}, -1, -1}
                                    << QStringLiteral("connecting …") << QString() << false;
        QTest::newRow("waiting") << ConnectionStatus{State::Reconnecting, refused, 7001, -1}
                                 << QStringLiteral("reconnecting in 8 s")
                                 << QStringLiteral(
                                        "Nothing answers at gpu:8188.\nCheck the port.\nGesso tries "
                                        "again in 8 s.")
                                 << true;
        QTest::newRow("trying") << ConnectionStatus{State::Reconnecting, refused, -1, -1}
                                << QStringLiteral("reconnecting …")
                                << QStringLiteral("Nothing answers at gpu:8188.\nCheck the port.") << false;
        QTest::newRow("soon") << ConnectionStatus{State::Reconnecting, refused, 300, -1}
                              << QStringLiteral("reconnecting …")
                              << QStringLiteral("Nothing answers at gpu:8188.\nCheck the port.") << true;
        QTest::newRow("busy") << ConnectionStatus{State::Connected, busy, -1, 40'900}
                              << QStringLiteral("busy")
                              << QStringLiteral("gpu:8188 is busy.\nNo answer for 40 s.\nNothing is lost.")
                              << true;
        QTest::newRow("locked") << ConnectionStatus{State::Reconnecting, locked, 9000, -1}
                                << QStringLiteral("needs a token")
                                << QStringLiteral("gpu:8188 wants a token.\nGesso tries again in 9 s.")
                                << true;
        QTest::newRow("none") << ConnectionStatus{State::Disconnected, {}, -1, -1}
                              << QStringLiteral("not connected") << QString() << false;
    }

    void words()
    {
        QFETCH(ConnectionStatus, status);
        QFETCH(QString, inShort);
        QFETCH(QString, inFull);
        QFETCH(bool, counts);
        QCOMPARE(shortWords(status), inShort);
        QCOMPARE(fullWords(status), inFull);
        QCOMPARE(countsSeconds(status), counts);
    }
};

QTEST_GUILESS_MAIN(TestConnectionWords)
#include "tst_connectionwords.moc"
