// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/fieldfilter.h"
#include "views/form/fieldrules.h"

#include <QTest>

using namespace gesso;

namespace {

Field numberField(FieldKind kind, Json value, Json min, Json max, Json step, FieldRole role = FieldRole::None)
{
    Field field;
    field.kind = kind;
    field.role = role;
    field.value = std::move(value);
    field.limits = {std::move(min), std::move(max), std::move(step), nullptr, false};
    return field;
}

} // namespace

class TestFieldRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void limitsBecomeRules();
    void slidersStandWhereTheyHelp();
    void aValueThatDoesNotFitIsRawJson_data();
    void aValueThatDoesNotFitIsRawJson();
    void shortFieldsShareALine();
    void filterNeedsEveryWord();
};

void TestFieldRules::limitsBecomeRules()
{
    const NumberRule seed = numberRule(numberField(FieldKind::Seed, 1, 0, UINT64_MAX, nullptr));
    QVERIFY(seed.integer);
    QCOMPARE(seed.max->text(), QStringLiteral("18446744073709551615"));
    QCOMPARE(seed.step.text(), QStringLiteral("1"));
    const NumberRule cfg = numberRule(numberField(FieldKind::Float, 7.0, 0.0, 100.0, 0.0));
    QVERIFY(!cfg.integer);
    QCOMPARE(cfg.step.text(), QStringLiteral("0.1")); // a step of nothing would never move
    const NumberRule open = numberRule(numberField(FieldKind::Integer, 7, nullptr, "high", nullptr));
    QVERIFY(!open.min && !open.max);
}

void TestFieldRules::slidersStandWhereTheyHelp()
{
    const auto steps = sliderRange(numberField(FieldKind::Integer, 20, 1, 10000, 1, FieldRole::Steps));
    QVERIFY(steps);
    QCOMPARE(steps->to, 50.0);
    Field second = numberField(FieldKind::Integer, 20, 1, 10000, 1);
    QVERIFY(!sliderRange(second));
    second.ref.input = QStringLiteral("steps");
    QVERIFY(sliderRange(second));
    QVERIFY(sliderRange(numberField(FieldKind::Float, 1.0, 0.0, 1.0, 0.01)));
    QVERIFY(!sliderRange(numberField(FieldKind::Seed, 1, 0, UINT64_MAX, 1)));
    QVERIFY(!sliderRange(numberField(FieldKind::Float, 1.0, 1.0, 1.0, 0.01)));
    QVERIFY(!sliderRange(numberField(FieldKind::Float, 1.0, nullptr, 1.0, 0.01)));
    Field asked = numberField(FieldKind::Integer, 512, 0, 100000, 1);
    asked.limits.slider = true;
    QVERIFY(sliderRange(asked));
}

void TestFieldRules::aValueThatDoesNotFitIsRawJson_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("editor");
    const auto row = [](const char* name, FieldKind kind, const char* value, FieldKind editor) {
        QTest::newRow(name) << int(kind) << QByteArray(value) << int(editor);
    };
    row("number", FieldKind::Integer, "7", FieldKind::Integer);
    row("number as text", FieldKind::Integer, "\"7\"", FieldKind::RawJson);
    row("seed as null", FieldKind::Seed, "null", FieldKind::RawJson);
    row("text", FieldKind::Text, "\"a\"", FieldKind::Text);
    row("text as a list", FieldKind::MultilineText, "[1]", FieldKind::RawJson);
    row("boolean", FieldKind::Boolean, "false", FieldKind::Boolean);
    row("boolean as a number", FieldKind::Boolean, "1", FieldKind::RawJson);
    row("numeric choice", FieldKind::Combo, "2", FieldKind::Combo);
    row("choice as an object", FieldKind::Combo, "{}", FieldKind::RawJson);
    row("picture", FieldKind::Image, "\"a.png\"", FieldKind::Image);
    row("no picture yet", FieldKind::Image, "null", FieldKind::Image);
    row("raw", FieldKind::RawJson, "7", FieldKind::RawJson);
}

void TestFieldRules::aValueThatDoesNotFitIsRawJson()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, value);
    QFETCH(int, editor);
    Field field;
    field.kind = FieldKind(kind);
    field.value = *parseJson(value);
    QCOMPARE(int(editorKind(field)), editor);
}

void TestFieldRules::shortFieldsShareALine()
{
    QVERIFY(isHalfWide(numberField(FieldKind::Float, 7.0, 0.0, 1.0, 0.1)));
    QVERIFY(isHalfWide(numberField(FieldKind::Seed, 8817432960155, 0, UINT64_MAX, 1)));
    QVERIFY(!isHalfWide(numberField(FieldKind::Seed, UINT64_MAX, 0, UINT64_MAX, 1)));
    Field combo;
    combo.kind = FieldKind::Combo;
    combo.value = "euler";
    combo.choices = {Json("euler"), Json("heun")};
    QVERIFY(isHalfWide(combo));
    combo.choices << Json("folder/with/a/long/name.safetensors");
    QVERIFY(!isHalfWide(combo));
}

void TestFieldRules::filterNeedsEveryWord()
{
    Form form;
    Field steps;
    steps.label = QStringLiteral("Steps");
    steps.nodeTitle = QStringLiteral("KSampler (second pass)");
    steps.ref.input = QStringLiteral("steps");
    Field model;
    model.label = QStringLiteral("Checkpoint");
    model.nodeTitle = QStringLiteral("Load");
    model.ref.input = QStringLiteral("ckpt_name");
    form.fields = {steps, model};
    QCOMPARE(matchingFields(form, QString()).size(), 2);
    QCOMPARE(matchingFields(form, QStringLiteral("SECOND ste")), QSet<qsizetype>({0}));
    QCOMPARE(matchingFields(form, QStringLiteral("ckpt")), QSet<qsizetype>({1}));
    QVERIFY(matchingFields(form, QStringLiteral("ckpt second")).isEmpty());
}

QTEST_GUILESS_MAIN(TestFieldRules)
#include "tst_fieldrules.moc"
