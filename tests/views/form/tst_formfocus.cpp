// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/views/form/formfixture.h"
#include "views/form/fieldeditor.h"
#include "views/form/fieldrow.h"

#include <QFile>
#include <QTest>

using namespace gesso;
using namespace gesso::test;

// A form that is made anew under the hands of who uses the keyboard.
class TestFormFocus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aChoiceThatBringsFieldsKeepsTheFocus()
    {
        const NodeCatalogPtr catalog = NodeCatalog::parse(R"({
            "Resize": {"input": {"required": {"mode": ["COMFY_DYNAMICCOMBO_V3", {"options": [{"key": "none", "inputs": {}},
                {"key": "size", "inputs": {"required": {"width": ["INT", {"default": 8}]}}}]}]}},
                "output": [], "output_node": true}})")
                                           .value();
        FormFixture form;
        const QString path = form.folder.filePath(QStringLiteral("resize.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"version": 0.4, "nodes": [{"id": 1, "type": "Resize", "inputs": [], "outputs": [],
            "widgets_values": ["none"]}], "links": []})");
        file.close();
        QVERIFY(form.open(path, catalog));
        form.panel.show();
        QVERIFY(QTest::qWaitForWindowActive(&form.panel));
        const QString node = QStringLiteral("1");
        const QString mode = QStringLiteral("mode");
        Q_EMIT form.document.revealField(form.index(node, mode));
        QTRY_VERIFY(form.row(node, mode)->editor()->focusTarget()->hasFocus());

        form.document.setValue(form.index(node, mode), "size");
        QTRY_VERIFY(form.index(node, QStringLiteral("mode.width")) >= 0);
        QTRY_VERIFY(form.row(node, mode) && form.row(node, mode)->editor()->focusTarget()->hasFocus());
        QTRY_VERIFY(form.row(node, QStringLiteral("mode.width")));
    }
};

QTEST_MAIN(TestFormFocus)
#include "tst_formfocus.moc"
