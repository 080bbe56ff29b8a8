#pragma once
/// Every text a person reads comes from the catalogue in assets/words, so that it can be checked
/// and translated in one place.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "words_catalogue.hpp"  // generated from assets/words

namespace klono {

/// The text as it stands.
inline std::string_view word(Word id) { return kWords[static_cast<std::size_t>(id)]; }
inline std::string text(Word id) { return std::string(word(id)); }

/// The text with each `{name}` replaced by its value. Unknown names stay as they are.
std::string fill(Word id, std::initializer_list<std::pair<std::string_view, std::string>> values);

}  // namespace klono
