#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_source.hpp"

namespace klono::formats {

enum class TextEncoding : std::uint8_t { Utf8, Utf16Le, Utf16Be, Latin1 };

/// Decides from a byte-order mark, else from the bytes. nullopt where it is not text at all.
struct TextGuess {
  bool is_text = false;
  TextEncoding encoding = TextEncoding::Utf8;
  std::size_t mark_bytes = 0;  ///< length of the byte-order mark
};
TextGuess guess_encoding(std::span<const std::byte> head);

/// Reads a text line by line, as UTF-8, in one forward pass with bounded memory. LF, CRLF and CR
/// end a line; a line longer than 1 MB is cut there.
class TextLines {
 public:
  TextLines(std::shared_ptr<const ByteSource> source, TextGuess guess);

  /// The next line without its end; false at the end of the text or on a read error.
  bool next(std::string_view& line);

  /// The lines that lie ready, whole and each ended by a line feed, for a reader that walks through them itself; then
  /// skip() tells how far it came. 32 bytes behind them may be read. Empty where next() has to find the end of the line.
  std::string_view whole_lines();
  void skip(std::size_t bytes, std::int64_t lines);

  std::int64_t line_number() const { return line_number_; }  ///< of the line just given, 1-based
  std::int64_t bytes_done() const { return offset_; }
  bool ended_without_newline() const { return unterminated_; }
  const Status& status() const { return status_; }

 private:
  bool fetch();
  void make_room(std::size_t bytes);
  void append(std::string_view decoded);

  std::shared_ptr<const ByteSource> source_;
  TextGuess guess_;
  std::int64_t offset_ = 0;
  std::int64_t line_number_ = 0;
  std::vector<char> text_;  // decoded, not yet given: from at_ to end_
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::string carry_;      // bytes of a character cut by the block boundary
  std::vector<std::byte> block_;  // bytes that have to be decoded first
  bool at_end_ = false;
  bool skip_line_feed_ = false;
  bool unterminated_ = false;
  Status status_ = Done{};
};

}  // namespace klono::formats
