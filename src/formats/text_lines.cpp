#include "formats/text_lines.hpp"

#include <algorithm>

namespace klono::formats {
namespace {

constexpr std::size_t kBlockBytes = 256 * 1024;
constexpr std::size_t kLongestLine = 1024 * 1024;

unsigned at(std::span<const std::byte> bytes, std::size_t i) { return std::to_integer<unsigned>(bytes[i]); }

bool starts_with(std::span<const std::byte> bytes, std::initializer_list<unsigned> mark) {
  if (bytes.size() < mark.size()) return false;
  std::size_t i = 0;
  for (const unsigned value : mark)
    if (at(bytes, i++) != value) return false;
  return true;
}

/// Valid UTF-8, a character cut by the end allowed.
bool is_utf8(std::span<const std::byte> bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const unsigned lead = at(bytes, i);
    const std::size_t length = lead < 0x80 ? 1 : (lead >> 5) == 6 ? 2 : (lead >> 4) == 14 ? 3 : (lead >> 3) == 30 ? 4 : 0;
    if (length == 0) return false;
    for (std::size_t k = 1; k < length; ++k) {
      if (i + k >= bytes.size()) return true;
      if ((at(bytes, i + k) & 0xC0U) != 0x80U) return false;
    }
    i += length;
  }
  return true;
}

void append_utf8(std::string& text, std::uint32_t code) {
  const auto byte = [&](std::uint32_t value) { text.push_back(static_cast<char>(value)); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | (code >> 6));
    byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    byte(0xE0 | (code >> 12));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  } else {
    byte(0xF0 | (code >> 18));
    byte(0x80 | ((code >> 12) & 0x3F));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  }
}

/// Decodes whole 16-bit units; bytes of a cut character stay in `carry`.
void append_utf16(std::string& text, std::string& carry, bool big_endian) {
  const auto unit = [&](std::size_t i) {
    const auto first = static_cast<unsigned char>(carry[i]);
    const auto second = static_cast<unsigned char>(carry[i + 1]);
    return static_cast<std::uint32_t>(big_endian ? (first << 8) | second : (second << 8) | first);
  };
  std::size_t i = 0;
  while (i + 1 < carry.size()) {
    const std::uint32_t high = unit(i);
    const bool is_pair = high >= 0xD800 && high < 0xDC00;
    if (is_pair && i + 3 >= carry.size()) break;
    if (is_pair) {
      append_utf8(text, 0x10000 + ((high - 0xD800) << 10) + ((unit(i + 2) - 0xDC00) & 0x3FF));
      i += 4;
    } else {
      append_utf8(text, high);
      i += 2;
    }
  }
  carry.erase(0, i);
}

}  // namespace

TextGuess guess_encoding(std::span<const std::byte> head) {
  if (starts_with(head, {0xEF, 0xBB, 0xBF})) return {true, TextEncoding::Utf8, 3};
  if (starts_with(head, {0xFF, 0xFE})) return {true, TextEncoding::Utf16Le, 2};
  if (starts_with(head, {0xFE, 0xFF})) return {true, TextEncoding::Utf16Be, 2};
  const std::span<const std::byte> probe = head.first(std::min<std::size_t>(head.size(), 4096));
  std::size_t even_zeros = 0;
  std::size_t odd_zeros = 0;
  std::size_t controls = 0;
  for (std::size_t i = 0; i < probe.size(); ++i) {
    const unsigned value = at(probe, i);
    if (value == 0) ++(i % 2 == 0 ? even_zeros : odd_zeros);
    if (value < 9 || (value > 13 && value < 32)) ++controls;
  }
  const std::size_t half = probe.size() / 2;
  if (half > 0 && odd_zeros > half * 8 / 10 && even_zeros == 0) return {true, TextEncoding::Utf16Le, 0};
  if (half > 0 && even_zeros > half * 8 / 10 && odd_zeros == 0) return {true, TextEncoding::Utf16Be, 0};
  if (controls > 0) return {};
  return {true, is_utf8(probe) ? TextEncoding::Utf8 : TextEncoding::Latin1, 0};
}

TextLines::TextLines(std::shared_ptr<const ByteSource> source, TextGuess guess)
    : source_(std::move(source)), guess_(guess), offset_(static_cast<std::int64_t>(guess.mark_bytes)) {
  block_.resize(kBlockBytes);
}

bool TextLines::fetch() {
  if (at_end_) return false;
  text_.erase(0, at_);
  at_ = 0;
  const Result<std::size_t> got = source_->read_at(offset_, block_);
  if (!got) {
    status_ = got.error();
    at_end_ = true;
    return false;
  }
  const std::size_t count = got.value();
  if (count == 0) {
    at_end_ = true;
    return false;
  }
  offset_ += static_cast<std::int64_t>(count);
  const char* bytes = reinterpret_cast<const char*>(block_.data());
  switch (guess_.encoding) {
    case TextEncoding::Utf8: text_.append(bytes, count); break;
    case TextEncoding::Latin1:
      for (std::size_t i = 0; i < count; ++i) append_utf8(text_, static_cast<unsigned char>(bytes[i]));
      break;
    case TextEncoding::Utf16Le:
    case TextEncoding::Utf16Be:
      carry_.append(bytes, count);
      append_utf16(text_, carry_, guess_.encoding == TextEncoding::Utf16Be);
      break;
  }
  return true;
}

bool TextLines::next(std::string_view& line) {
  std::size_t searched = at_;
  for (;;) {
    if (skip_line_feed_ && at_ < text_.size()) {
      if (text_[at_] == '\n') ++at_;
      searched = std::max(searched, at_);
      skip_line_feed_ = false;
    }
    const std::size_t end = text_.find_first_of("\r\n", searched);
    const bool too_long = end == std::string::npos && text_.size() - at_ > kLongestLine;
    if (end != std::string::npos || too_long) {
      const std::size_t stop = too_long ? text_.size() : end;
      line = std::string_view(text_).substr(at_, stop - at_);
      skip_line_feed_ = !too_long && text_[stop] == '\r';
      at_ = too_long ? stop : stop + 1;
      ++line_number_;
      return true;
    }
    const std::size_t pending = text_.size() - at_;
    if (fetch()) {
      searched = pending;
      continue;
    }
    if (at_ >= text_.size()) return false;
    line = std::string_view(text_).substr(at_);
    at_ = text_.size();
    ++line_number_;
    unterminated_ = true;
    return true;
  }
}

}  // namespace klono::formats
