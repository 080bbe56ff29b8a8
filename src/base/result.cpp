#include "base/result.hpp"

namespace klono {

std::string one_line(const Error& error) {
  std::string text = error.what;
  if (error.line > 0) {
    if (!text.empty() && text.back() == '.') text.pop_back();
    text += " (line " + std::to_string(error.line) + ").";
  }
  if (!error.advice.empty()) text += " " + error.advice;
  return text;
}

}  // namespace klono
