#include <cstdlib>
#include <map>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "example_model.hpp"

using namespace klono;
using namespace klono::testing;

namespace {

using Cells = std::vector<std::string>;

/// A reader of RFC 4180 by its grammar: quotes doubled inside quotes, CRLF between records.
std::vector<Cells> records(std::string_view text) {
  std::vector<Cells> all{{}};
  std::string cell;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        cell += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cell += text[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',' || c == '\n') {
      if (c == '\n') {
        REQUIRE(cell.ends_with('\r'));
        cell.pop_back();
      }
      all.back().push_back(cell);
      cell.clear();
      if (c == '\n') all.emplace_back();
    } else {
      cell += c;
    }
  }
  CHECK_FALSE(quoted);
  all.pop_back();
  return all;
}

struct Table {
  std::vector<std::string> comments;
  std::vector<std::map<std::string, std::string>> rows;
};

Table read(const std::string& text) {
  Table table;
  Cells names;
  for (const Cells& cells : records(text)) {
    if (cells.front().starts_with("#")) {
      CHECK(cells.size() == 1);
      table.comments.push_back(cells.front());
    } else if (names.empty()) {
      names = cells;
    } else {
      REQUIRE(cells.size() == names.size());
      auto& row = table.rows.emplace_back();
      for (std::size_t i = 0; i < names.size(); ++i) row[names[i]] = cells[i];
    }
  }
  return table;
}

}  // namespace

TEST_CASE("The table reads back with as many events as the analysis, counted ones first") {
  const report::ReportModel model = example_model();
  const Table table = read(report::events_csv(model));
  CHECK(table.rows.size() == model.analysis.events.size() + model.analysis.not_counted.size());
  std::size_t counted = 0;
  for (const auto& row : table.rows) {
    CHECK((row.at("counted") == "yes") == row.at("reason").empty());
    if (row.at("counted") == "yes") CHECK(&row - table.rows.data() == static_cast<std::ptrdiff_t>(counted++));
  }
  const auto document = nlohmann::json::parse(report::analysis_json(model));
  CHECK(counted == document["events"].size());
  CHECK(table.rows.size() - counted == document["not_counted"].size());
}

TEST_CASE("Each row of the table holds the event to the last digit") {
  const report::ReportModel model = example_model();
  const Table table = read(report::events_csv(model));
  const auto& row = table.rows.front();
  CHECK(row.at("onset_s") == "1000");
  CHECK(row.at("onset_clock") == "2026-11-24T22:46:40.000+01:00");
  CHECK(row.at("class") == name_of(EventClass::Twitch));
  CHECK(row.at("decision") == "confirmed");
  CHECK(row.at("direction_z") == "-0.8");
  CHECK(row.at("group").empty());
  CHECK(std::strtod(row.at("above_floor").c_str(), nullptr) == model.analysis.events[0].above_floor);
  CHECK(table.rows[1].at("group") == "g1");
}

TEST_CASE("A row of the table tells whether the event's level or its form led to it, as the analysis does") {
  report::ReportModel model = example_model();
  model.analysis.events[0].by_form = true;
  const Table table = read(report::events_csv(model));
  const auto document = nlohmann::json::parse(report::analysis_json(model));
  CHECK(table.rows[0].at("found_by") == "form");
  CHECK(table.rows[1].at("found_by") == "level");
  for (std::size_t i = 0; i < document["events"].size(); ++i) CHECK(document["events"][i]["found_by"] == table.rows[i].at("found_by"));
}

TEST_CASE("Lines before the table carry program, detector and every setting") {
  const std::string text = report::events_csv(example_model());
  CHECK(text.starts_with("# program: klonograph 0.1.0\r\n# detector_version: "));
  for (const SettingInfo& info : setting_table()) CHECK(contains(text, "# detector." + std::string(info.key) + ": "));
  CHECK(contains(text, "# detector.gate: on\r\n"));
  CHECK(contains(text, "# reading.unit: g\r\n"));
  CHECK(contains(text, "# analysable_s: 9000\r\n"));
}

TEST_CASE("A hostile file name cannot start a line or a cell of its own") {
  report::ReportModel model = example_model();
  model.file_name = "a\r\n1,=cmd()\n\",;=2";
  const Table table = read(report::events_csv(model));
  CHECK(table.rows.size() == 8);
  CHECK(read(report::events_csv(model)).comments.size() == read(report::events_csv(example_model())).comments.size());
}

TEST_CASE("Without events the table is its head") {
  report::ReportModel model;
  const Table table = read(report::events_csv(model));
  CHECK(table.rows.empty());
  CHECK(contains(report::events_csv(model), "\r\nonset_s,onset_clock,"));
}

TEST_CASE("Sizes that cannot be trusted are empty cells") {
  report::ReportModel model = example_model();
  model.amplitudes_valid = false;
  const Table table = read(report::events_csv(model));
  CHECK(table.rows[0].at("peak_g").empty());
  CHECK(table.rows[0].at("floor_g").empty());
  CHECK(table.rows[0].at("duration_s") == "0.31");
}

TEST_CASE("The lines before the table count what was left out, by reason") {
  const std::string text = report::events_csv(example_model());
  CHECK(contains(text, "# not_counted.handling_knock: 1\r\n"));
  CHECK(contains(text, "# analysable_share: 0.84"));
  CHECK(contains(text, "# expected_false: "));
}
