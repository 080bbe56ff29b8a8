#include "cli/arguments.hpp"

#include "base/words.hpp"
#include "cli/refusals.hpp"
#include "formats/number_text.hpp"

namespace klono::cli {

Result<Arguments> Arguments::parse(std::string_view command, const std::vector<std::string>& words, const OptionList& known) {
  Arguments arguments;
  bool options_ended = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& text = words[i];
    if (!options_ended && text == "--") {
      options_ended = true;
      continue;
    }
    if (options_ended || !text.starts_with("--")) {
      arguments.files_.push_back(text);
      continue;
    }
    const std::size_t equals = text.find('=');
    const std::string name = text.substr(0, equals);
    const auto option = known.find(name);
    if (option == known.end())
      return usage(fill(Word::cli_usage_unknown_option, {{"command", std::string(command)}, {"name", name}}));
    if (!option->second) {
      arguments.options_.emplace_back(name, equals == std::string::npos ? "" : text.substr(equals + 1));
    } else if (equals != std::string::npos) {
      arguments.options_.emplace_back(name, text.substr(equals + 1));
    } else if (i + 1 < words.size()) {
      arguments.options_.emplace_back(name, words[++i]);
    } else {
      return usage(fill(Word::cli_usage_missing_value, {{"name", name}}));
    }
  }
  return arguments;
}

bool Arguments::has(std::string_view name) const { return value(name).has_value(); }

std::optional<std::string> Arguments::value(std::string_view name) const {
  std::optional<std::string> found;
  for (const auto& [option, value] : options_)
    if (option == name) found = value;
  return found;
}

std::vector<std::string> Arguments::values(std::string_view name) const {
  std::vector<std::string> found;
  for (const auto& [option, value] : options_)
    if (option == name) found.push_back(value);
  return found;
}

Result<double> Arguments::number(std::string_view name, double fallback) const {
  const std::optional<std::string> text = value(name);
  if (!text) return fallback;
  const std::optional<double> parsed = formats::parse_number(*text, false);
  if (!parsed || !(*parsed == *parsed))
    return usage(fill(Word::cli_usage_bad_number, {{"name", std::string(name)}, {"value", *text}}));
  return *parsed;
}

}  // namespace klono::cli
