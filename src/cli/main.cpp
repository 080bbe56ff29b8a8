// The command line: prints what the commands return and turns errors into exit codes.

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "base/words.hpp"
#include "cli/commands.hpp"
#include "cli/error_text.hpp"
#include "help_page.hpp"

namespace {

using klono::cli::kStopped;
using klono::cli::kUnreadable;
using klono::cli::kUsage;

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
    const bool is_stopped = error.code == klono::ErrorCode::Cancelled;
    return fail(klono::cli::error_text(error), is_stopped ? kStopped : error.code == klono::ErrorCode::BadSetting ? kUsage : kUnreadable);
  }
  print(stdout, outcome.value().output);
  print(stderr, outcome.value().notes);
  return std::fflush(stdout) == 0 ? outcome.value().exit_code : kUnreadable;
}

std::atomic<bool> stop_wanted{false};
static_assert(std::atomic<bool>::is_always_lock_free);  // a signal may come at any moment

void want_stop(int number) {
  stop_wanted.store(true);
  std::signal(number, SIG_DFL);  // the second one ends at once
}

/// One line that is written over on a terminal; a line a file elsewhere.
class Progress {
 public:
  void tell(const klono::cli::BatchNews& news) {
    if (!is_terminal_) return print(stderr, news.line + "\n");
    const std::string line = klono::fill(klono::Word::batch_progress_line, {{"done", std::to_string(news.done)}, {"all", std::to_string(news.all)},
                                                                      {"refused", std::to_string(news.refused)}, {"path", news.name}});
    print(stderr, "\r\x1b[K" + line.substr(0, cut_of(line)));
  }

  void end() const {
    if (is_terminal_) print(stderr, "\r\x1b[K");
  }

 private:
  /// Where a line is cut so that it does not break, between two characters.
  static std::size_t cut_of(const std::string& line) {
    if (line.size() <= kWidth) return line.size();
    std::size_t cut = kWidth;
    while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
    return cut;
  }

  /// A character device as well: as WebAssembly isatty() alone calls a pipe a terminal.
  static bool is_terminal(int file) {
    struct ::stat about {};
    return ::fstat(file, &about) == 0 && S_ISCHR(about.st_mode) && ::isatty(file) != 0;
  }

  static constexpr std::size_t kWidth = 79;
  const bool is_terminal_ = is_terminal(STDERR_FILENO);
};

int batch(const std::vector<std::string>& words) {
  for (const int number : {SIGINT, SIGTERM}) std::signal(number, want_stop);
  Progress progress;
  const klono::cli::BatchHost host{[&](const klono::cli::BatchNews& news) { progress.tell(news); }, [] { return stop_wanted.load(); }};
  const klono::Result<klono::cli::Outcome> outcome = klono::cli::run_batch(words, KLONO_VERSION, host);
  progress.end();
  return finish(outcome);
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
  if (command == "batch") return batch(rest);
  if (command == "inspect") return finish(cli::run_inspect(rest));
  if (command == "synth") return finish(cli::run_synth(rest));
  if (command == "formats") {
    print(stdout, cli::formats_text());
    return 0;
  }
  return fail(fill(Word::cli_usage_unknown_command, {{"name", command}}), kUsage);
}
