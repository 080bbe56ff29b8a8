#pragma once
/// One result, told twice: as aligned text for a person and as JSON for a script.

#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

namespace klono::bench {

using Cell = std::variant<std::string, double, std::int64_t>;

/// Column names carry their unit. Numbers are written with `decimals`; NaN as a dash (text) or null.
struct Table {
  std::string key;    ///< in JSON
  std::string title;  ///< above the text
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
  int decimals = 3;
};

std::string text_of(const Table& table);
nlohmann::json json_of(const Table& table);  ///< a list of objects, one a row

}  // namespace klono::bench
