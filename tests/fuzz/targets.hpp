#pragma once
/// What the fuzzers feed, and what must hold whatever the bytes are. Each aborts where a promise is broken.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace klono::fuzz {

/// What must hold, or else.
inline void promise(bool kept, const char* what) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

/// One file through sniffing, reading, cleaning and, where it is short, the detector. The last byte chooses what a person
/// may have said about the file; after a line feed, nothing.
void feed_reader(const std::uint8_t* data, std::size_t size);

/// A recording made here, as bytes: through parser, stream and reader, whole and in pieces. Without the signature: frames
/// as u8 type, u16 length and payload each, so that no checksum is in the way.
void feed_journal(const std::uint8_t* data, std::size_t size);

/// Notifications of a Polar sensor, one after another: u8 length, u8 hundredths of a second since the one before, bytes.
void feed_polar(const std::uint8_t* data, std::size_t size);

/// One message to each decoder; what can be read must be written again byte for byte.
void feed_codec(const std::uint8_t* data, std::size_t size);

}  // namespace klono::fuzz
