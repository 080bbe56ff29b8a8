#include "formats/xml_pull.hpp"

#include <algorithm>
#include <charconv>

#include "base/words.hpp"
#include "formats/number_text.hpp"
#include "formats/utf8.hpp"

namespace klono::formats {
namespace {

constexpr std::size_t kBlockBytes = 64 * 1024;
constexpr std::size_t kLongestPart = 1 << 20;

Error damaged() { return {ErrorCode::Malformed, std::string(word(Word::apps_sheet_damaged)), std::string(word(Word::apps_sheet_damaged_advice))}; }

/// "#228" or "#xE4".
bool append_numbered(std::string& text, std::string_view entity) {
  const bool hexadecimal = entity.starts_with("#x");
  entity.remove_prefix(hexadecimal ? 2 : 1);
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(entity.data(), entity.data() + entity.size(), code, hexadecimal ? 16 : 10);
  if (error != std::errc() || end != entity.data() + entity.size() || code == 0 || code > 0x10FFFF) return false;
  append_utf8(text, code);
  return true;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

std::string without_entities(std::string_view text) {
  constexpr std::pair<std::string_view, char> known[] = {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t mark = std::min(text.find('&', at), text.size());
    plain += text.substr(at, mark - at);
    at = mark;
    if (at == text.size()) break;
    const std::size_t end = text.find(';', at);
    const std::string_view entity = end == std::string_view::npos ? std::string_view() : text.substr(at + 1, end - at - 1);
    const auto found = std::find_if(std::begin(known), std::end(known), [&](const auto& pair) { return pair.first == entity; });
    if (found != std::end(known)) plain += found->second;
    else if (!entity.starts_with('#') || !append_numbered(plain, entity)) {
      plain += text[at++];
      continue;
    }
    at = end + 1;
  }
  return plain;
}

/// Reads on; what was used is dropped. False at the end.
Result<bool> XmlPull::more() {
  buffer_.erase(0, at_);
  at_ = 0;
  if (buffer_.size() > kLongestPart) return damaged();
  const std::size_t before = buffer_.size();
  buffer_.resize(before + kBlockBytes);
  KLONO_TRY(const std::size_t got, source_->read_at(offset_, std::as_writable_bytes(std::span(buffer_).subspan(before))));
  buffer_.resize(before + got);
  offset_ += static_cast<std::int64_t>(got);
  return got > 0;
}

/// Where the mark stands behind `from` places of what is not used yet, counted from there; Malformed where it does not come.
Result<std::size_t> XmlPull::find(std::string_view mark, std::size_t from) {
  for (;;) {
    const std::size_t found = buffer_.find(mark, at_ + from);
    if (found != std::string::npos) return found - at_;
    KLONO_TRY(const bool came, more());
    if (!came) return damaged();
  }
}

Status XmlPull::skip_to(std::string_view mark) {
  for (;;) {
    const std::size_t found = buffer_.find(mark, at_);
    if (found != std::string::npos) {
      at_ = found + mark.size();
      return Done{};
    }
    at_ = buffer_.size() - std::min(buffer_.size() - at_, mark.size() - 1);
    KLONO_TRY(const bool came, more());
    if (!came) return damaged();
  }
}

Result<XmlPull::Part> XmlPull::read_tag() {
  // '>' may stand inside a quoted value.
  std::size_t end = 1;
  char quote = '\0';
  for (;; ++end) {
    if (at_ + end >= buffer_.size()) {
      KLONO_TRY(const bool came, more());
      if (!came) return damaged();
      if (at_ + end >= buffer_.size()) return damaged();
    }
    const char c = buffer_[at_ + end];
    if (quote != '\0') quote = c == quote ? '\0' : quote;
    else if (c == '"' || c == '\'') quote = c;
    else if (c == '>') break;
  }
  std::string_view tag = std::string_view(buffer_).substr(at_ + 1, end - 1);
  const bool closing = tag.starts_with('/');
  closed_at_once_ = !closing && tag.ends_with('/');
  if (closing) tag.remove_prefix(1);
  if (closed_at_once_) tag.remove_suffix(1);
  std::size_t length = 0;
  while (length < tag.size() && !is_blank(tag[length])) ++length;
  attributes_ = tag.substr(length);
  tag = tag.substr(0, length);
  name_ = tag.substr(tag.find(':') == std::string_view::npos ? 0 : tag.find(':') + 1);
  at_ += end + 1;
  return closing ? Part::End : Part::Begin;
}

Result<XmlPull::Part> XmlPull::next() {
  if (closed_at_once_) {
    closed_at_once_ = false;
    return Part::End;
  }
  for (;;) {
    if (at_ >= buffer_.size()) {
      KLONO_TRY(const bool came, more());
      if (!came) return Part::Done;
      if (offset_ <= static_cast<std::int64_t>(kBlockBytes) && buffer_.starts_with("\xEF\xBB\xBF")) at_ = 3;
      continue;
    }
    if (buffer_[at_] != '<') {
      const std::size_t end = std::min(buffer_.find('<', at_), buffer_.size());
      // An entity that the block cuts waits for its rest.
      const bool cut = end == buffer_.size() && buffer_.find('&', end - std::min<std::size_t>(end - at_, 12)) != std::string::npos;
      if (cut) {
        KLONO_TRY(const bool came, more());
        if (came) continue;
      }
      const std::size_t stop = std::min(buffer_.find('<', at_), buffer_.size());
      text_ = without_entities(std::string_view(buffer_).substr(at_, stop - at_));
      at_ = stop;
      return Part::Text;
    }
    while (buffer_.size() - at_ < 9) {
      KLONO_TRY(const bool came, more());
      if (!came) break;
    }
    const std::string_view ahead = std::string_view(buffer_).substr(at_);
    if (ahead.starts_with("<!--")) {
      KLONO_CHECK(skip_to("-->"));
    } else if (ahead.starts_with("<?")) {
      KLONO_CHECK(skip_to("?>"));
    } else if (ahead.starts_with("<![CDATA[")) {
      KLONO_TRY(const std::size_t end, find("]]>", 9));
      text_ = buffer_.substr(at_ + 9, end - 9);
      at_ += end + 3;
      return Part::Text;
    } else if (ahead.starts_with("<!")) {
      KLONO_TRY(const std::size_t end, find(">", 2));
      if (std::string_view(buffer_).substr(at_, end).find('[') != std::string_view::npos) return damaged();  // entities of its own
      at_ += end + 1;
    } else {
      return read_tag();
    }
  }
}

std::string XmlPull::attribute(std::string_view wanted) const {
  const std::string_view all = attributes_;
  for (std::size_t at = 0; at < all.size();) {
    while (at < all.size() && is_blank(all[at])) ++at;
    const std::size_t equals = all.find('=', at);
    if (equals == std::string_view::npos) break;
    const std::size_t open = all.find_first_of("\"'", equals);
    if (open == std::string_view::npos) break;
    const std::size_t close = all.find(all[open], open + 1);
    if (close == std::string_view::npos) break;
    if (trimmed(all.substr(at, equals - at)) == wanted) return without_entities(all.substr(open + 1, close - open - 1));
    at = close + 1;
  }
  return {};
}

}  // namespace klono::formats
