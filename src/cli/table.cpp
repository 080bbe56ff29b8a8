#include "cli/table.hpp"

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <system_error>

#include "cli/refusals.hpp"
#include "report/text.hpp"

namespace klono::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kUnfinished = ".part";  // after name, process and number: "events.csv.4711-2.part"
constexpr auto kOld = std::chrono::hours(24);      // younger ones may be the work of another process

/// Another name for each process and each file of it: two of them may share a folder.
std::string unfinished_name(const std::string& path) {
  static std::atomic<std::uint64_t> number{0};
  return path + "." + std::to_string(::getpid()) + "-" + std::to_string(number.fetch_add(1)) + std::string(kUnfinished);
}

std::string cell_text(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return report::csv_cell(*text);
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return std::to_string(*integer);
  if (const auto* number = std::get_if<double>(&cell)) return report::number_text(*number);
  return {};
}

class CsvTable final : public TableWriter {
 public:
  CsvTable(std::string path, std::unique_ptr<WholeFile> file) : path_(std::move(path)), file_(std::move(file)) {}

  Status write_head(std::span<const Column> columns) {
    Row names;
    for (const Column& column : columns) names.emplace_back(std::string(column.name));
    return add(names);
  }

  Status add(const Row& row) override {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += (i > 0 ? "," : "") + cell_text(row[i]);
    line += "\r\n";
    if (!file_->write(line)) return cannot_write(path_);
    return Done{};
  }

  Status finish() override { return file_->finish(); }

 private:
  std::string path_;
  std::unique_ptr<WholeFile> file_;
};

}  // namespace

Result<std::unique_ptr<WholeFile>> WholeFile::create(const std::string& path) {
  std::string unfinished = unfinished_name(path);
  std::FILE* stream = std::fopen(unfinished.c_str(), "wb");
  if (stream == nullptr) return cannot_write(path);
  return std::unique_ptr<WholeFile>(new WholeFile(path, std::move(unfinished), stream));
}

WholeFile::WholeFile(std::string path, std::string unfinished, std::FILE* stream)
    : path_(std::move(path)), unfinished_(std::move(unfinished)), stream_(stream) {}

WholeFile::~WholeFile() {
  if (stream_ == nullptr) return;
  std::fclose(stream_);
  std::remove(unfinished_.c_str());
}

bool WholeFile::write(std::string_view text) { return std::fwrite(text.data(), 1, text.size(), stream_) == text.size(); }

Status WholeFile::finish() {
  const bool written = std::ferror(stream_) == 0 && std::fflush(stream_) == 0;
  const bool closed = std::fclose(stream_) == 0;
  stream_ = nullptr;
  if (written && closed && std::rename(unfinished_.c_str(), path_.c_str()) == 0) return Done{};
  std::remove(unfinished_.c_str());
  return cannot_write(path_);
}

void remove_unfinished(const std::string& folder) {
  std::error_code error;
  std::vector<fs::path> left;
  for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const fs::path& path = entry->path();
    if (path.extension() != kUnfinished) continue;
    std::error_code gone;
    const bool is_finished = fs::exists(path.parent_path() / path.stem().stem(), gone);
    const auto changed = entry->last_write_time(gone);
    if (!gone && (is_finished || fs::file_time_type::clock::now() - changed > kOld)) left.push_back(path);
  }
  for (const fs::path& path : left) fs::remove(path, error);
}

Result<std::unique_ptr<TableWriter>> make_csv_table(const std::string& path, std::span<const Column> columns) {
  KLONO_TRY(std::unique_ptr<WholeFile> file, WholeFile::create(path));
  auto table = std::make_unique<CsvTable>(path, std::move(file));
  KLONO_CHECK(table->write_head(columns));
  return std::unique_ptr<TableWriter>(std::move(table));
}

}  // namespace klono::cli
