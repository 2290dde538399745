// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace gesso::bench {

std::string previewJpeg(int side); // about as large as ComfyUI's of the same side
std::string resultPng(int side);

// A binary message with a preview (protocol.md, section 3): with metadata, or the old kind for an empty id.
std::string previewMessage(const std::string& jpeg, const std::string& promptId);

} // namespace gesso::bench
