#include "cli/batch_store.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "base/file_source.hpp"
#include "base/words.hpp"
#include "cli/inputs.hpp"
#include "nlohmann/json.hpp"
#include "report/json_writer.hpp"
#include "report/text.hpp"

namespace klono::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kHeadBytes = 64 * 1024;
constexpr std::string_view kMagic = "klonograph-result 3 ";  // raise the number when columns or cells change
constexpr std::uint64_t kOffset = 14695981039346656037ULL;

/// FNV-1a: tells texts apart; nobody forges results of their own.
std::uint64_t hash_of(std::string_view bytes, std::uint64_t from = kOffset) {
  for (const char c : bytes) from = (from ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return from;
}

std::string hex(std::uint64_t value) {
  std::string text(16, '0');
  for (std::size_t i = 16; i-- > 0; value >>= 4) text[i] = "0123456789abcdef"[value & 15];
  return text;
}

std::string head_of(const std::string& path) {
  const Result<std::shared_ptr<const ByteSource>> source = open_file(path);
  if (!source) return "unreadable";
  const Result<std::vector<std::byte>> head = read_head(*source.value(), kHeadBytes);
  if (!head) return "unreadable";
  return hex(hash_of({reinterpret_cast<const char*>(head.value().data()), head.value().size()}));
}

std::string stamp_of(const fs::path& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  const auto changed = fs::last_write_time(path, error).time_since_epoch().count();
  return "size=" + std::to_string(size) + "\nchanged=" + std::to_string(static_cast<std::int64_t>(changed)) + "\n";
}

/// Of all files in the folder of one that describes them.
std::string stamps_beside(const fs::path& path) {
  std::error_code error;
  std::vector<std::string> stamps;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator(); entry.increment(error))
    stamps.push_back("beside=" + entry->path().filename().string() + "\n" + stamp_of(entry->path()));
  std::ranges::sort(stamps);
  std::string text;
  for (const std::string& stamp : stamps) text += stamp;
  return text;
}

void write_cell(report::JsonWriter& writer, const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    writer.value(std::string_view(*text));
  } else if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
    writer.value(*integer);
  } else if (const auto* number = std::get_if<double>(&cell)) {
    writer.value(*number);
  } else {
    writer.null();
  }
}

void write_rows(report::JsonWriter& writer, BatchTable table, const BatchResult& result) {
  writer.key(name_of(table)).begin_array();
  for (const Row& row : rows_of(result, table)) {
    writer.begin_array();
    for (const Cell& cell : row) write_cell(writer, cell);
    writer.end_array();
  }
  writer.end_array();
}

std::string text_of(const ResultKey& key, const BatchResult& result) {
  report::JsonWriter writer;
  writer.begin_object().field("key", std::string_view(key.text));
  for (const BatchTable table : kBatchTables) write_rows(writer, table, result);
  writer.end_object();
  return writer.text();
}

std::optional<Cell> cell_of(const json& value, ColumnType type) {
  if (value.is_null()) return Cell();
  if (type == ColumnType::Text && value.is_string()) return Cell(*value.get_ptr<const json::string_t*>());
  if (type == ColumnType::Integer && value.is_number_integer()) return Cell(value.get<std::int64_t>());
  if (type == ColumnType::Number && value.is_number()) return Cell(value.get<double>());
  return std::nullopt;
}

std::optional<Row> row_of(const json& values, std::span<const Column> columns) {
  if (!values.is_array() || values.size() != columns.size()) return std::nullopt;
  Row row;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    std::optional<Cell> cell = cell_of(values[i], columns[i].type);
    if (!cell) return std::nullopt;
    row.push_back(std::move(*cell));
  }
  return row;
}

std::optional<std::vector<Row>> read_rows(const json& document, BatchTable table) {
  const auto found = document.find(std::string(name_of(table)));
  if (found == document.end() || !found->is_array()) return std::nullopt;
  std::vector<Row> rows;
  for (const json& values : *found) {
    std::optional<Row> row = row_of(values, columns_of(table));
    if (!row) return std::nullopt;
    rows.push_back(std::move(*row));
  }
  return rows;
}

/// The body behind a first line that fits it.
std::optional<std::string> checked_body(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const std::size_t end = text.find('\n');
  if (end == std::string::npos) return std::nullopt;
  std::string body = text.substr(end + 1);
  if (text.substr(0, end) != std::string(kMagic) + hex(hash_of(body))) return std::nullopt;
  return body;
}

}  // namespace

ResultKey key_of(const BatchFile& file, std::string_view settings) {
  std::string text = std::string(settings) + "file=" + file.name + "\n" + stamp_of(file.path) + "head=" + head_of(file.path) + "\n";
  if (describes_others(base_name(file.path))) text += stamps_beside(file.path);
  const std::uint64_t first = hash_of(text);
  return {report::clean_text(text), hex(first) + hex(hash_of(text, hash_of(hex(first)))) + ".json"};
}

Result<ResultStore> ResultStore::open(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    return Error{ErrorCode::BadSetting, fill(Word::batch_folder_cannot_make, {{"name", folder}, {"why", error.message()}})};
  return ResultStore(folder);
}

std::optional<BatchResult> ResultStore::load(const ResultKey& key) const {
  const std::optional<std::string> body = checked_body(path_of(key));
  if (!body) return std::nullopt;
  const json document = json::parse(*body, nullptr, false);
  if (!document.is_object() || document.find("key") == document.end() || document["key"] != key.text) return std::nullopt;
  std::optional<std::vector<Row>> recording = read_rows(document, BatchTable::Recordings);
  std::optional<std::vector<Row>> events = read_rows(document, BatchTable::Events);
  std::optional<std::vector<Row>> parts = read_rows(document, BatchTable::Parts);
  std::optional<std::vector<Row>> emg = read_rows(document, BatchTable::Emg);
  if (!recording || recording->size() != 1 || !events || !parts || !emg) return std::nullopt;
  return BatchResult{std::move(recording->front()), std::move(*events), std::move(*parts), std::move(*emg)};
}

Status ResultStore::save(const ResultKey& key, const BatchResult& result) const {
  const std::string body = text_of(key, result);
  KLONO_TRY(const std::unique_ptr<WholeFile> file, WholeFile::create(path_of(key)));
  file->write(std::string(kMagic) + hex(hash_of(body)) + "\n" + body);
  if (Status status = file->finish(); !status && !load(key)) return status;  // else another process was first
  return Done{};
}

}  // namespace klono::cli
