#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace klono::cli {

enum class ColumnType : std::uint8_t { Text, Integer, Number };

struct Column {
  std::string_view name;  ///< with its unit: "duration_s"
  ColumnType type = ColumnType::Text;
};

/// One value of its column's type; the empty one where there is none. Numbers that are not finite count as none.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;
using Row = std::vector<Cell>;

/// A file that appears whole or not at all: written beside its place, then moved there.
class WholeFile {
 public:
  /// Errors: BadSetting where it cannot be written.
  static Result<std::unique_ptr<WholeFile>> create(const std::string& path);
  WholeFile(const WholeFile&) = delete;
  WholeFile& operator=(const WholeFile&) = delete;
  ~WholeFile();  ///< what was not finished is removed

  std::FILE* stream() const { return stream_; }
  bool write(std::string_view text);
  Status finish();

 private:
  WholeFile(std::string path, std::string unfinished, std::FILE* stream);

  std::string path_;
  std::string unfinished_;
  std::FILE* stream_;
};

/// Removes from a folder what ended runs left of such files: whatever has been finished since, or is older than a day.
void remove_unfinished(const std::string& folder);

/// Writes a table row by row, in bounded memory. Rows have one cell a column.
class TableWriter {
 public:
  virtual ~TableWriter() = default;
  virtual Status add(const Row& row) = 0;
  virtual Status finish() = 0;  ///< the file is there afterwards
};

/// CSV as `analyze --csv` writes it: RFC 4180, UTF-8, decimal point; an empty field where there is no value.
Result<std::unique_ptr<TableWriter>> make_csv_table(const std::string& path, std::span<const Column> columns);

/// Arrow IPC file (Feather version 2), uncompressed: utf8, int64 and float64 columns, null where there is no value.
/// `columns` must outlive it. Error: BadSetting in a build without the Arrow library.
Result<std::unique_ptr<TableWriter>> make_arrow_table(const std::string& path, std::span<const Column> columns);

/// Whether this build has it.
bool can_write_arrow();

}  // namespace klono::cli
