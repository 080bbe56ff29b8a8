#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/words.hpp"
#include "example_model.hpp"

using namespace klono;
using namespace klono::testing;

namespace {

bool is_void(std::string_view tag) {
  constexpr std::array kVoid{"meta", "br", "hr", "img", "input", "link"};
  return std::find(kVoid.begin(), kVoid.end(), tag) != kVoid.end();
}

/// Walks all tags and returns what is wrong with their nesting; empty when each is closed in order
/// and text holds no stray angle bracket.
std::string nesting_fault(std::string_view html) {
  std::vector<std::string> open;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at)) {
    std::size_t end = at + 1;
    bool quoted = false;
    while (end < html.size() && (quoted || html[end] != '>')) {
      if (html[end] == '"') quoted = !quoted;
      if (html[end] == '<') return "'<' inside a tag";
      ++end;
    }
    if (end >= html.size()) return "a tag without end";
    const std::string_view inside = html.substr(at + 1, end - at - 1);
    at = end + 1;
    if (inside.starts_with("!DOCTYPE")) continue;
    const bool closing = inside.starts_with("/");
    const std::string name(inside.substr(closing ? 1 : 0, inside.find_first_of(" /", closing ? 1 : 0) - (closing ? 1 : 0)));
    if (name.empty()) return "a tag without name";
    if (closing) {
      if (open.empty() || open.back() != name) return "</" + name + "> closes <" + (open.empty() ? "nothing" : open.back()) + ">";
      open.pop_back();
    } else if (!inside.ends_with("/") && !is_void(name)) {
      open.push_back(name);
      if (name == "style") at = html.find("</style", at);  // raw text
    }
  }
  return open.empty() ? "" : "<" + open.back() + "> is never closed";
}

/// Heading levels in order.
std::vector<int> headings(std::string_view html) {
  std::vector<int> levels;
  for (std::size_t at = html.find("<h"); at != std::string_view::npos; at = html.find("<h", at + 2))
    if (html[at + 2] >= '1' && html[at + 2] <= '6') levels.push_back(html[at + 2] - '0');
  return levels;
}

std::vector<report::ReportModel> all_sorts() {
  std::vector<report::ReportModel> models{example_model(), report::ReportModel{}};
  report::ReportModel quiet = example_model();
  quiet.analysis.events.clear();
  quiet.analysis.not_counted.clear();
  quiet.analysis.masks.clear();
  quiet.gaps.clear();
  quiet.examples.clear();
  models.push_back(quiet);
  report::ReportModel nothing = quiet;
  nothing.analysis.analysable_s = 0.0;
  nothing.start = {};
  nothing.partial = true;
  models.push_back(nothing);
  report::ReportModel no_sizes = example_model();
  no_sizes.amplitudes_valid = no_sizes.has_gravity = no_sizes.analysis.tilt_checked = false;
  no_sizes.analysis.settings.gate = false;
  models.push_back(no_sizes);
  report::ReportModel guided = example_model();
  guided.blocks = {{{900.0, 1600.0}, Task::Rest}, {{1600.0, 3000.0}, Task::ArmsOut}, {{3000.0, 4100.0}, Task::Reach}};
  for (int i = 0; i < 40; ++i) guided.marks.push_back({1000.0 + 70.0 * i, i % 12 - 1});
  models.push_back(guided);
  guided.amplitudes_valid = guided.analysis.settings.gate = false;
  models.push_back(guided);
  report::ReportModel many = example_model();
  for (int i = 0; i < 3000; ++i) many.analysis.events.push_back(event_at(5800.0 + i * 1.5, EventClass::Twitch, 0.02 + 0.0002 * i));
  models.push_back(many);
  return models;
}

}  // namespace

TEST_CASE("Every tag of the page is closed in its order") {
  for (const report::ReportModel& model : all_sorts()) CHECK(nesting_fault(report::summary_html(model)) == "");
}

TEST_CASE("The page loads nothing and runs nothing") {
  for (const report::ReportModel& model : all_sorts()) {
    const std::string html = report::summary_html(model);
    for (const char* forbidden : {"http:", "https:", "<script", "src=", "href=", "@import", "<iframe", "<link", "onload", "javascript:"})
      CHECK_MESSAGE(!contains(html, forbidden), forbidden);
    CHECK(contains(html, "default-src 'none'"));
    CHECK(count_of(html, "url(") == count_of(html, "url(#hatch)"));
  }
}

TEST_CASE("Text from the file cannot become markup") {
  report::ReportModel model = example_model();
  const std::string hostile = "\"><img src=x onerror=alert(1)><script>1</script>'&amp;";
  model.title = model.file_name = model.format = model.reading = hostile;
  model.reading = "unit=" + hostile + "\n";
  model.channel_names = {hostile};
  model.warnings = {{hostile, hostile}};
  model.program_version = hostile;
  const std::string html = report::summary_html(model);
  CHECK(nesting_fault(html) == "");
  CHECK_FALSE(contains(html, "<script"));
  CHECK_FALSE(contains(html, "<img"));
  CHECK(contains(html, "&lt;script&gt;"));
  CHECK(contains(html, "&amp;amp;"));
}

TEST_CASE("The page has one title, one main part, and headings without a jump") {
  for (const report::ReportModel& model : all_sorts()) {
    const std::string html = report::summary_html(model);
    CHECK(html.starts_with("<!DOCTYPE html>\n<html lang=\"en\""));
    for (const char* once : {"<main>", "<title>", "<h1>", "<footer>", "<header>"}) CHECK(count_of(html, once) == 1);
    const std::vector<int> levels = headings(html);
    REQUIRE(levels.front() == 1);
    for (std::size_t i = 1; i < levels.size(); ++i) CHECK(levels[i] <= levels[i - 1] + 1);
  }
}

TEST_CASE("Every picture has words and every table a caption and scoped heads") {
  for (const report::ReportModel& model : all_sorts()) {
    const std::string html = report::summary_html(model);
    CHECK(count_of(html, "<svg") == count_of(html, "role=\"img\"") + count_of(html, "aria-hidden=\"true\""));
    CHECK_FALSE(contains(html, "aria-label=\"\""));
    CHECK(count_of(html, "<table") == count_of(html, "<caption"));
    CHECK(count_of(html, "<th ") + count_of(html, "<th>") == count_of(html, "<th scope="));
  }
}

TEST_CASE("The figure stands with its interval and its hours") {
  const std::string html = report::summary_html(example_model());
  CHECK(contains(html, ">2.0<"));
  CHECK(contains(html, "(95\u00A0% interval 0.65 to 4.7)"));
  CHECK(contains(html, "5 events in 2\u00A0h 30\u00A0min that could be analysed, of 3\u00A0h recorded."));
  CHECK(contains(html, "1 confirmed by the person, 1 set aside, 5 not reviewed."));
  CHECK(contains(html, "24 Nov 2026"));
  CHECK(contains(html, "22:30 to 01:30, 3\u00A0h."));
}

TEST_CASE("No events and nothing analysable are two different answers") {
  const std::vector<report::ReportModel> models = all_sorts();
  const std::string quiet = report::summary_html(models[2]);
  CHECK(contains(quiet, "No events were found in 2\u00A0h 30\u00A0min"));
  CHECK(contains(quiet, "95\u00A0% interval 0 to 1.5"));
  CHECK(contains(quiet, "All of it could be analysed."));
  const std::string nothing = report::summary_html(models[3]);
  CHECK(contains(nothing, "None of this recording could be analysed"));
  CHECK_FALSE(contains(nothing, "95\u00A0% interval"));
}

TEST_CASE("Advice on when to get help is the same on every page") {
  const std::string heading(word(Word::app_help_at_once));
  std::string first;
  for (const report::ReportModel& model : all_sorts()) {
    const std::string html = report::summary_html(model);
    const std::size_t begin = html.find("<section class=\"help\">");
    REQUIRE(begin != std::string::npos);
    const std::string help = html.substr(begin, html.find("</section>", begin) - begin);
    CHECK(contains(help, heading));
    if (first.empty()) first = help;
    CHECK(help == first);
  }
}

TEST_CASE("The page tells where the sensor was worn, where somebody said so") {
  report::ReportModel model = all_sorts()[0];
  CHECK_FALSE(contains(report::summary_html(model), "Worn:"));
  model.context = R"({"place": "left_ankle", "fixing": "strapped", "activity": "sleeping"})";
  CHECK(contains(report::summary_html(model), "Worn: Left ankle, strapped, sleeping."));
}

TEST_CASE("Limits are told with this recording's own figure") {
  const std::vector<report::ReportModel> models = all_sorts();
  const std::string html = report::summary_html(models[0]);
  CHECK(contains(html, "Twitches below about 0.021\u00A0g are not seen in this recording."));
  CHECK(contains(html, std::string(word(Word::report_limits_diagnosis))));
  const std::string no_sizes = report::summary_html(models[4]);
  CHECK(contains(no_sizes, std::string(word(Word::report_limits_no_sizes))));
  const std::string shown = no_sizes.substr(0, no_sizes.find("<section class=\"method\">"));
  CHECK_FALSE(contains(shown, "0.021\u00A0g"));
}

TEST_CASE("Two hundred rows are open, further ones folded, and what is left out is said") {
  const std::string html = report::summary_html(all_sorts().back());
  const std::size_t table = html.find("<table class=\"events\"");
  const std::size_t first_end = html.find("</table>", table);
  CHECK(count_of(std::string_view(html).substr(table, first_end - table), "<tr") == 201);
  CHECK(contains(html, "2000 more rows"));
  CHECK(contains(html, "804 more rows are left out here."));
  CHECK(html.size() < 1'500'000);
}

TEST_CASE("A series is one row with its members counted") {
  const std::string html = report::summary_html(example_model());
  CHECK(contains(html, "<td>in a burst</td><td class=\"n\">3</td><td class=\"n\">0.40\u00A0g</td><td class=\"n\">2.6\u00A0s</td>"));
  CHECK(contains(html, "1 of 3 not events"));
}

TEST_CASE("All settings stand on the page with their sources") {
  const std::string html = report::summary_html(example_model());
  for (const SettingInfo& info : setting_table()) CHECK(contains(html, ">" + std::string(info.key) + "<"));
}

TEST_CASE("Words that judge or alarm do not appear") {
  for (const report::ReportModel& model : all_sorts()) {
    const std::string html = report::summary_html(model);
    const std::string text = html.substr(html.find("<body"));
    for (const char* banned : {"abnormal", "Abnormal", "normal", "myoclonus", "warning", "Warning", "!"}) CHECK_MESSAGE(!contains(text, banned), banned);
  }
}

TEST_CASE("The page tells runs of limb movements by both rules, trains, rest, and the analysable share") {
  report::ReportModel model = example_model();
  CHECK_FALSE(contains(report::summary_html(model), word(Word::runs_limb_heading)));
  CHECK_FALSE(contains(report::summary_html(model), word(Word::sleep_term_near)));
  CHECK(contains(report::summary_html(model), "2\u00A0h 30\u00A0min of 2\u00A0h 58\u00A0min recorded, 84\u00A0%"));
  model.decisions.clear();
  for (const double onset_s : {5900.0, 5920.0, 5940.0, 5960.0}) {
    model.analysis.events.push_back(event_at(onset_s, EventClass::LimbMovement, 0.3));
    model.analysis.events.back().duration_s = 2.0;
  }
  for (const double onset_s : {6000.0, 6004.0, 6008.0, 6012.0, 6016.0}) model.analysis.events.push_back(event_at(onset_s, EventClass::Rhythmic, 0.2, 9));
  model.analysis.rest.long_rests = {{5800.0, 9400.0}};
  model.analysis.rest.onsets = {{5800.0, OnsetSource::Estimate}};
  const std::string page = report::summary_html(model);
  CHECK(contains(page, "AASM manual: 4 in 1 run, 1.6 per hour"));
  CHECK(contains(page, "WASM 2016: 4 in 1 run, 1.6 per hour"));
  CHECK(contains(page, "5 events from "));
  CHECK(contains(page, "one every 4.0\u00A0s for 16\u00A0s"));
  CHECK(contains(page, "Estimated onset of sleep: "));
  CHECK(contains(page, "1\u00A0h, estimated from how little the sensor turned"));
  model.sleep_marks = {{SleepMoment::LayDown, 5700.0}, {SleepMoment::FellAsleep, 6100.0}};
  const std::string marked = report::summary_html(model);
  CHECK_FALSE(contains(marked, "Estimated onset of sleep: "));
  CHECK(contains(marked, "Onset of sleep, marked by hand: "));
  CHECK(contains(marked, word(Word::sleep_own_term)));
}
