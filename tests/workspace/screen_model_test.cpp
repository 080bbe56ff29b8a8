#include "workspace/screen_model.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "base/words.hpp"
#include "opened.hpp"
#include "workspace/screens.hpp"
#include "workspace/setting_steps.hpp"

namespace klono::workspace {
namespace {

void for_each_action(const ScreenModel& model, const std::function<void(const Action&)>& visit) {
  for (const Action& action : model.navigation) visit(action);
  for (const Section& section : model.sections) {
    for (const Action& action : section.actions) visit(action);
    for (const Table& table : section.tables)
      for (const Row& row : table.rows)
        for (const Action& action : row.actions) visit(action);
  }
}

std::string all_text(const ScreenModel& model) {
  std::string all = model.title + "\n" + model.status + "\n";
  for (const Section& section : model.sections) {
    all += section.heading + "\n";
    for (const std::string& paragraph : section.paragraphs) all += paragraph + "\n";
    for (const Table& table : section.tables) {
      all += table.caption + "\n";
      for (const Row& row : table.rows)
        for (const std::string& cell : row.cells) all += cell + "\n";
    }
  }
  for_each_action(model, [&](const Action& action) { all += action.label + "\n"; });
  return all;
}

Workspace reading() {
  Workspace workspace("1.0");
  workspace.file_chosen(1, "week.csv", 412'000'000);
  workspace.receive(protocol::Progress{1, 239'000'000, 412'000'000, 0.32, 4.0 * 86400.0, 12});
  return workspace;
}

Workspace refused() {
  Workspace workspace("1.0");
  workspace.file_chosen(1, "ankle.awd", 41'000);
  workspace.receive(protocol::Failed{1,
                                     "ankle.awd",
                                     41'000,
                                     {.code = ErrorCode::RefusedFormat,
                                      .what = "It has one value for each minute.",
                                      .advice = "Export the raw data."}});
  return workspace;
}

Workspace asking(Question::Kind kind, std::string option, std::string suggestions) {
  Workspace workspace("1.0");
  workspace.file_chosen(1, "plain.csv", 41'000);
  workspace.receive(
      protocol::Failed{1,
                       "plain.csv",
                       41'000,
                       {.code = ErrorCode::NeedsChoice,
                        .what = "The file does not tell.",
                        .advice = "",
                        .question = Question{kind, std::move(option), "Please choose.", std::move(suggestions)}}});
  return workspace;
}

Workspace reviewed() {
  Workspace workspace("1.0");
  workspace.command("open-example");
  auto reply = opened(1, {100.0, 101.0, 300.0});
  reply.analysis.events[0].group = reply.analysis.events[1].group = 0;
  reply.analysis.not_counted = {event_at_onset(50.0)};
  reply.analysis.not_counted[0].reason = Reason::HandlingKnock;
  reply.info.gaps = {{{20.0, 30.0}, GapReason::Missing}};
  reply.info.warnings = {{"duplicate-stamps", "3 rows had the same time."}};
  reply.info.start = {ClockBasis::Local, 1'761'086'910'000'000'000, std::nullopt};
  workspace.receive(reply);
  workspace.command("reject-event 1");
  workspace.command("undo");
  workspace.command("confirm-event 2");
  return workspace;
}

std::map<std::string, Workspace> every_screen() {
  std::map<std::string, Workspace> all;
  all.emplace("library", Workspace("1.0"));
  for (const char* name : {"record", "patterns", "history", "report", "settings", "help"}) {
    Workspace workspace("1.0");
    workspace.command(std::string("go ") + name);
    all.emplace(name, workspace);
  }
  all.emplace("reading", reading());
  all.emplace("refused", refused());
  all.emplace("question", asking(Question::Kind::Rate, "--rate", "50\n100"));
  all.emplace("review", reviewed());
  return all;
}

TEST_CASE("Each screen names itself, has a title, navigation and something to read") {
  for (const auto& [name, workspace] : every_screen()) {
    CAPTURE(name);
    const ScreenModel& model = workspace.screen_model();
    CHECK(model.screen == name);
    CHECK_FALSE(model.title.empty());
    CHECK(model.navigation.size() == 8);
    REQUIRE_FALSE(model.sections.empty());
    bool any = false;
    for (const Section& section : model.sections) any = any || !section.paragraphs.empty() || !section.tables.empty();
    CHECK(any);
  }
}

TEST_CASE("Each action that is offered is accepted when it is sent, on every screen") {
  const std::string refusal = fill(Word::app_common_unknown_command, {{"command", ""}});
  auto screens = every_screen();
  screens.emplace("library with rows", reviewed()).first->second.command("go library");
  screens.emplace("report with recording", reviewed()).first->second.command("go report");
  screens.emplace("settings with recording", reviewed()).first->second.command("go settings");
  screens.emplace("library while reading", reading()).first->second.command("go library");
  screens.emplace("question about unit", asking(Question::Kind::Unit, "--unit", ""));
  screens.emplace("question about member", asking(Question::Kind::Member, "--member", "a b.csv\nc.csv"));
  for (const auto& [name, workspace] : screens) {
    for_each_action(workspace.screen_model(), [&](const Action& action) {
      CHECK_FALSE(action.label.empty());
      if (!action.enabled) return;
      CAPTURE(action.command);
      Workspace tried = workspace;
      tried.command(action.command);
      CHECK(tried.revision() > workspace.revision());
      CHECK(tried.status().find(refusal.substr(0, refusal.find(':'))) == std::string::npos);
      for (const Word word_id :
           {Word::app_common_no_recording, Word::app_common_no_such_recording, Word::app_common_not_ready,
            Word::app_common_nothing_to_undo, Word::app_common_nothing_to_redo})
        CHECK(tried.status() != word(word_id));
    });
  }
}

TEST_CASE("No place for a value is left unfilled and no text is alarming") {
  for (const auto& [name, workspace] : every_screen()) {
    CAPTURE(name);
    const std::string all = all_text(workspace.screen_model());
    CHECK(all.find('{') == std::string::npos);
    CHECK(all.find('!') == std::string::npos);
    CHECK(all.find("bnormal") == std::string::npos);
  }
}

TEST_CASE("One screen is current in the navigation, and Review waits for a recording") {
  Workspace workspace("1.0");
  int pressed = 0;
  for (const Action& action : workspace.screen_model().navigation) {
    pressed += action.pressed ? 1 : 0;
    if (action.command == "go review") CHECK_FALSE(action.enabled);
  }
  CHECK(pressed == 1);
  const Workspace with_one = reviewed();
  for (const Action& action : with_one.screen_model().navigation)
    if (action.command == "go review") CHECK((action.enabled && action.pressed));
}

TEST_CASE("Rows have as many cells as their table has columns") {
  for (const auto& [name, workspace] : every_screen())
    for (const Section& section : workspace.screen_model().sections)
      for (const Table& table : section.tables) {
        CHECK_FALSE(table.caption.empty());
        for (const Row& row : table.rows) CHECK(row.cells.size() == table.columns.size());
      }
}

TEST_CASE("The help to get at once is the same whatever was found") {
  const auto at_once = [](Workspace workspace) {
    workspace.command("go help");
    const Section& section = workspace.screen_model().sections.front();
    std::string all = section.heading;
    for (const std::string& paragraph : section.paragraphs) all += "\n" + paragraph;
    return all;
  };
  CHECK(at_once(Workspace("1.0")) == at_once(reviewed()));
  CHECK(at_once(Workspace("1.0")) == at_once(refused()));
}

TEST_CASE("Review tells the events with the actions on each, and marks the selected one") {
  const Workspace workspace = reviewed();
  const ScreenModel& model = workspace.screen_model();
  std::size_t rows = 0, chosen = 0;
  for (const Section& section : model.sections)
    for (const Table& table : section.tables)
      for (const Row& row : table.rows) {
        if (row.actions.empty() || row.actions[0].command.find("select-event") != 0) continue;
        ++rows;
        chosen += row.selected ? 1 : 0;
        CHECK(row.actions.size() == 3);
      }
  CHECK(rows == 3);
  CHECK(chosen == 1);
  const std::string all = all_text(model);
  CHECK(all.find("3 rows had the same time.") != std::string::npos);
  CHECK(all.find(word(Word::app_review_gap_missing)) != std::string::npos);
}

TEST_CASE("The place in a series counts only the events that count") {
  Workspace workspace = reviewed();
  workspace.command("select-event 2");
  CHECK(all_text(workspace.screen_model()).find("\n2 of 2\n") != std::string::npos);
  workspace.command("reject-event 1");
  workspace.command("select-event 2");
  CHECK(all_text(workspace.screen_model()).find("\n2 of 2\n") == std::string::npos);
  CHECK(all_text(workspace.screen_model()).find(word(Word::app_review_not_in_series)) != std::string::npos);
}

TEST_CASE("A long list publishes one page of rows") {
  std::vector<double> onsets;
  for (int i = 0; i < 1000; ++i) onsets.push_back(0.6 * i);
  const Workspace workspace = with_example(onsets);
  std::size_t rows = 0;
  for (const Section& section : workspace.screen_model().sections)
    for (const Table& table : section.tables)
      for (const Row& row : table.rows) rows += !row.actions.empty() ? 1 : 0;
  CHECK(rows == Workspace::kListPage);
}

TEST_CASE("Reading shows how far it is, the other screens run nothing") {
  CHECK(reading().screen_model().progress == doctest::Approx(0.32));
  CHECK(refused().screen_model().progress == doctest::Approx(-1.0));
  CHECK(all_text(reading().screen_model()).find("239 MB of 412 MB") != std::string::npos);
}

TEST_CASE("Settings list every value with its source, and a changed one offers the way back") {
  Workspace workspace("1.0");
  workspace.command("go settings");
  workspace.command("set candidates.smallest_peak_g 0.05");
  std::size_t rows = 0;
  for (const Section& section : workspace.screen_model().sections)
    for (const Table& table : section.tables)
      for (const Row& row : table.rows) {
        ++rows;
        CHECK_FALSE(row.cells[4].empty());
        REQUIRE(row.actions.size() == 3);
        CHECK(row.actions[2].enabled == (row.id == "candidates.smallest_peak_g"));
      }
  CHECK(rows == setting_table().size());
}

TEST_CASE("Every detector setting has a name in plain words") {
  for (const SettingInfo& info : setting_table()) {
    CAPTURE(info.key);
    CHECK(setting_name(info) != info.key);
  }
}

TEST_CASE("Steps of a setting move it, stay in its range and come back") {
  for (const SettingInfo& info : setting_table()) {
    CAPTURE(info.key);
    double value = default_of(info);
    for (int i = 0; i < 500; ++i) {
      const auto next = larger_value(info, value);
      if (!next) break;
      CHECK(*next > value);
      CHECK(*next <= info.high);
      CHECK(number_from(number_text(*next)) == *next);
      CHECK(number_text(*next).size() <= 8);
      value = *next;
    }
    for (int i = 0; i < 1000; ++i) {
      const auto next = smaller_value(info, value);
      if (!next) break;
      CHECK(*next < value);
      CHECK(*next >= info.low);
      value = *next;
    }
    CHECK(value == doctest::Approx(info.low));
    const auto down = smaller_value(info, default_of(info));
    if (down && *down > info.low) CHECK(larger_value(info, *down) == doctest::Approx(default_of(info)));
  }
}

TEST_CASE("The mirror's text is valid JSON with the fields of the model, whatever a file is called") {
  Workspace workspace("1.0");
  workspace.file_chosen(1, "a \"quoted\" \\ name\n\xff\xfe <b>.csv", 10);
  for (const auto& [name, other] : every_screen()) {
    const auto json = nlohmann::json::parse(json_of(other.screen_model()), nullptr, false);
    REQUIRE_FALSE(json.is_discarded());
    CHECK(json["screen"] == name);
    CHECK(json["navigation"].size() == 8);
    CHECK(json["sections"].size() == other.screen_model().sections.size());
  }
  const auto json = nlohmann::json::parse(json_of(workspace.screen_model()), nullptr, false);
  REQUIRE_FALSE(json.is_discarded());
  CHECK(json["sections"][0]["heading"].get<std::string>().find("\"quoted\" \\ name") != std::string::npos);
  CHECK(json["sections"][0]["actions"][0]["command"] == "use-partial 1");
  CHECK(json["sections"][0]["actions"][0]["enabled"] == false);
}

TEST_CASE("Figures read as two figures with a true minus sign") {
  CHECK(figure_words(118.4) == "118");
  CHECK(figure_words(4.63) == "4.6");
  CHECK(figure_words(0.529) == "0.53");
  CHECK(figure_words(-0.8) == "\u22120.80");
  CHECK(figure_words(0.0) == "0");
  CHECK(figure_words(-0.0001) == "0.00");
  CHECK(size_words(41'200) == "41 kB");
  CHECK(size_words(412'000'000) == "412 MB");
}

}  // namespace
}  // namespace klono::workspace
