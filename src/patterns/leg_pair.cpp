#include "patterns/leg_pair.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

namespace klono::patterns {
namespace {

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

/// Whether `word` stands in `text` with no letter before or after it.
bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !is_letter(text[at - 1]);
    const std::size_t end = at + word.size();
    if (begins && (end == text.size() || !is_letter(text[end]))) return true;
  }
  return false;
}

/// Names of leg channels as sleep laboratories write them (chosen).
bool speaks_of_legs(std::string_view name) {
  const std::string text = lower(name);
  for (const std::string_view part : {"leg", "tib"})
    if (text.find(part) != std::string::npos) return true;
  for (const std::string_view word : {"lat", "rat", "plm", "plml", "plmr"})  // left and right anterior tibialis
    if (has_word(text, word)) return true;
  return false;
}

}  // namespace

std::optional<LegPair> leg_pair(const EmgAnalysis& emg) {
  std::vector<std::size_t> legs;
  for (std::size_t k = 0; k < emg.channels.size(); ++k)
    if (emg.channels[k].microvolts && speaks_of_legs(emg.channels[k].name)) legs.push_back(k);
  if (legs.size() != 2) return std::nullopt;
  return LegPair{legs[0], legs[1]};
}

}  // namespace klono::patterns
