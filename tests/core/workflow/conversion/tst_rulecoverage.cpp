// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/testdata.h"

#include <QDir>
#include <QHash>
#include <QRegularExpression>
#include <QStringList>
#include <QTest>

#include <array>

namespace gesso {
namespace {

// How many numbered rules each section of conversion.md has; sections 7 to 9 are one rule each.
constexpr std::array kRules{5, 6, 9, 2, 7, 7, 0, 0, 0};

QStringList ruleNumbers()
{
    QStringList numbers;
    for (std::size_t section = 0; section < kRules.size(); ++section) {
        const QString number = QString::number(section + 1);
        if (kRules[section] == 0) {
            numbers.append(number);
        }
        for (int rule = 1; rule <= kRules[section]; ++rule) {
            numbers.append(number + u'.' + QString::number(rule));
        }
    }
    return numbers;
}

} // namespace

// Every numbered rule of conversion.md has at least one row of a table, and every row names a rule.
class TestRuleCoverage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRuleHasRows();
    void theListIsThatOfTheDocument();
};

void TestRuleCoverage::everyRuleHasRows()
{
    static const QRegularExpression rowName(
        QStringLiteral(R"(\b(?:rule|row|newRow)\(\s*"([1-9](?:\.[1-9])?) )"));
    QHash<QString, int> rows;
    const QDir folder(testkit::sourceFolder() % u"/tests/core/workflow/conversion");
    for (const QString& name : folder.entryList({QStringLiteral("tst_rule*.cpp")})) {
        auto found = rowName.globalMatch(QString::fromUtf8(testkit::readAll(folder.filePath(name))));
        while (found.hasNext()) {
            ++rows[found.next().captured(1)];
        }
    }
    QStringList missing;
    int total = 0;
    for (const QString& number : ruleNumbers()) {
        total += rows.value(number);
        if (!rows.take(number)) {
            missing.append(number);
        }
    }
    QCOMPARE(missing, QStringList());
    QCOMPARE(QStringList(rows.keys()), QStringList()); // rows of rules that do not exist
    qInfo("%d rows for %d rules", total, int(ruleNumbers().size()));
}

void TestRuleCoverage::theListIsThatOfTheDocument()
{
    static const QRegularExpression heading(QStringLiteral(R"(^## (\d)\. )"));
    static const QRegularExpression item(QStringLiteral(R"(^(\d)\. )"));
    QStringList numbers;
    QString section;
    int rules = 0;
    const auto close = [&] {
        if (!section.isEmpty() && rules == 0) {
            numbers.append(section);
        }
    };
    const QByteArray document = testkit::readAll(testkit::sourceFolder() % u"/docs/conversion.md");
    for (const QString& line : QString::fromUtf8(document).split(u'\n')) {
        if (const auto match = heading.match(line); match.hasMatch()) {
            close();
            section = match.captured(1);
            rules = 0;
        } else if (const auto numbered = item.match(line); numbered.hasMatch() && !section.isEmpty()) {
            ++rules;
            numbers.append(section + u'.' + numbered.captured(1));
        }
    }
    close();
    QCOMPARE(numbers, ruleNumbers());
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestRuleCoverage)
#include "tst_rulecoverage.moc"
