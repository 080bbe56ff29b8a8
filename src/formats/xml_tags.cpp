#include "formats/xml_tags.hpp"

#include <algorithm>
#include <utility>

namespace klono::formats {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string_view without_front_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  return text;
}

std::string unescaped(std::string_view text) {
  constexpr std::pair<std::string_view, char> kEntities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
  std::string plain;
  while (!text.empty()) {
    const auto* entity = std::find_if(std::begin(kEntities), std::end(kEntities), [&](const auto& one) { return text.starts_with(one.first); });
    const bool known = entity != std::end(kEntities);
    plain += known ? entity->second : text.front();
    text.remove_prefix(known ? entity->first.size() : 1);
  }
  return plain;
}

/// name="value" pairs; what is no pair ends them.
void read_attributes(std::string_view text, XmlTag& tag) {
  for (;;) {
    text = without_front_blanks(text);
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) return;
    std::string_view name = text.substr(0, equals);
    while (!name.empty() && is_blank(name.back())) name.remove_suffix(1);
    text = without_front_blanks(text.substr(equals + 1));
    if (text.empty() || (text.front() != '"' && text.front() != '\'')) return;
    const std::size_t end = text.find(text.front(), 1);
    if (end == std::string_view::npos) return;
    tag.attributes.emplace(std::string(name), unescaped(text.substr(1, end - 1)));
    text.remove_prefix(end + 1);
  }
}

/// The end of a tag: a '>' that stands in no value.
std::size_t end_of_tag(std::string_view text) {
  char quote = '\0';
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quote != '\0') quote = text[i] == quote ? '\0' : quote;
    else if (text[i] == '"' || text[i] == '\'') quote = text[i];
    else if (text[i] == '>') return i;
  }
  return std::string_view::npos;
}

}  // namespace

bool next_tag(std::string_view& text, XmlTag& tag) {
  for (;;) {
    const std::size_t open = text.find('<');
    if (open == std::string_view::npos) return false;
    text.remove_prefix(open + 1);
    if (text.starts_with("!--")) {
      const std::size_t end = text.find("-->");
      if (end == std::string_view::npos) return false;
      text.remove_prefix(end + 3);
      continue;
    }
    const std::size_t end = end_of_tag(text);
    if (end == std::string_view::npos) return false;
    std::string_view inside = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (inside.starts_with("!") || inside.starts_with("?")) continue;
    tag = {};
    tag.closes = inside.starts_with("/");
    if (tag.closes) inside.remove_prefix(1);
    tag.empty = inside.ends_with("/");
    if (tag.empty) inside.remove_suffix(1);
    const std::size_t name_end = static_cast<std::size_t>(std::find_if(inside.begin(), inside.end(), is_blank) - inside.begin());
    const std::string_view name = inside.substr(0, name_end);
    tag.name = name.substr(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1);
    read_attributes(inside.substr(name_end), tag);
    return true;
  }
}

}  // namespace klono::formats
