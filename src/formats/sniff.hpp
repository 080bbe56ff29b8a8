#pragma once

#include <optional>

#include "base/byte_source.hpp"

namespace klono::formats {

enum class Container : std::uint8_t { Empty, Zip, Gzip, Journal, AxivityCwa, Wav, GeneActiv, Avro, Edf, Json, Text, Refused, Unknown };

inline constexpr std::size_t kSniffedBytes = 64 * 1024;  ///< of a file's head, enough to tell

/// What the first bytes are; by content, never by name. For Refused, `why` says what it is and which export
/// to choose instead.
struct Sniffed {
  Container container = Container::Unknown;
  std::optional<Error> why;
};

Sniffed sniff(std::span<const std::byte> head);

}  // namespace klono::formats
