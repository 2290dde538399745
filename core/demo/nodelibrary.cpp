// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/nodelibrary.h"

#include "core/demo/nodes/nodes.h"
#include "core/demo/picturefile.h"

#include <QDir>

namespace gesso::demo {

namespace {

QStringList picturesIn(const QString& folder)
{
    return QDir(folder).entryList(pictureNamePatterns(), QDir::Files, QDir::Name);
}

} // namespace

NodeLibrary::NodeLibrary()
{
    addLoaderNodes(*this);
    addLatentNodes(*this);
    addSamplerNodes(*this);
    addFileNodes(*this);
    addScaleNodes(*this);
    addFilterNodes(*this);
    addCompositeNodes(*this);
    addMaskNodes(*this);
}

void NodeLibrary::add(const NodeInfo& info, NodeFunction run)
{
    auto type = std::make_unique<NodeType>();
    type->name = info.name();
    type->info = info.json();
    type->run = std::move(run);
    type->isOutput = boolMember(type->info, "output_node");
    type->inputs = inputSpecs(type->info);
    for (const Json& output : type->info["output"]) {
        type->outputTypes.append(toQString(output));
    }
    for (const InputSpec& input : type->inputs) {
        if (input.options && boolMember(*input.options, "image_upload")) {
            type->fileInputs.append(input.name);
        }
    }
    m_byName.insert(type->name, type.get());
    m_types.push_back(std::move(type));
}

const NodeType* NodeLibrary::find(const QString& className) const
{
    return m_byName.value(className);
}

Json NodeLibrary::describe(const NodeType& type, const QStringList& files) const
{
    Json info = type.info;
    for (const QString& input : type.fileInputs) {
        Json& choices = info["input"]["required"][input.toStdString()][0];
        for (const QString& file : files) {
            choices.push_back(toJson(file));
        }
    }
    return info;
}

Json NodeLibrary::objectInfo(const Folders& folders) const
{
    const QStringList files = picturesIn(folders.input);
    Json all = Json::object();
    for (const auto& type : m_types) {
        all[type->name.toStdString()] = describe(*type, files);
    }
    return all;
}

Json NodeLibrary::objectInfo(const Folders& folders, const QString& className) const
{
    const NodeType* type = find(className);
    Json one = Json::object();
    if (type) {
        one[className.toStdString()] = describe(*type, picturesIn(folders.input));
    }
    return one;
}

} // namespace gesso::demo
