// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/binding.h"

#include <QTest>

using namespace gesso;

namespace {

Field field(const char* node, const char* input, const char* label, const char* title,
            FieldRole role = FieldRole::None)
{
    Field made;
    made.ref = {NodeId(QString::fromLatin1(node)), QString::fromLatin1(input)};
    made.label = QString::fromUtf8(label);
    made.nodeTitle = QString::fromUtf8(title);
    made.nodeType = QStringLiteral("KSampler");
    made.role = role;
    return made;
}

Form form()
{
    Form made;
    made.fields = {
        field("3", "seed", "Seed", "KSampler", FieldRole::Seed),
        field("4", "seed", "Seed", "Second pass"),
        field("6", "text", "Prompt", "CLIP Text Encode (Prompt)", FieldRole::PositivePrompt),
        field("12:5", "strength", "Stärke", "v1.5 LoRA"),
        field("13", "lora_name", "LoRA #13", "Load LoRA", FieldRole::Lora),
        field("14", "lora_name", "LoRA #14", "Load LoRA", FieldRole::Lora),
    };
    return made;
}

} // namespace

class TestFieldKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void found_data();
    void found();
    void refused_data();
    void refused();
};

void TestFieldKeys::found_data()
{
    QTest::addColumn<int>("index");
    QTest::newRow("Seed") << 0; // the well-known name, though two labels say so
    QTest::newRow("positiveprompt") << 2;
    QTest::newRow("Prompt") << 2;
    QTest::newRow("4.seed") << 1;
    QTest::newRow("12:5.strength") << 3;
    QTest::newRow("stärke") << 3;
    QTest::newRow("v1.5 LoRA.strength") << 3; // a title may hold a dot
    QTest::newRow("second pass.seed") << 1;
    QTest::newRow("LoRA #14") << 5;
}

void TestFieldKeys::found()
{
    QFETCH(int, index);
    const auto found = findField(form(), QString::fromUtf8(QTest::currentDataTag()));
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QCOMPARE(*found, index);
}

void TestFieldKeys::refused_data()
{
    QTest::addColumn<QStringList>("candidates");
    QTest::newRow("Lora") << QStringList{QStringLiteral("13.lora_name"), QStringLiteral("14.lora_name")};
    QTest::newRow("Load LoRA.lora_name")
        << QStringList{QStringLiteral("13.lora_name"), QStringLiteral("14.lora_name")};
    QTest::newRow("KSampler.seed") << QStringList{QStringLiteral("3.seed"),
                                                  QStringLiteral("4.seed")}; // title of one, class of both
    QTest::newRow("Height") << QStringList{QStringLiteral("3.seed"), QStringLiteral("12:5.strength")};
    QTest::newRow("") << QStringList{QStringLiteral("6.text")};
}

void TestFieldKeys::refused()
{
    QFETCH(QStringList, candidates);
    const auto found = findField(form(), QString::fromUtf8(QTest::currentDataTag()));
    QVERIFY(!found);
    QCOMPARE(found.error().kind, ErrorKind::Usage);
    for (const QString& candidate : candidates) {
        QVERIFY2(found.error().hint.contains(candidate), qPrintable(found.error().hint));
    }
}

QTEST_GUILESS_MAIN(TestFieldKeys)
#include "tst_fieldkeys.moc"
