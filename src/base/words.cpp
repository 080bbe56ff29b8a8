#include "base/words.hpp"

namespace klono {

std::string fill(Word id, std::initializer_list<std::pair<std::string_view, std::string>> values) {
  std::string text(word(id));
  for (const auto& [name, value] : values) {
    const std::string place = "{" + std::string(name) + "}";
    for (std::size_t at = text.find(place); at != std::string::npos;
         at = text.find(place, at + value.size()))
      text.replace(at, place.size(), value);
  }
  return text;
}

}  // namespace klono
