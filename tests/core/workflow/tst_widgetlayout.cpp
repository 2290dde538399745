// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/widgetlayout.h"
#include "tests/core/workflow/samples.h"

#include <QTest>

namespace gesso {
namespace {

GraphNode node(const char* type, QByteArrayView values)
{
    GraphNode made;
    made.id = NodeId(QStringLiteral("1"));
    made.type = QString::fromLatin1(type);
    made.widgetsValues = testkit::json(values);
    return made;
}

} // namespace

// conversion.md, section 3.
class TestWidgetLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void columns_data();
    void columns();
    void value_data();
    void value();
    void setValue_data();
    void setValue();
    void keepsAFullSeed();
};

void TestWidgetLayout::columns_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("values");
    QTest::addColumn<QString>("expected"); // name:column(:control)
    QTest::newRow("control after a seed")
        << QByteArray("Sample") << QByteArray(R"([1, "fixed", 20, 8, "euler", ""])")
        << QStringLiteral("seed:0:1 steps:2 cfg:3 sampler:4 note:5");
    QTest::newRow("none saved") << QByteArray("Sample") << QByteArray("null")
                                << QStringLiteral("seed:0:1 steps:2 cfg:3 sampler:4 note:5");
    QTest::newRow("upload button is not counted")
        << QByteArray("Load") << QByteArray(R"(["a.png", "image"])") << QStringLiteral("image:0");
    QTest::newRow("forceInput had columns once")
        << QByteArray("Force") << QByteArray(R"(["x", 7, 0.1, "end"])") << QStringLiteral("n:1 tail:3");
    QTest::newRow("forceInput without columns")
        << QByteArray("Force") << QByteArray(R"([7, "end"])") << QStringLiteral("n:0 tail:1");
    QTest::newRow("dynamic, one inner") << QByteArray("Resize") << QByteArray(R"(["by factor", 2.0, "area"])")
                                        << QStringLiteral("mode:0 mode.factor:1 method:2");
    QTest::newRow("dynamic, two inner")
        << QByteArray("Resize") << QByteArray(R"(["to size", 64, 32, "area"])")
        << QStringLiteral("mode:0 mode.width:1 mode.height:2 method:3");
    QTest::newRow("dynamic, unknown key")
        << QByteArray("Resize") << QByteArray(R"(["gone", "area"])") << QStringLiteral("mode:0 method:1");
}

void TestWidgetLayout::columns()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, values);
    QFETCH(QString, expected);
    QStringList found;
    const NodeDefinition& definition = *testkit::sampleCatalog()->find(QString::fromLatin1(type));
    for (const WidgetColumn& column : widgetColumns(definition, node(type, values))) {
        QString text = column.input->name % u':' % QString::number(column.column);
        if (column.controlColumn >= 0) {
            text += u':' % QString::number(column.controlColumn);
        }
        found.append(text);
    }
    QCOMPARE(found.join(QLatin1Char(' ')), expected);
}

void TestWidgetLayout::value_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("values");
    QTest::addColumn<QString>("input");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("positional") << QByteArray("Sample") << QByteArray(R"([1, "fixed", 33])")
                                << QStringLiteral("steps") << QByteArray("33");
    QTest::newRow("missing tail") << QByteArray("Sample") << QByteArray(R"([1, "fixed", 33])")
                                  << QStringLiteral("cfg") << QByteArray("8.0");
    QTest::newRow("null") << QByteArray("Sample") << QByteArray("null") << QStringLiteral("sampler")
                          << QByteArray(R"("euler")");
    QTest::newRow("by name") << QByteArray("Sample") << QByteArray(R"({"steps": 5})")
                             << QStringLiteral("steps") << QByteArray("5");
    QTest::newRow("by index") << QByteArray("Sample") << QByteArray(R"({"2": 6})") << QStringLiteral("steps")
                              << QByteArray("6");
    QTest::newRow("multi-line null") << QByteArray("Sample") << QByteArray(R"([1, "", 1, 1, "euler", null])")
                                     << QStringLiteral("note") << QByteArray(R"("")");
    QTest::newRow("multi-line number")
        << QByteArray("Sample") << QByteArray(R"([1, "", 1, 1, "euler", 12.0])") << QStringLiteral("note")
        << QByteArray(R"("12")");
    QTest::newRow("multi-line list") << QByteArray("Sample")
                                     << QByteArray(R"([1, "", 1, 1, "euler", ["a", "b"]])")
                                     << QStringLiteral("note") << QByteArray(R"("a,b")");
    QTest::newRow("combo null") << QByteArray("Sample") << QByteArray(R"([1, "", 1, 1, null])")
                                << QStringLiteral("sampler") << QByteArray(R"("euler")");
    QTest::newRow("missing model stays") << QByteArray("Model") << QByteArray(R"(["gone.safetensors"])")
                                         << QStringLiteral("name") << QByteArray(R"("gone.safetensors")");
    QTest::newRow("text in a number stays") << QByteArray("Sample") << QByteArray(R"([1, "", "many"])")
                                            << QStringLiteral("steps") << QByteArray(R"("many")");
    QTest::newRow("a socket has none")
        << QByteArray("Sample") << QByteArray("[1]") << QStringLiteral("model") << QByteArray("null");
}

void TestWidgetLayout::value()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, values);
    QFETCH(QString, input);
    QFETCH(QByteArray, expected);
    const NodeDefinition& definition = *testkit::sampleCatalog()->find(QString::fromLatin1(type));
    QCOMPARE(writeJson(widgetValue(definition, node(type, values), input)), expected);
}

void TestWidgetLayout::setValue_data()
{
    QTest::addColumn<QByteArray>("values");
    QTest::addColumn<QString>("input");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("works");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("in place") << QByteArray(R"([1,"randomize",20,8,"euler",""])") << QStringLiteral("steps")
                              << QByteArray("9") << true << QByteArray(R"([1,"randomize",9,8,"euler",""])");
    QTest::newRow("fills defaults") << QByteArray("[1]") << QStringLiteral("sampler")
                                    << QByteArray(R"("heun")") << true
                                    << QByteArray(R"([1,"fixed",20,8.0,"heun"])");
    QTest::newRow("from null") << QByteArray("null") << QStringLiteral("seed") << QByteArray("4") << true
                               << QByteArray("[4]");
    QTest::newRow("by name") << QByteArray(R"({"seed":1,"x":2})") << QStringLiteral("seed") << QByteArray("4")
                             << true << QByteArray(R"({"seed":4,"x":2})");
    QTest::newRow("by index") << QByteArray(R"({"0":1})") << QStringLiteral("seed") << QByteArray("4") << true
                              << QByteArray(R"({"0":4})");
    QTest::newRow("no such widget") << QByteArray("[1]") << QStringLiteral("model") << QByteArray("4")
                                    << false << QByteArray("[1]");
}

void TestWidgetLayout::setValue()
{
    QFETCH(QByteArray, values);
    QFETCH(QString, input);
    QFETCH(QByteArray, value);
    QFETCH(bool, works);
    QFETCH(QByteArray, expected);
    const NodeDefinition& definition = *testkit::sampleCatalog()->find(QStringLiteral("Sample"));
    GraphNode changed = node("Sample", values);
    QCOMPARE(setWidgetValue(definition, changed, input, testkit::json(value)), works);
    QCOMPARE(writeJson(changed.widgetsValues), expected);
}

void TestWidgetLayout::keepsAFullSeed()
{
    const NodeDefinition& definition = *testkit::sampleCatalog()->find(QStringLiteral("Sample"));
    const GraphNode sampler = node("Sample", R"([18446744073709551615, "fixed"])");
    QCOMPARE(writeJson(widgetValue(definition, sampler, QStringLiteral("seed"))),
             QByteArray("18446744073709551615"));
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestWidgetLayout)
#include "tst_widgetlayout.moc"
