// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

// The little of HTTP and WebSocket that a mock on the same machine needs. It trusts its clients.
namespace gesso::bench {

struct Request {
    std::string_view method;
    std::string_view path; // with query
    std::string_view body;
    std::string_view webSocketKey;
    bool closes = false;
};

// The request at the start of `in` and its length, once it is there whole. Views into `in`.
std::optional<std::pair<Request, std::size_t>> takeRequest(std::string_view in);

void appendAnswer(std::string& out, int status, std::string_view contentType, std::string_view body);
void appendHandshake(std::string& out, std::string_view key);
void appendFrame(std::string& out, bool isText, std::string_view payload); // unmasked, whole

enum class Opcode { Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };
struct ClientFrame {
    Opcode opcode = Opcode::Text;
    std::string payload; // unmasked
};
std::optional<std::pair<ClientFrame, std::size_t>> takeFrame(std::string_view in);
void appendPong(std::string& out, std::string_view payload);

// The text of `"key": "text"` in JSON, as it stands there; empty if there is none.
std::string_view textMember(std::string_view json, std::string_view key);
// The object of `"key": {…}`, braces included; empty if there is none.
std::string_view objectMember(std::string_view json, std::string_view key);

} // namespace gesso::bench
