#include "cli/batch_store.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <limits>

#include "cli/error_text.hpp"

namespace fs = std::filesystem;
using namespace klono;
using namespace klono::cli;

namespace {

/// A folder of its own, gone afterwards.
class Scratch {
 public:
  Scratch() : path_(fs::temp_directory_path() / ("klonograph-batch-" + std::to_string(::getpid()))) { fs::create_directories(path_); }
  ~Scratch() { fs::remove_all(path_); }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

void write(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Row row_of(BatchTable table, const Cell& text, const Cell& integer, const Cell& number) {
  Row row;
  for (const Column& column : columns_of(table))
    row.push_back(column.type == ColumnType::Text ? text : column.type == ColumnType::Integer ? integer : number);
  return row;
}

BatchResult some_result() {
  return {row_of(BatchTable::Recordings, std::string("a \"b\", \u00fc"), std::int64_t{9007199254740993}, 0.1),
          {row_of(BatchTable::Events, Cell(), Cell(), 5e-324), row_of(BatchTable::Events, std::string("x\\n"), std::int64_t{-1}, 3.0)},
          {},
          {row_of(BatchTable::Emg, std::string("Leg L"), std::int64_t{12}, 0.25)}};
}

std::string whole_table(const std::string& path, std::span<const Column> columns, const std::vector<Row>& rows) {
  Result<std::unique_ptr<TableWriter>> table = make_csv_table(path, columns);
  REQUIRE(table.ok());
  for (const Row& row : rows) REQUIRE(table.value()->add(row).ok());
  CHECK_FALSE(fs::exists(path));  // nothing half written can be met
  REQUIRE(table.value()->finish().ok());
  return read(path);
}

}  // namespace

TEST_CASE("A result comes back as it was saved") {
  const Scratch scratch;
  write(scratch / "one.csv", "content");
  const Result<ResultStore> store = ResultStore::open(scratch / "results");
  REQUIRE(store.ok());
  const ResultKey key = key_of({"one.csv", scratch / "one.csv"}, "program=1\n");
  CHECK_FALSE(store.value().load(key).has_value());
  const BatchResult saved = some_result();
  REQUIRE(store.value().save(key, saved).ok());
  const std::optional<BatchResult> loaded = store.value().load(key);
  REQUIRE(loaded.has_value());
  CHECK(loaded->recording == saved.recording);
  CHECK(loaded->events == saved.events);
  CHECK(loaded->parts.empty());
  CHECK(loaded->emg == saved.emg);
}

TEST_CASE("A result counts only whole, and only for its own file and settings") {
  const Scratch scratch;
  write(scratch / "one.csv", "content");
  const Result<ResultStore> store = ResultStore::open(scratch / "results");
  REQUIRE(store.ok());
  const BatchFile file{"one.csv", scratch / "one.csv"};
  const ResultKey key = key_of(file, "program=1\n");
  REQUIRE(store.value().save(key, some_result()).ok());
  const std::string path = scratch / ("results/" + key.file_name);
  const std::string whole = read(path);

  for (std::size_t size = 0; size < whole.size(); size += 97) {
    write(path, whole.substr(0, size));
    CHECK_FALSE(store.value().load(key).has_value());
  }
  for (std::size_t at = 0; at < whole.size(); at += 31) {
    std::string other = whole;
    other[at] = static_cast<char>(other[at] ^ 1);
    write(path, other);
    CHECK_FALSE(store.value().load(key).has_value());
  }
  write(path, whole);
  CHECK(store.value().load(key).has_value());

  CHECK(key_of(file, "program=2\n").file_name != key.file_name);
  CHECK(key_of({"two.csv", file.path}, "program=1\n").file_name != key.file_name);
  const auto changed = fs::last_write_time(file.path);
  write(file.path, "CONTENT");  // of the same size
  fs::last_write_time(file.path, changed);
  CHECK(key_of(file, "program=1\n").file_name != key.file_name);
  write(file.path, "content");
  fs::last_write_time(file.path, changed);
  CHECK(key_of(file, "program=1\n").file_name == key.file_name);
  fs::last_write_time(file.path, changed + std::chrono::seconds(1));
  CHECK(key_of(file, "program=1\n").file_name != key.file_name);
}

TEST_CASE("A file that describes others changes with them") {
  const Scratch scratch;
  fs::create_directories(scratch / "night");
  write(scratch / "night/unisens.xml", "<unisens/>");
  write(scratch / "night/acc.bin", "1234");
  const BatchFile file{"night/unisens.xml", scratch / "night/unisens.xml"};
  const std::string before = key_of(file, "").file_name;
  CHECK(key_of(file, "").file_name == before);
  write(scratch / "night/acc.bin", "12345678");
  CHECK(key_of(file, "").file_name != before);
  const Result<std::vector<BatchFile>> found = find_batch_files({scratch / ""}, scratch / "out");
  REQUIRE(found.ok());
  REQUIRE(found.value().size() == 1);
  CHECK(found.value()[0].name == "night/unisens.xml");
}

TEST_CASE("A csv table is quoted, ends its lines and leaves out what is no number") {
  const Scratch scratch;
  const Column columns[] = {{"path"}, {"count", ColumnType::Integer}, {"size_g", ColumnType::Number}};
  const std::string text = whole_table(scratch / "t.csv", columns,
                                       {{std::string("a, \"b\"\n"), std::int64_t{7}, 0.25},
                                        {Cell(), Cell(), std::numeric_limits<double>::infinity()}});
  CHECK(text == "path,count,size_g\r\n\"a, \"\"b\"\" \",7,0.25\r\n,,\r\n");
}

TEST_CASE("What an ended run left is removed once its file is there, and kept while another may work on it") {
  const Scratch scratch;
  write(scratch / "t.csv", "");
  write(scratch / "t.csv.1234-5.part", "");
  write(scratch / "u.csv.1234-6.part", "");
  write(scratch / "v.csv.1234-7.part", "");
  fs::last_write_time(scratch / "v.csv.1234-7.part", fs::file_time_type::clock::now() - std::chrono::hours(30));
  remove_unfinished(scratch / "");
  CHECK(fs::exists(scratch / "t.csv"));
  CHECK_FALSE(fs::exists(scratch / "t.csv.1234-5.part"));
  CHECK(fs::exists(scratch / "u.csv.1234-6.part"));
  CHECK_FALSE(fs::exists(scratch / "v.csv.1234-7.part"));
}

TEST_CASE("An error that asks names its choices, in one line") {
  Error error{ErrorCode::NeedsChoice, "Several.", "Choose one."};
  CHECK(error_text(error) == "Several. Choose one.");
  error.question = Question{Question::Kind::Member, "--member", "Which?", "a b.csv\nc.csv"};
  CHECK(error_text(error) == "Several. Choose one. Choices: 'a b.csv', 'c.csv'.");
  error.question->suggestions = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n";
  CHECK(error_text(error).ends_with("'12' and 2 more."));
}
