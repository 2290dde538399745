// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/mock/wire.h"

#include <QByteArray>
#include <QCryptographicHash>

#include <algorithm>
#include <charconv>

namespace gesso::bench {
namespace {

std::string_view headerValue(std::string_view head, std::string_view name)
{
    const auto isSame = [](char a, char b) { return std::tolower(a) == std::tolower(b); };
    const auto at = std::search(head.begin(), head.end(), name.begin(), name.end(), isSame);
    if (at == head.end()) {
        return {};
    }
    std::string_view rest = head.substr(std::size_t(at - head.begin()) + name.size());
    rest = rest.substr(0, rest.find("\r\n"));
    const std::size_t start = rest.find_first_not_of(' ');
    return start == std::string_view::npos ? std::string_view() : rest.substr(start);
}

std::size_t number(std::string_view text)
{
    std::size_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// Just behind `"key":` and spaces.
std::size_t behindKey(std::string_view json, std::string_view key)
{
    const std::string quoted = '"' + std::string(key) + '"';
    std::size_t at = json.find(quoted);
    while (at != std::string_view::npos) {
        const std::size_t behind = json.find_first_not_of(" \t\r\n", at + quoted.size());
        if (behind != std::string_view::npos && json[behind] == ':') {
            return json.find_first_not_of(" \t\r\n", behind + 1);
        }
        at = json.find(quoted, at + 1);
    }
    return std::string_view::npos;
}

void appendHeader(std::string& out, int firstByte, std::size_t size)
{
    constexpr std::size_t kSmall = 126;
    constexpr std::size_t kMedium = 0x10000;
    out += char(firstByte);
    int lengthBytes = 0;
    if (size < kSmall) {
        out += char(size);
    } else if (size < kMedium) {
        out += char(126);
        lengthBytes = 2;
    } else {
        out += char(127);
        lengthBytes = 8;
    }
    for (int shift = (lengthBytes - 1) * 8; shift >= 0; shift -= 8) {
        out += char((size >> shift) & 0xFF);
    }
}

} // namespace

std::optional<std::pair<Request, std::size_t>> takeRequest(std::string_view in)
{
    const std::size_t headEnd = in.find("\r\n\r\n");
    if (headEnd == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view head = in.substr(0, headEnd + 2);
    const std::size_t bodyAt = headEnd + 4;
    const std::size_t length = number(headerValue(head, "\r\nContent-Length:"));
    if (in.size() < bodyAt + length) {
        return std::nullopt;
    }
    Request request;
    const std::size_t space = head.find(' ');
    const std::size_t secondSpace = head.find(' ', space + 1);
    request.method = head.substr(0, space);
    request.path = head.substr(space + 1, secondSpace - space - 1);
    request.body = in.substr(bodyAt, length);
    request.webSocketKey = headerValue(head, "\r\nSec-WebSocket-Key:");
    request.closes = headerValue(head, "\r\nConnection:") == "close";
    return std::pair(request, bodyAt + length);
}

void appendAnswer(std::string& out, int status, std::string_view contentType, std::string_view body)
{
    out += "HTTP/1.1 ";
    out += status == 200 ? "200 OK" : "404 Not Found";
    out += "\r\nContent-Type: ";
    out += contentType;
    out += "\r\nContent-Length: ";
    out += std::to_string(body.size());
    out += "\r\n\r\n";
    out += body;
}

void appendHandshake(std::string& out, std::string_view key)
{
    const std::string text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    out += "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Accept: ";
    out += QCryptographicHash::hash(QByteArray::fromStdString(text), QCryptographicHash::Sha1)
               .toBase64()
               .toStdString();
    out += "\r\n\r\n";
}

void appendFrame(std::string& out, bool isText, std::string_view payload)
{
    appendHeader(out, isText ? 0x81 : 0x82, payload.size());
    out += payload;
}

void appendPong(std::string& out, std::string_view payload)
{
    appendHeader(out, 0x8A, payload.size());
    out += payload;
}

std::optional<std::pair<ClientFrame, std::size_t>> takeFrame(std::string_view in)
{
    if (in.size() < 2) {
        return std::nullopt;
    }
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(in[i]); };
    std::size_t length = byte(1) & 0x7FU;
    std::size_t at = 2;
    const std::size_t lengthBytes = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (in.size() < at + lengthBytes + 4) {
        return std::nullopt;
    }
    if (lengthBytes > 0) {
        length = 0;
        for (std::size_t i = 0; i < lengthBytes; ++i) {
            length = (length << 8U) | byte(at + i);
        }
        at += lengthBytes;
    }
    const std::string_view mask = in.substr(at, 4);
    at += 4;
    if (in.size() < at + length) {
        return std::nullopt;
    }
    ClientFrame frame;
    frame.opcode = Opcode(byte(0) & 0x0FU);
    frame.payload = in.substr(at, length);
    for (std::size_t i = 0; i < length; ++i) {
        frame.payload[i] = char(frame.payload[i] ^ mask[i % 4]);
    }
    return std::pair(frame, at + length);
}

std::string_view textMember(std::string_view json, std::string_view key)
{
    const std::size_t at = behindKey(json, key);
    if (at == std::string_view::npos || json[at] != '"') {
        return {};
    }
    return json.substr(at + 1, json.find('"', at + 1) - at - 1);
}

std::string_view objectMember(std::string_view json, std::string_view key)
{
    const std::size_t start = behindKey(json, key);
    if (start == std::string_view::npos || json[start] != '{') {
        return {};
    }
    int depth = 0;
    bool isText = false;
    for (std::size_t i = start; i < json.size(); ++i) {
        const char c = json[i];
        if (isText) {
            i += c == '\\' ? 1 : 0;
            isText = c != '"';
        } else if (c == '"') {
            isText = true;
        } else if (c == '{') {
            ++depth;
        } else if (c == '}' && --depth == 0) {
            return json.substr(start, i + 1 - start);
        }
    }
    return {};
}

} // namespace gesso::bench
