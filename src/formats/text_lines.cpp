#include "formats/text_lines.hpp"

#include <algorithm>
#include <cstring>

#include "formats/utf8.hpp"

namespace klono::formats {
namespace {

constexpr std::size_t kBlockBytes = 256 * 1024;
constexpr std::size_t kLongestLine = 1024 * 1024;
constexpr std::size_t kSlackBytes = 32;

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
  if (guess_.encoding != TextEncoding::Utf8) block_.resize(kBlockBytes);
}

/// What was given is dropped; `bytes` and the slack fit behind the rest.
void TextLines::make_room(std::size_t bytes) {
  if (at_ > 0) std::memmove(text_.data(), text_.data() + at_, end_ - at_);
  end_ -= at_;
  at_ = 0;
  if (text_.size() < end_ + bytes + kSlackBytes) text_.resize(end_ + bytes + kSlackBytes);
}

void TextLines::append(std::string_view decoded) {
  make_room(decoded.size());
  std::memcpy(text_.data() + end_, decoded.data(), decoded.size());
  end_ += decoded.size();
}

bool TextLines::fetch() {
  if (at_end_) return false;
  const bool as_it_is = guess_.encoding == TextEncoding::Utf8;
  if (as_it_is) make_room(kBlockBytes);
  const std::span<std::byte> into = as_it_is ? std::as_writable_bytes(std::span(text_).subspan(end_, kBlockBytes)) : std::span(block_);
  const Result<std::size_t> got = source_->read_at(offset_, into);
  if (!got) status_ = got.error();
  at_end_ = !got || got.value() == 0;
  if (at_end_) return false;
  const std::size_t count = got.value();
  offset_ += static_cast<std::int64_t>(count);
  const char* bytes = reinterpret_cast<const char*>(into.data());
  std::string decoded;
  switch (guess_.encoding) {
    case TextEncoding::Utf8: end_ += count; return true;
    case TextEncoding::Latin1:
      for (std::size_t i = 0; i < count; ++i) append_utf8(decoded, static_cast<unsigned char>(bytes[i]));
      break;
    case TextEncoding::Utf16Le:
    case TextEncoding::Utf16Be:
      carry_.append(bytes, count);
      append_utf16(decoded, carry_, guess_.encoding == TextEncoding::Utf16Be);
      break;
  }
  append(decoded);
  return true;
}

bool TextLines::next(std::string_view& line) {
  std::size_t searched = at_;
  for (;;) {
    if (skip_line_feed_ && at_ < end_) {
      if (text_[at_] == '\n') ++at_;
      searched = std::max(searched, at_);
      skip_line_feed_ = false;
    }
    std::size_t stop = searched;
    while (stop < end_ && text_[stop] != '\n' && text_[stop] != '\r') ++stop;
    const bool too_long = stop == end_ && end_ - at_ > kLongestLine;
    if (stop < end_ || too_long) {
      line = std::string_view(text_.data() + at_, stop - at_);
      skip_line_feed_ = !too_long && text_[stop] == '\r';
      at_ = too_long ? stop : stop + 1;
      ++line_number_;
      return true;
    }
    const std::size_t pending = end_ - at_;
    if (fetch()) {
      searched = pending;
      continue;
    }
    if (at_ >= end_) return false;
    line = std::string_view(text_.data() + at_, end_ - at_);
    at_ = end_;
    ++line_number_;
    unterminated_ = true;
    return true;
  }
}

std::string_view TextLines::whole_lines() {
  if (skip_line_feed_ && at_ < end_) {
    if (text_[at_] == '\n') ++at_;
    skip_line_feed_ = false;
  }
  for (;;) {
    const std::string_view ready(text_.data() + at_, end_ - at_);
    const std::size_t last = ready.rfind('\n');
    if (last != std::string_view::npos) return ready.substr(0, last + 1);
    if (ready.size() > kLongestLine || !fetch()) return {};
  }
}

void TextLines::skip(std::size_t bytes, std::int64_t lines) {
  at_ += bytes;
  line_number_ += lines;
}

}  // namespace klono::formats
