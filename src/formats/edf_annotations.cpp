#include "formats/edf_annotations.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "formats/edf_header.hpp"
#include "formats/number_text.hpp"

namespace klono::formats {
namespace {

constexpr char kTextEnd = '\x14';
constexpr char kDurationMark = '\x15';
constexpr std::size_t kMostText = 200;     // bytes
constexpr double kFurthest_s = 1e10;

/// "+12.5": a plain decimal number; seconds.
std::optional<double> seconds_in(std::string_view text) {
  const std::optional<double> value = parse_number(text, false);
  return value && std::abs(*value) < kFurthest_s ? value : std::nullopt;
}

/// The text shortened at the end of a character.
std::string capped(std::string text) {
  if (text.size() <= kMostText) return text;
  std::size_t end = kMostText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

/// One list: onset, perhaps a duration, then texts that each end with a mark. False where it cannot be read.
bool read_list(std::string_view list, bool keeps_time, EdfNotes& notes) {
  const std::size_t head_end = list.find(kTextEnd);
  if (head_end == std::string_view::npos) return false;
  const std::string_view head = list.substr(0, head_end);
  const std::size_t mark = head.find(kDurationMark);
  const std::optional<double> onset = seconds_in(head.substr(0, mark));
  const std::optional<double> duration = mark == std::string_view::npos ? 0.0 : seconds_in(head.substr(mark + 1));
  if (!onset || !duration) return false;
  // The first text of the list that keeps the time is empty.
  if (keeps_time && (head_end + 1 == list.size() || list[head_end + 1] == kTextEnd)) notes.start_s = *onset;
  for (std::size_t at = head_end + 1; at < list.size();) {
    const std::size_t end = std::min(list.find(kTextEnd, at), list.size());
    if (std::string text = edf_text(list.substr(at, end - at)); !text.empty())
      notes.annotations.push_back({*onset, std::max(*duration, 0.0), capped(std::move(text))});
    at = end + 1;
  }
  return true;
}

}  // namespace

void read_edf_annotations(std::span<const std::byte> bytes, bool keeps_time, EdfNotes& notes) {
  const std::string_view all(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  bool first = true;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = std::min(all.find('\0', at), all.size());
    const std::string_view list = all.substr(at, end - at);
    at = end + 1;
    if (list.empty()) continue;
    if (!read_list(list, keeps_time && first, notes)) ++notes.broken;
    first = false;
  }
}

}  // namespace klono::formats
