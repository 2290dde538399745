// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/demo/noderunner.h"

#include <QImage>

#include <cmath>

namespace gesso::demo::nodetest {

QString q(const char* text)
{
    return QString::fromUtf8(text);
}

Value text(const char* value)
{
    return Json(value);
}

Picture grey(std::initializer_list<std::initializer_list<float>> rows)
{
    Picture picture(static_cast<int>(rows.begin()->size()), static_cast<int>(rows.size()), 3);
    int y = 0;
    for (const auto& row : rows) {
        int x = 0;
        for (const float value : row) {
            std::fill_n(picture.pixel(x++, y), 3, value);
        }
        ++y;
    }
    return picture;
}

Picture mask(std::initializer_list<std::initializer_list<float>> rows)
{
    const Picture rgb = grey(rows);
    Picture result(rgb.width(), rgb.height(), 1);
    for (int y = 0; y < rgb.height(); ++y) {
        for (int x = 0; x < rgb.width(); ++x) {
            *result.pixel(x, y) = rgb.pixel(x, y)[0];
        }
    }
    return result;
}

QList<float> row(const Picture& picture, int y)
{
    QList<float> values;
    for (int x = 0; x < picture.width(); ++x) {
        values.append(std::round(picture.pixel(x, y)[0] * 1000) / 1000);
    }
    return values;
}

Value image(Picture picture)
{
    return imagesValue({std::move(picture)});
}

Value maskOf(Picture picture)
{
    return masksValue({std::move(picture)});
}

QSize sizeOf(const Pictures& pictures)
{
    return {pictures.front().width(), pictures.front().height()};
}

bool NodeRunner::prepare()
{
    m_environment.folders = *Folders::create(m_dir.path());
    m_environment.tempPrefix = q("ComfyUI_temp_test");
    QImage picture(2, 1, QImage::Format_RGBA8888);
    picture.setPixelColor(0, 0, QColor(255, 0, 51, 255));
    picture.setPixelColor(1, 0, QColor(0, 102, 255, 51));
    const QImage opaque = picture.convertToFormat(QImage::Format_RGB888);
    return picture.save(m_environment.folders.input + q("/alpha.png"))
        && opaque.save(m_environment.folders.input + q("/opaque.png"));
}

Result<NodeResult> NodeRunner::run(const char* className, QHash<QString, Value> inputs)
{
    const NodeType* type = m_library.find(q(className));
    Q_ASSERT(type);
    return type->run(NodeContext(m_environment, std::move(inputs), [](int, int, const QByteArray&) {}));
}

Pictures NodeRunner::pictures(const char* className, QHash<QString, Value> inputs, std::size_t slot)
{
    const Result<NodeResult> result = run(className, std::move(inputs));
    if (!result || slot >= result->outputs.size()) {
        qWarning() << "no result" << (result ? QString() : result.error().message);
        return {Picture(1, 1, 3)};
    }
    const Value& value = result->outputs[slot];
    if (const auto* images = std::get_if<std::shared_ptr<const Images>>(&value)) {
        return (*images)->pictures;
    }
    return std::get<std::shared_ptr<const Masks>>(value)->pictures;
}

} // namespace gesso::demo::nodetest
