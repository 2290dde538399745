// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/multipart.h"

#include <QTest>

using namespace gesso;
using namespace gesso::demo;

class tst_Multipart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsParts();
    void refusesBrokenForms_data();
    void refusesBrokenForms();
};

void tst_Multipart::readsParts()
{
    const QByteArray body = "--x\r\nContent-Type: image/png\r\nContent-Disposition: form-data; "
                            "name=\"image\"; filename=\"a \\\"b\\\" é.png\"\r\n\r\n"
                            "\r\n--\nx\r\n--x\r\ncontent-disposition: form-data; name=type\r\n\r\ninput\r\n"
                            "--x\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--x--\r\n";
    const Result<QList<FormPart>> parts =
        parseMultipart("multipart/form-data; charset=utf-8; boundary=\"x\"", body);
    QVERIFY(parts.has_value());
    QCOMPARE(parts->size(), 3);
    QCOMPARE(parts->at(0).name, QStringLiteral("image"));
    QCOMPARE(parts->at(0).fileName, QStringLiteral("a \"b\" é.png"));
    QCOMPARE(parts->at(0).content, QByteArray("\r\n--\nx"));
    QCOMPARE(parts->at(1).name, QStringLiteral("type"));
    QCOMPARE(parts->at(1).content, QByteArray("input"));
    QCOMPARE(parts->at(2).content, QByteArray());
}

void tst_Multipart::refusesBrokenForms_data()
{
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<QByteArray>("body");
    const QByteArray form = "multipart/form-data; boundary=x";
    QTest::newRow("not a form") << QByteArray("text/plain; boundary=x") << QByteArray("--x--");
    QTest::newRow("no boundary") << QByteArray("multipart/form-data") << QByteArray("--x--");
    QTest::newRow("empty") << form << QByteArray();
    QTest::newRow("no end") << form
                            << QByteArray("--x\r\nContent-Disposition: form-data; name=a\r\n\r\nvalue");
    QTest::newRow("no header end") << form
                                   << QByteArray("--x\r\nContent-Disposition: form-data; name=a\r\n--x--");
    QTest::newRow("too many parts") << form
                                    << QByteArray("--x\r\nA: b\r\n\r\nc\r\n").repeated(1000) + "--x--\r\n";
}

void tst_Multipart::refusesBrokenForms()
{
    QFETCH(QByteArray, contentType);
    QFETCH(QByteArray, body);
    QVERIFY(!parseMultipart(contentType, body).has_value());
}

QTEST_GUILESS_MAIN(tst_Multipart)
#include "tst_multipart.moc"
