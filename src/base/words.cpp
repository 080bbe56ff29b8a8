#include "base/words.hpp"

namespace klono {

std::string fill(Word id, std::initializer_list<std::pair<std::string_view, std::string>> values) {
  const std::string_view pattern = word(id);
  std::string text;
  // One pass over the pattern: a value that itself holds braces (a file's name) is left alone.
  for (std::size_t at = 0; at < pattern.size();) {
    const std::size_t open = pattern.find('{', at);
    const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) return text += pattern.substr(at);
    text += pattern.substr(at, open - at);
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    const std::string* value = nullptr;
    for (const auto& [known, filled] : values)
      if (known == name) value = &filled;
    text += value != nullptr ? std::string_view(*value) : pattern.substr(open, close - open + 1);
    at = close + 1;
  }
  return text;
}

}  // namespace klono
