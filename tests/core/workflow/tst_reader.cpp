// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/reader.h"
#include "tests/core/workflow/samples.h"

#include <QFile>
#include <QStringConverter>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

namespace gesso {
namespace {

const char* const kGraph =
    R"({"nodes": [{"id": 1, "type": "Load", "widgets_values": ["a.png"]}], "links": [], "version": 0.4})";
const char* const kPrompt = R"({"1": {"inputs": {"image": "a.png"}, "class_type": "Load"}})";

template <typename T> QByteArray bigEndian(T value)
{
    QByteArray bytes(sizeof(T), '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray littleEndian(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToLittleEndian(value, bytes.data());
    return bytes;
}

QByteArray chunk(const QByteArray& type, const QByteArray& data)
{
    return bigEndian(quint32(data.size())) + type + data + QByteArray(4, '\0');
}

QByteArray png(const QByteArray& chunks)
{
    return QByteArray("\x89PNG\r\n\x1a\n") + chunk("IHDR", QByteArray(13, '\0')) + chunks + chunk("IEND", {});
}

QByteArray keyed(const char* key, const QByteArray& rest)
{
    return QByteArray(key) + '\0' + rest;
}

QByteArray zlibStream(const QByteArray& text)
{
    return qCompress(text).mid(4);
} // without Qt's length

QByteArray webp(const QByteArray& exif)
{
    const QByteArray padding(exif.size() % 2, '\0');
    const QByteArray chunks =
        "VP8 " + littleEndian(2) + "xx" + "EXIF" + littleEndian(quint32(exif.size())) + exif + padding;
    return "RIFF" + littleEndian(quint32(chunks.size() + 4)) + "WEBP" + chunks;
}

// A TIFF block with two ASCII fields, as ComfyUI has PIL write it.
QByteArray exif(const QByteArray& first, const QByteArray& second)
{
    const QByteArray a = first + '\0';
    const QByteArray b = second + '\0';
    const quint32 start = 8 + 2 + 2 * 12 + 4;
    const auto field = [](quint16 tag, quint32 count, quint32 offset) -> QByteArray {
        return bigEndian(tag) + bigEndian(quint16(2)) + bigEndian(count) + bigEndian(offset);
    };
    return QByteArray("Exif\0\0", 6) + "MM" + bigEndian(quint16(42)) + bigEndian(quint32(8))
        + bigEndian(quint16(2)) + field(0x10f, quint32(a.size()), start)
        + field(0x110, quint32(b.size()), start + quint32(a.size())) + bigEndian(quint32(0)) + a + b;
}

} // namespace

class TestReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void graphLeadsInAPicture();
    void promptIsUsedWhereTheGraphIsBroken();
    void listsEmbeddedTexts();
    void namesLineAndColumn();
    void readsFiles();
    void survivesEveryCut_data();
    void survivesEveryCut();
    void saysThatAFileEndsEarly_data();
    void saysThatAFileEndsEarly();
    void saysThatTheWorkflowWasCutOff();
    void nanBecomesNull();
};

void TestReader::reads_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("carrier");
    QTest::addColumn<bool>("isGraph");
    const QByteArray graph = kGraph;
    const QByteArray prompt = kPrompt;
    QTest::newRow("graph") << graph << QStringLiteral("json") << true;
    QTest::newRow("prompt") << prompt << QStringLiteral("json") << false;
    QTest::newRow("body of a POST") << QByteArray(R"({"client_id": "x", "prompt": )" + prompt + "}")
                                    << QStringLiteral("json") << false;
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF \n" + graph) << QStringLiteral("json")
                                     << true;
    const auto encoded = [&graph](QStringConverter::Encoding encoding, QStringConverter::Flags flags) {
        QByteArray bytes = QStringEncoder(encoding, flags)(QString::fromUtf8(graph));
        return bytes;
    };
    QTest::newRow("UTF-16, as PowerShell writes it")
        << encoded(QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom) << QStringLiteral("json")
        << true;
    QTest::newRow("UTF-16 without mark")
        << encoded(QStringConverter::Utf16BE, {}) << QStringLiteral("json") << true;
    QTest::newRow("UTF-32") << encoded(QStringConverter::Utf32LE, QStringConverter::Flag::WriteBom)
                            << QStringLiteral("json") << true;
    QTest::newRow("Latin-1") << QByteArray(graph).replace("\"nodes\"", "\"by\": \"J\xfcrgen\", \"nodes\"")
                             << QStringLiteral("json") << true;
    QTest::newRow("tEXt") << png(chunk("tEXt", keyed("workflow", graph))) << QStringLiteral("png") << true;
    QTest::newRow("tEXt prompt") << png(chunk("tEXt", keyed("prompt", prompt))) << QStringLiteral("png")
                                 << false;
    QTest::newRow("zTXt") << png(chunk("zTXt", keyed("workflow", '\0' + zlibStream(graph))))
                          << QStringLiteral("png") << true;
    QTest::newRow("iTXt") << png(
        chunk("iTXt", keyed("workflow", QByteArray(2, '\0') + keyed("de", keyed("", graph)))))
                          << QStringLiteral("png") << true;
    QTest::newRow("iTXt compressed") << png(
        chunk("iTXt", keyed("workflow", QByteArray("\1\0", 2) + keyed("", keyed("", zlibStream(graph))))))
                                     << QStringLiteral("png") << true;
    QTest::newRow("comf") << png(chunk("comf", keyed("workflow", graph))) << QStringLiteral("png") << true;
    QTest::newRow("webp") << webp(exif("workflow:" + graph, "prompt:" + prompt)) << QStringLiteral("webp")
                          << true;
    QTest::newRow("webp prompt") << webp(exif("Prompt:" + prompt, "x:y")) << QStringLiteral("webp") << false;
}

void TestReader::reads()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, carrier);
    QFETCH(bool, isGraph);
    const auto workflow = readWorkflow(bytes, QStringLiteral("/some/folder/My picture.v2.xyz"));
    QVERIFY2(workflow, workflow ? "" : qPrintable(workflow.error().message));
    QCOMPARE(workflow->carrier, carrier);
    QCOMPARE(workflow->title, QStringLiteral("My picture.v2"));
    QCOMPARE(workflow->isGraph(), isGraph);
    if (isGraph) {
        QCOMPARE(workflow->graph()->root.nodes.size(), 1);
        QCOMPARE(workflow->graph()->root.nodes.at(0).type, QStringLiteral("Load"));
    } else {
        QCOMPARE(workflow->prompt()->nodes.size(), 1);
        QCOMPARE(workflow->prompt()->nodes.at(0).classType, QStringLiteral("Load"));
    }
}

void TestReader::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("hello");
    QTest::newRow("empty object") << QByteArray("{}");
    QTest::newRow("other JSON") << QByteArray(R"({"name": "x", "list": [1, 2]})");
    QTest::newRow("array") << QByteArray("[]");
    QTest::newRow("nodes is no list") << QByteArray(R"({"nodes": 5})");
    QTest::newRow("cut") << QByteArray(R"({"nodes": [{"id": 1)");
    QTest::newRow("deep") << QByteArray(QByteArray(R"({"nodes": [)") + QByteArray(100'000, '['));
    QTest::newRow("picture without") << png(chunk("tEXt", keyed("Software", "x")));
    QTest::newRow("picture with broken") << png(chunk("tEXt", keyed("workflow", "{\"nodes\"")));
    QTest::newRow("signature only") << QByteArray("\x89PNG\r\n\x1a\n");
    QTest::newRow("chunk longer than the file")
        << QByteArray("\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXtworkflow\0{", 26);
    // 256 MiB of spaces in a quarter of a megabyte: over the cap, so it is left out.
    QTest::newRow("zlib bomb") << png(
        chunk("zTXt", keyed("workflow", '\0' + zlibStream(QByteArray(256 * 1024 * 1024, ' ')))));
    QTest::newRow("broken zlib") << png(chunk("zTXt", keyed("workflow", '\0' + QByteArray("not zlib"))));
    QTest::newRow("zTXt of another method")
        << png(chunk("zTXt", keyed("workflow", '\7' + zlibStream(kGraph))));
    QTest::newRow("webp without") << webp("MM");
    QTest::newRow("webp directory outside")
        << webp("MM" + bigEndian(quint16(42)) + bigEndian(quint32(0xfffffff0)));
    QTest::newRow("webp field outside")
        << webp("MM" + bigEndian(quint16(42)) + bigEndian(quint32(8)) + bigEndian(quint16(0xffff))
                + bigEndian(quint16(0x10f)) + bigEndian(quint16(2)) + bigEndian(quint32(0xffffffff))
                + bigEndian(quint32(0xffffffff)));
}

void TestReader::refuses()
{
    QFETCH(QByteArray, bytes);
    const auto workflow = readWorkflow(bytes, QStringLiteral("x.json"));
    QVERIFY(!workflow);
    QVERIFY2(workflow.error().kind == ErrorKind::Unreadable || workflow.error().kind == ErrorKind::TooLarge,
             qPrintable(nameOf(workflow.error().kind)));
    QVERIFY2(workflow.error().message.contains(u"x.json"), qPrintable(workflow.error().message));
}

void TestReader::graphLeadsInAPicture()
{
    const auto workflow =
        readWorkflow(png(chunk("tEXt", keyed("prompt", kPrompt)) + chunk("tEXt", keyed("workflow", kGraph))),
                     QStringLiteral("x"));
    QVERIFY(workflow);
    QVERIFY(workflow->isGraph());
    QVERIFY(workflow->embeddedPrompt);
    QCOMPARE(workflow->embeddedPrompt->nodes.size(), 1);
    QCOMPARE(workflow->diagnostics, Diagnostics());
}

void TestReader::promptIsUsedWhereTheGraphIsBroken()
{
    const auto workflow =
        readWorkflow(png(chunk("tEXt", keyed("prompt", kPrompt)) + chunk("tEXt", keyed("workflow", "{"))),
                     QStringLiteral("x"));
    QVERIFY(workflow);
    QVERIFY(workflow->prompt());
    QCOMPARE(workflow->diagnostics.size(), 1);
    QCOMPARE(workflow->diagnostics.at(0).code, QStringLiteral("embedded-workflow"));
}

void TestReader::listsEmbeddedTexts()
{
    const QString text = QStringLiteral("steps: 20, grüße 漢字 🎨");
    const auto texts = readEmbeddedTexts(
        png(chunk("iTXt", keyed("parameters", QByteArray(2, '\0') + keyed("", keyed("", text.toUtf8()))))
            + chunk("tEXt", keyed("Latin", "gr\xfc\xdf"))));
    QVERIFY(texts);
    QCOMPARE(texts->carrier, QStringLiteral("png"));
    QCOMPARE(texts->texts.size(), 2);
    QCOMPARE(texts->texts.at(0).key, QStringLiteral("parameters"));
    QCOMPARE(QString::fromUtf8(texts->texts.at(0).text), text);
    QCOMPARE(QString::fromUtf8(texts->texts.at(1).text), QStringLiteral("grüß"));
    QVERIFY(!readEmbeddedTexts("neither"));
    const auto itself = readEmbeddedTexts(kGraph); // a JSON file is one text
    QVERIFY(itself);
    QCOMPARE(itself->carrier, QStringLiteral("json"));
    QCOMPARE(itself->texts, (TextList{{QStringLiteral("workflow"), kGraph, {}}}));
    QVERIFY(!readEmbeddedTexts("{}"));
}

void TestReader::namesLineAndColumn()
{
    const auto workflow = readWorkflow("{\n  \"nodes\": oops}", QStringLiteral("x.json"));
    QVERIFY(!workflow);
    QVERIFY2(workflow.error().message.contains(u"line 2"), qPrintable(workflow.error().message));
}

void TestReader::readsFiles()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("Über ☀.txt")); // the name says nothing
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(kGraph);
    file.close();
    const auto workflow = readWorkflowFile(path);
    QVERIFY(workflow);
    QCOMPARE(workflow->title, QStringLiteral("Über ☀"));
    const auto absent = readWorkflowFile(folder.filePath(QStringLiteral("absent.json")));
    QVERIFY(!absent);
    QCOMPARE(absent.error().kind, ErrorKind::Unreadable);
    QVERIFY(absent.error().message.contains(u"absent.json"));
}

void TestReader::survivesEveryCut_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("png") << png(
        chunk("zTXt", keyed("workflow", '\0' + zlibStream(kGraph)))
        + chunk("iTXt", keyed("prompt", QByteArray(2, '\0') + keyed("", keyed("", kPrompt)))));
    QTest::newRow("webp") << webp(exif(QByteArray("workflow:") + kGraph, QByteArray("prompt:") + kPrompt));
    QTest::newRow("json") << QByteArray(kGraph);
}

void TestReader::survivesEveryCut()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(readWorkflow(bytes, QString()));
    for (qsizetype size = 0; size < bytes.size(); ++size) {
        const auto cut = readWorkflow(bytes.first(size), QString());
        QVERIFY(cut || !cut.error().message.isEmpty());
        QByteArray changed = bytes; // a byte turned over must not bring the reader down either
        changed[size] = char(~changed[size]);
        const auto flipped = readWorkflow(changed, QString());
        QVERIFY(flipped || !flipped.error().message.isEmpty());
    }
}

void TestReader::saysThatAFileEndsEarly_data()
{
    QTest::addColumn<QByteArray>("whole");
    const auto box = [](const char* type, const QByteArray& content) -> QByteArray {
        return bigEndian(quint32(content.size() + 8)) + type + content;
    };
    QTest::newRow("png") << png(chunk("tEXt", keyed("Software", "x")));
    QTest::newRow("webp") << webp("MM");
    QTest::newRow("mp4") << box("ftyp", QByteArray("isom\0\0\0\0", 8)) + box("mdat", QByteArray(50, 'x'));
    QTest::newRow("avif") << box("ftyp", QByteArray("avif\0\0\0\0", 8)) + box("mdat", QByteArray(50, 'x'));
    const QByteArray json = R"({"asset": {"version": "2.0"}}   )";
    QByteArray glb(20, '\0');
    qToLittleEndian(quint32(20 + json.size()), glb.data() + 8);
    qToLittleEndian(quint32(json.size()), glb.data() + 12);
    QTest::newRow("glb") << glb.replace(0, 8, QByteArray("glTF\2\0\0\0", 8)).replace(16, 4, "JSON") + json;
}

void TestReader::saysThatAFileEndsEarly()
{
    QFETCH(QByteArray, whole);
    const QString name = QStringLiteral("x.bin");
    const auto complete = readWorkflow(whole, name);
    QVERIFY(!complete);
    QVERIFY2(complete.error().message.contains(u"carries no workflow"), qPrintable(complete.error().message));
    const auto cut = readWorkflow(whole.chopped(10), name);
    QVERIFY(!cut);
    QVERIFY2(cut.error().message.contains(u"ends early"), qPrintable(cut.error().message));
    QVERIFY(readEmbeddedTexts(whole.chopped(10))->isCut);
    QVERIFY(!readEmbeddedTexts(whole)->isCut);
}

void TestReader::saysThatTheWorkflowWasCutOff()
{
    const QByteArray prompt = chunk("tEXt", keyed("prompt", kPrompt));
    const QByteArray whole = png(prompt + chunk("tEXt", keyed("workflow", kGraph)));
    const auto cut = readWorkflow(whole.first(whole.indexOf("workflow") + 20), QStringLiteral("x.png"));
    QVERIFY(cut && cut->prompt());
    QCOMPARE(cut->diagnostics.size(), 1);
    QCOMPARE(cut->diagnostics.constFirst().code, QStringLiteral("cut-file"));
}

void TestReader::nanBecomesNull()
{
    const auto workflow =
        readWorkflow(R"({"1": {"inputs": {"x": NaN, "y": -Infinity}, "class_type": "A"}})", QString());
    QVERIFY(workflow);
    QVERIFY(workflow->prompt()->nodes.at(0).input(QStringLiteral("x"))->is_null());
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestReader)
#include "tst_reader.moc"
