// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/outputplan.h"

#include <QTest>

using namespace gesso;

namespace {

OutputItem file(const char* name, const char* type, const char* subfolder = "")
{
    OutputItem item;
    item.node = NodeId(QStringLiteral("9"));
    item.displayNode = item.node;
    item.kind = QStringLiteral("images");
    item.filename = QString::fromUtf8(name);
    item.type = QString::fromLatin1(type);
    item.subfolder = QString::fromLatin1(subfolder);
    return item;
}

RunRequest request(const QString& pattern = {})
{
    RunRequest request;
    request.title = QStringLiteral("Sea");
    request.seed = Seed{7};
    request.outputFolder = QStringLiteral("/results");
    request.namePattern = pattern;
    return request;
}

QStringList planned(const RunRequest& request, const QList<OutputItem>& outputs)
{
    QStringList lines;
    for (const PlannedFile& file : planOutputs(request, outputs, QStringLiteral("/tmp"),
                                               QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5)))) {
        lines.append(file.folder + u'|' + file.fileName);
    }
    return lines;
}

} // namespace

class TestOutputPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resultsFirstAndPreviewsApart()
    {
        QCOMPARE(
            planned(request(), {file("t.png", "temp"), file("a.png", "output"), file("b.png", "output")}),
            (QStringList{QStringLiteral("/results|a.png"), QStringLiteral("/results|b.png"),
                         QStringLiteral("/tmp|t.png")}));
    }

    void previewsAreTheResultsIfThereIsNothingElse()
    {
        QCOMPARE(
            planned(request(QStringLiteral("{title} {seed} {index}")),
                    {file("t.png", "temp"), file("u.png", "temp")}),
            (QStringList{QStringLiteral("/results|Sea 7 1.png"), QStringLiteral("/results|Sea 7 2.png")}));
    }

    void valuesAreNoFiles()
    {
        OutputItem text;
        text.kind = QStringLiteral("text");
        text.text = QStringLiteral("hello");
        QCOMPARE(planned(request(), {text}), QStringList());
    }

    void theSameFileOnce()
    {
        QCOMPARE(planned(request(),
                         {file("a.png", "output"), file("a.png", "output"), file("a.png", "output", "sub")}),
                 (QStringList{QStringLiteral("/results|a.png"), QStringLiteral("/results|a.png")}));
    }

    void serverFoldersAndNamesStayOut()
    {
        QCOMPARE(planned(request(), {file("../../a.png", "output", "../../etc")}),
                 QStringList{QStringLiteral("/results|a.png")});
        QCOMPARE(planned(request(), {file("a.png", "output"), file("..\\t.png", "temp")}).last(),
                 QStringLiteral("/tmp|t.png"));
    }
};

QTEST_GUILESS_MAIN(TestOutputPlan)
#include "tst_outputplan.moc"
