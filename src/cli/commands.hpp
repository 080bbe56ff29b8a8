#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "cli/settings_file.hpp"

namespace klono::cli {

/// What a command leaves: text for standard output and notes for standard error. The commands
/// themselves print nothing.
struct Outcome {
  std::string output;
  std::string notes;
};

/// Errors: BadSetting (usage, exit 2), anything else (the recording, exit 3).
Result<Outcome> run_analyze(const std::vector<std::string>& words, std::string_view program_version);
Result<Outcome> run_inspect(const std::vector<std::string>& words);
Result<Outcome> run_synth(const std::vector<std::string>& words);
std::string formats_text();

}  // namespace klono::cli
