// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/nodelibrary.h"

#include <QTemporaryDir>

// Running single nodes of the demo server, and small pictures to compare.
namespace gesso::demo::nodetest {

QString q(const char* text);
Value text(const char* value);
// Rows of grey values, as RGB.
Picture grey(std::initializer_list<std::initializer_list<float>> rows);
Picture mask(std::initializer_list<std::initializer_list<float>> rows);
QList<float> row(const Picture& picture, int y = 0);
Value image(Picture picture);
Value maskOf(Picture picture);
QSize sizeOf(const Pictures& pictures);

// Runs one node by its class, in a folder of its own that holds alpha.png and opaque.png.
class NodeRunner
{
public:
    bool prepare(); // false if the pictures could not be written
    Result<NodeResult> run(const char* className, QHash<QString, Value> inputs);
    Pictures pictures(const char* className, QHash<QString, Value> inputs, std::size_t slot = 0);
    const JobEnvironment& environment() const { return m_environment; }

private:
    QTemporaryDir m_dir;
    NodeLibrary m_library;
    JobEnvironment m_environment;
};

} // namespace gesso::demo::nodetest
