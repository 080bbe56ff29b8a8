#pragma once
/// Module cli: the headless program: files in, tables and reports out. Allowed dependencies: all
/// but app, render, platform, workspace.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace klono::cli {

/// The options a command understands: name with dashes -> whether it takes a value. One that does not may still be given
/// one with "=".
using OptionList = std::map<std::string_view, bool, std::less<>>;

/// A parsed command line: options may stand anywhere; "--name value" and "--name=value" are the
/// same; "--" ends the options.
class Arguments {
 public:
  /// Errors: BadSetting for unknown options and missing values.
  static Result<Arguments> parse(std::string_view command, const std::vector<std::string>& words, const OptionList& known);

  bool has(std::string_view name) const;
  std::optional<std::string> value(std::string_view name) const;        ///< of the last one given
  std::vector<std::string> values(std::string_view name) const;         ///< of all
  Result<double> number(std::string_view name, double fallback) const;  ///< BadSetting when not a number
  const std::vector<std::string>& files() const { return files_; }

 private:
  std::vector<std::pair<std::string, std::string>> options_;
  std::vector<std::string> files_;
};

}  // namespace klono::cli
