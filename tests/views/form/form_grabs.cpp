// SPDX-License-Identifier: GPL-3.0-or-later
// Renders the form in its states to PNG files, for people to look at: form_grabs FOLDER [dark|light].
#include "tests/views/form/formfixture.h"
#include "views/form/fieldeditor.h"
#include "views/form/fieldrow.h"
#include "views/form/formsection.h"
#include "views/widgets/combopopup.h"
#include "views/widgets/combosearch.h"

#include <QAbstractButton>
#include <QApplication>
#include <QMenu>
#include <QPainter>
#include <QTest>

using namespace gesso;
using namespace gesso::test;

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    app.setApplicationName(QStringLiteral("gesso-grabs"));
    const QString folder = app.arguments().value(1);
    const QString name = app.arguments().value(2, QStringLiteral("dark"));
    FormFixture fixture(name == QLatin1String("light") ? ThemeChoice::Light : ThemeChoice::Dark);
    const QString workflow = app.arguments().value(3, dataFile(QStringLiteral("lighthouse.json")));
    if (!fixture.open(workflow, testCatalog()))
        return 1;
    const auto grab = [&](const QString& what) {
        QTest::qWait(120);
        fixture.panel.grab().save(folder + u'/' + name + u'-' + what + QLatin1String(".png"));
    };
    QImage sketch(1024, 1024, QImage::Format_RGB32);
    QPainter painter(&sketch);
    QLinearGradient gradient(0, 0, 0, 1024);
    gradient.setColorAt(0, QColor(0x8f, 0xa6, 0xc4));
    gradient.setColorAt(1, QColor(0x4a, 0x66, 0x7c));
    painter.fillRect(sketch.rect(), gradient);
    painter.end();
    const QString picture = fixture.folder.filePath(QStringLiteral("cliff-sketch.png"));
    sketch.save(picture);

    fixture.panel.show();
    fixture.panel.setShownSeed(Seed{8817432960155});
    grab(QStringLiteral("1-opened"));

    fixture.document.setLocalFile(fixture.index(QStringLiteral("6"), QStringLiteral("image")), picture);
    fixture.document.setFindings({test::badCheckpoint()});
    if (FieldRow* row = fixture.row(QStringLiteral("2"), QStringLiteral("text"))) {
        fixture.panel.activateWindow();
        row->editor()->focusTarget()->setFocus();
        QTest::keyClicks(row->editor()->focusTarget(), QStringLiteral(" "));
    }
    grab(QStringLiteral("2-edited"));

    for (FormSection* section : fixture.panel.sections())
        section->setOpen(true);
    fixture.panel.resize(372, 1500);
    grab(QStringLiteral("3-all"));
    fixture.panel.resize(260, 1200);
    grab(QStringLiteral("4-narrow"));
    fixture.panel.resize(372, 860);
    if (FieldRow* row = fixture.row(QStringLiteral("1"), QStringLiteral("ckpt_name"))) {
        auto* combo = qobject_cast<ComboSearch*>(row->editor()->focusTarget());
        combo->showPopup();
        QTest::qWait(50);
        combo->findChild<ComboPopup*>()->grab().save(folder + u'/' + name + QLatin1String("-5-popup.png"));
        combo->hidePopup();
    }
    if (FieldRow* row = fixture.row(QStringLiteral("5"), QStringLiteral("seed"))) {
        const auto buttons = row->findChildren<QAbstractButton*>();
        buttons.constLast()->click();
        QTest::qWait(50);
        if (auto* menu = buttons.constLast()->findChild<QMenu*>())
            menu->grab().save(folder + u'/' + name + QLatin1String("-6-menu.png"));
    }
    fixture.document.close();
    grab(QStringLiteral("7-empty"));
    return 0;
}
