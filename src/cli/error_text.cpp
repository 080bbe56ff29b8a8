#include "cli/error_text.hpp"

#include <sstream>

#include "base/words.hpp"

namespace klono::cli {
namespace {

constexpr std::size_t kMostChoices = 12;  // chosen: what a line of a terminal can still be searched by eye for

/// 'one', 'two', … in quotes, since names of files hold spaces.
std::string choice_list(const std::string& lines) {
  std::istringstream choices(lines);
  std::string list, choice;
  std::size_t count = 0;
  while (std::getline(choices, choice))
    if (!choice.empty() && ++count <= kMostChoices) list += (list.empty() ? "'" : ", '") + choice + "'";
  if (count <= kMostChoices) return list;
  return fill(Word::batch_choices_more, {{"list", list}, {"count", std::to_string(count - kMostChoices)}});
}

}  // namespace

std::string error_text(const Error& error) {
  const std::string text = one_line(error);
  const std::string list = error.question ? choice_list(error.question->suggestions) : std::string();
  return list.empty() ? text : fill(Word::batch_choices, {{"text", text}, {"list", list}});
}

}  // namespace klono::cli
