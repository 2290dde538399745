// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/samplepictures.h"

#include "core/demo/painter/painter.h"

#include <QDir>
#include <QFileInfo>
#include <QImage>

#include <cmath>

namespace gesso::demo {

namespace {

QImage paintSample()
{
    PaintOrder order;
    order.positive = QStringLiteral("a sailing boat on a mountain lake at sunset");
    order.seed = {2};
    order.steps = 12; // the fewest that leave no softness
    order.cfg = 7;
    order.width = 512;
    order.height = 512;
    Painter painter(order);
    for (int step = 1; step <= order.steps; ++step) {
        painter.paintStep(step);
    }
    return painter.takeResult().toImage();
}

// A round hole with soft edges, in the lower left.
QImage withHole(const QImage& image)
{
    QImage result = image.convertToFormat(QImage::Format_RGBA8888);
    const double radius = result.width() * 0.2;
    for (int y = 0; y < result.height(); ++y) {
        uchar* line = result.scanLine(y);
        for (int x = 0; x < result.width(); ++x) {
            const double distance = std::hypot(x - result.width() * 0.32, y - result.height() * 0.7);
            line[x * 4 + 3] =
                static_cast<uchar>(std::lround(255 * std::clamp((distance - radius) / 12, 0.0, 1.0)));
        }
    }
    return result;
}

} // namespace

void addSamplePictures(const Folders& folders)
{
    const QString plain = QDir(folders.input).filePath(QStringLiteral("example.png"));
    const QString masked = QDir(folders.input).filePath(QStringLiteral("example-masked.png"));
    if (QFileInfo::exists(plain) && QFileInfo::exists(masked)) {
        return;
    }
    static const QImage sample = paintSample(); // the same for all servers of a process
    if (!QFileInfo::exists(plain)) {
        sample.save(plain, "PNG");
    }
    if (!QFileInfo::exists(masked)) {
        withHole(sample).save(masked, "PNG");
    }
}

} // namespace gesso::demo
