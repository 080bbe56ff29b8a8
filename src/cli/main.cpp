// The command line: prints what the commands return and turns errors into exit codes.

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "base/words.hpp"
#include "cli/commands.hpp"
#include "help_page.hpp"

namespace {

constexpr int kUsage = 2;
constexpr int kUnreadable = 3;

void print(std::FILE* stream, std::string_view text) { std::fwrite(text.data(), 1, text.size(), stream); }

int fail(std::string_view message, int code) {
  print(stderr, "klonograph: ");
  print(stderr, message);
  print(stderr, "\n");
  return code;
}

int finish(const klono::Result<klono::cli::Outcome>& outcome) {
  if (!outcome) {
    const klono::Error& error = outcome.error();
    return fail(klono::one_line(error), error.code == klono::ErrorCode::BadSetting ? kUsage : kUnreadable);
  }
  print(stdout, outcome.value().output);
  print(stderr, outcome.value().notes);
  return std::fflush(stdout) == 0 ? 0 : kUnreadable;
}

}  // namespace

int main(int count, char** texts) {
  using namespace klono;
  const std::vector<std::string> all(texts + 1, texts + count);
  if (all.empty()) return fail(word(Word::cli_usage_no_command), kUsage);
  const std::string& command = all.front();
  const std::vector<std::string> rest(all.begin() + 1, all.end());
  for (const std::string& text : all) {
    if (text != "--help" && text != "-h") continue;
    print(stdout, cli::kHelpPage);
    return 0;
  }
  if (command == "--version") {
    print(stdout, "klonograph " KLONO_VERSION "\n");
    return 0;
  }
  if (command == "analyze") return finish(cli::run_analyze(rest, KLONO_VERSION));
  if (command == "inspect") return finish(cli::run_inspect(rest));
  if (command == "synth") return finish(cli::run_synth(rest));
  if (command == "formats") {
    print(stdout, cli::formats_text());
    return 0;
  }
  return fail(fill(Word::cli_usage_unknown_command, {{"name", command}}), kUsage);
}
