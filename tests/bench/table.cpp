#include "bench/table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace klono::bench {
namespace {

std::string text_of(const Cell& cell, int decimals) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* count = std::get_if<std::int64_t>(&cell)) return std::to_string(*count);
  const double value = *std::get_if<double>(&cell);
  if (!std::isfinite(value)) return "-";
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, value);
  return buffer.data();
}

nlohmann::json json_of_cell(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* count = std::get_if<std::int64_t>(&cell)) return *count;
  const double value = *std::get_if<double>(&cell);
  return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json(nullptr);
}

}  // namespace

std::string text_of(const Table& table) {
  std::vector<std::vector<std::string>> lines{table.columns};
  for (const auto& row : table.rows) {
    std::vector<std::string> line;
    for (const Cell& cell : row) line.push_back(text_of(cell, table.decimals));
    lines.push_back(line);
  }
  std::vector<std::size_t> widths(table.columns.size(), 0);
  for (const auto& line : lines)
    for (std::size_t k = 0; k < line.size(); ++k) widths[k] = std::max(widths[k], line[k].size());
  std::string text = table.title + "\n";
  for (const auto& line : lines) {
    std::string row_text;
    for (std::size_t k = 0; k < line.size(); ++k) {
      const std::string padding(widths[k] - line[k].size(), ' ');
      row_text += "  " + (k == 0 ? line[k] + padding : padding + line[k]);
    }
    text += row_text + "\n";
  }
  return text;
}

nlohmann::json json_of(const Table& table) {
  nlohmann::json rows = nlohmann::json::array();
  for (const auto& row : table.rows) {
    nlohmann::json object = nlohmann::json::object();
    for (std::size_t k = 0; k < row.size(); ++k) object[table.columns[k]] = json_of_cell(row[k]);
    rows.push_back(object);
  }
  return rows;
}

}  // namespace klono::bench
