// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/executionlist.h"

#include <QTest>

using namespace gesso;
using namespace gesso::demo;

// The order of nodes, as recorded: outputs as soon as they can run, and what leads to them.
class tst_ExecutionList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void orders_data();
    void orders();
    void endsOnACycle();
};

namespace {

bool isOutput(const QString& id)
{
    return id.startsWith(QLatin1Char('o'));
}

} // namespace

void tst_ExecutionList::orders_data()
{
    QTest::addColumn<QByteArray>("prompt");
    QTest::addColumn<QStringList>("outputs");
    QTest::addColumn<QStringList>("cached");
    QTest::addColumn<QString>("order");
    const auto list = [](const char* words) {
        return QString::fromLatin1(words).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    };
    const QByteArray fork =
        R"({"a":{"inputs":{}},"b":{"inputs":{"x":["a",0]}},"o1":{"inputs":{"x":["b",0]}},"o2":{"inputs":{"x":["a",0]}}})";
    QTest::newRow("an output that is ready goes first")
        << fork << list("o1 o2") << list("") << QStringLiteral("a o2 b o1");
    QTest::newRow("cached origins are not entered")
        << fork << list("o1 o2") << list("a b") << QStringLiteral("o1 o2");
    QTest::newRow("only what the outputs need") << fork << list("o2") << list("") << QStringLiteral("a o2");
    QTest::newRow("one origin, two inputs")
        << QByteArray(R"({"a":{"inputs":{}},"o":{"inputs":{"x":["a",0],"y":["a",1]}}})") << list("o")
        << list("") << QStringLiteral("a o");
}

void tst_ExecutionList::orders()
{
    QFETCH(QByteArray, prompt);
    QFETCH(QStringList, outputs);
    QFETCH(QStringList, cached);
    Json json = *parseJson(prompt);
    const PromptIndex index(json);
    ExecutionList list(
        index, outputs, [&cached](const QString& id) { return cached.contains(id); }, isOutput);
    QStringList order;
    while (!list.isEmpty()) {
        order.append(list.takeNext());
    }
    QTEST(order.join(QLatin1Char(' ')), "order");
}

void tst_ExecutionList::endsOnACycle()
{
    Json json = *parseJson(
        R"({"a":{"inputs":{"x":["b",0]}},"b":{"inputs":{"x":["a",0]}},"o":{"inputs":{"x":["a",0]}}})");
    const PromptIndex index(json);
    ExecutionList list(
        index, {QStringLiteral("o")}, [](const QString&) { return false; }, isOutput);
    QVERIFY(list.takeNext().isEmpty());
}

QTEST_GUILESS_MAIN(tst_ExecutionList)
#include "tst_executionlist.moc"
