#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "protocol/messages.hpp"

namespace klono::protocol {

/// Little-endian, self-delimiting: u32 magic "KLNP", u32 version, u32 message index, fields in
/// declaration order; text and vectors carry a u32 count. Never fails.
std::vector<std::uint8_t> encode(const Request& request);
std::vector<std::uint8_t> encode(const Reply& reply);

/// Errors: Malformed (short, unknown, trailing bytes, counts beyond the buffer), Internal (another version).
Result<Request> decode_request(std::span<const std::uint8_t> bytes);
Result<Reply> decode_reply(std::span<const std::uint8_t> bytes);

}  // namespace klono::protocol
