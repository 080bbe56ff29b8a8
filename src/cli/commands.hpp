#pragma once

#include <cstdint>
#include <functional>
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
  int exit_code = 0;
};

/// What a long command tells on its way: how far it is, and what it has just done.
struct BatchNews {
  std::int64_t done = 0;
  std::int64_t refused = 0;
  std::int64_t all = 0;
  std::string name;  ///< of the file
  std::string line;  ///< what came of it, in words
};

/// How a long command speaks while it works.
struct BatchHost {
  std::function<void(const BatchNews&)> tell;  ///< never called by two threads at once
  std::function<bool()> is_stopped;            ///< asked several times a second, by any thread
};

inline constexpr int kSomeRefused = 1;
inline constexpr int kUsage = 2;
inline constexpr int kUnreadable = 3;
inline constexpr int kStopped = 130;

/// Errors: BadSetting (usage, exit 2), anything else (the recording, exit 3).
Result<Outcome> run_analyze(const std::vector<std::string>& words, std::string_view program_version);
/// Errors as run_analyze, and Cancelled where it was stopped. Works with several threads, each with one recording at a time.
Result<Outcome> run_batch(const std::vector<std::string>& words, std::string_view program_version, const BatchHost& host);
Result<Outcome> run_inspect(const std::vector<std::string>& words);
Result<Outcome> run_synth(const std::vector<std::string>& words);
std::string formats_text();

}  // namespace klono::cli
