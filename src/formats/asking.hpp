#pragma once

#include <string>

#include "base/result.hpp"
#include "base/words.hpp"

namespace klono::formats {

/// The question that only a person can answer: NeedsChoice with its flag, words and suggestions (one a line, best first).
inline Error ask(Question::Kind kind, std::string option, Word prompt, Word advice, std::string suggestions) {
  Error error{ErrorCode::NeedsChoice, std::string(word(prompt)), std::string(word(advice))};
  error.question = Question{kind, std::move(option), std::string(word(prompt)), std::move(suggestions)};
  return error;
}

}  // namespace klono::formats
