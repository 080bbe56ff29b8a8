// What returns in a recording: around sleep, limb movements in series, even trains. Each section's first paragraph is what
// it says in one sentence; the canvas draws the same sections as cards.

#include <algorithm>
#include <cmath>
#include <utility>

#include "patterns/leg_pair.hpp"
#include "patterns/limb_rules.hpp"
#include "view/emg_words.hpp"
#include "view/plain_words.hpp"
#include "view/rest_words.hpp"
#include "view/run_words.hpp"
#include "workspace/screens.hpp"

namespace klono::workspace {
namespace {

std::string events_words(std::int64_t count) { return view::count_words(count, word(Word::app_common_event), word(Word::app_common_events)); }

/// What to do where there is no recording, or one that has no patterns.
Section way_on(std::vector<std::string> lines, std::vector<Action> actions) {
  Section section;
  section.paragraphs = std::move(lines);
  section.actions = std::move(actions);
  return section;
}

struct SourceWords {
  Word note, name, several;
};

SourceWords words_of(OnsetSource source) {
  switch (source) {
    case OnsetSource::File: return {Word::sleep_pattern_file_note, Word::sleep_pattern_source_file, Word::sleep_pattern_several_marked};
    case OnsetSource::Person: return {Word::sleep_pattern_own_note, Word::sleep_pattern_source_own, Word::sleep_pattern_several_marked};
    case OnsetSource::Estimate: break;
  }
  return {Word::sleep_pattern_estimate_note, Word::sleep_pattern_source_estimate, Word::sleep_pattern_several_estimated};
}

std::string around_sleep_words(const std::vector<patterns::NearSleep>& near) {
  if (near.empty()) return text(Word::sleep_pattern_none);
  if (near.size() == 1) return view::near_events_words(near.front());
  std::int64_t events = 0;
  for (const patterns::NearSleep& one : near) events += one.events;
  return fill(words_of(near.front().onset.source).several, {{"events", events == 0 ? text(Word::sleep_no_events) : events_words(events)},
                                                            {"window", view::duration_words(patterns::kNearSleep_s)},
                                                            {"count", std::to_string(near.size())}});
}

Table onsets_table(const Entry& entry) {
  Table table;
  table.caption = text(Word::sleep_pattern_caption);
  table.columns = {text(Word::sleep_pattern_column_onset), text(Word::app_review_events), text(Word::sleep_pattern_column_source),
                   text(Word::sleep_pattern_column_before), text(Word::sleep_pattern_column_after)};
  for (const patterns::NearSleep& one : entry.summary.near_sleep)
    table.rows.push_back({"onset-" + std::to_string(table.rows.size() + 1),
                          {view::clock_words(entry.data.info.start, one.onset.at_s, false), events_words(one.events), text(words_of(one.onset.source).name),
                           std::to_string(one.before), std::to_string(one.events - one.before)},
                          {}, false});
  return table;
}

using Rules = std::array<patterns::LimbRuleFigures, 2>;

Table rules_table(const Rules& rules) {
  Table table;
  table.caption = text(Word::runs_limb_heading);
  table.columns = {text(Word::runs_limb_column_rule), text(Word::runs_limb_column_in_series), text(Word::runs_limb_column_rate),
                   text(Word::runs_limb_column_interval), text(Word::runs_limb_column_longest)};
  for (const patterns::LimbRuleFigures& figures : rules) {
    Row row{std::string(patterns::name_of(figures.rule)), {view::limb_rule_name(figures.rule), text(Word::runs_limb_none)}, {}, false};
    if (figures.runs > 0)
      row.cells = {view::limb_rule_name(figures.rule),
                   fill(Word::runs_limb_in_runs, {{"count", std::to_string(figures.in_series.count)},
                                                  {"runs", view::count_words(figures.runs, word(Word::runs_limb_run_one), word(Word::runs_limb_run_many))}}),
                   view::rate_words(figures.in_series) + ", " + view::interval_words(figures.in_series), view::duration_words(figures.median_interval_s),
                   fill(Word::runs_limb_movements, {{"n", std::to_string(figures.longest)}})};
    row.cells.resize(table.columns.size());
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// `many` movements were found; fewer than four make no run by either rule.
Section rules_section(std::string heading, std::int64_t many, const Rules& rules) {
  constexpr std::int64_t kFewest = 4;
  Section section;
  section.heading = std::move(heading);
  const std::string count = std::to_string(many);
  if (many == 0) {
    section.paragraphs = {text(Word::runs_limb_no_movements)};
  } else if (many < kFewest) {
    section.paragraphs = {fill(Word::runs_limb_too_few, {{"movements", view::count_words(many, word(Word::runs_limb_movement_one), word(Word::runs_limb_movement_many))}})};
  } else {
    const bool any = rules[0].runs + rules[1].runs > 0;
    section.paragraphs = {fill(any ? Word::runs_limb_title : Word::runs_limb_title_none,
                               {{"count", count}, {"aasm", std::to_string(rules[0].in_series.count)}, {"wasm", std::to_string(rules[1].in_series.count)}})};
    section.tables = {rules_table(rules)};
  }
  section.paragraphs.push_back(text(Word::runs_limb_what));
  section.paragraphs.push_back(text(Word::runs_limb_note));
  return section;
}

Section both_legs_section(const EmgAnalysis& emg, const patterns::LegPair& legs) {
  Section section;
  section.heading = text(Word::runs_limb_heading_both);
  section.paragraphs = {view::emg_both_legs_sentence(emg)};
  section.tables = {rules_table(patterns::limb_rules(emg, legs))};
  return section;
}

/// The first event of a train, counted from 1.
std::string first_of(const Entry& entry, const patterns::Train& train) {
  const std::vector<Event>& events = entry.data.analysis.events;
  const auto found = std::ranges::lower_bound(events, train.begin_s, {}, &Event::onset_s);
  return std::to_string(found - events.begin() + 1);
}

}  // namespace

std::string row_note(const Table& table, const Row& row) {
  std::string note;
  for (std::size_t i = 2; i < row.cells.size() && i < table.columns.size(); ++i)
    if (!row.cells[i].empty()) note += (note.empty() ? "" : " \u00B7 ") + fill(Word::runs_row_part, {{"name", table.columns[i]}, {"value", row.cells[i]}});
  return note;
}

Section around_sleep_section(const Entry& entry) {
  const std::vector<patterns::NearSleep>& near = entry.summary.near_sleep;
  Section section;
  section.heading = text(Word::sleep_pattern_heading);
  section.paragraphs = {around_sleep_words(near)};
  section.paragraphs.push_back(text(near.empty() ? Word::sleep_pattern_none_note : words_of(near.front().onset.source).note));
  if (!entry.sleep_marks.empty())
    section.paragraphs.push_back(fill(Word::sleep_own_sentence, {{"list", view::sleep_marks_value(entry.data.info.start, entry.sleep_marks)}}));
  if (!entry.summary.rest.long_rests.empty())
    section.paragraphs.push_back(fill(Word::sleep_pattern_rest, {{"value", view::long_rest_value(entry.summary.rest)}}));
  section.actions = {action("sleep-times open", text(Word::sleep_own_open))};
  if (!near.empty()) section.tables = {onsets_table(entry)};
  return section;
}

Section limb_series_section(const Entry& entry) { return rules_section(text(Word::runs_limb_heading), entry.summary.limb.count, entry.summary.limb_rules); }

Section emg_limb_series_section(const EmgChannelAnalysis& channel) {
  return rules_section(fill(Word::runs_limb_heading_emg, {{"channel", channel.name}}), std::ssize(channel.limb_movements), patterns::limb_rules(channel));
}

Section even_trains_section(const Entry& entry) {
  const std::vector<patterns::Train>& trains = entry.summary.trains;
  Section section;
  section.heading = text(Word::runs_train_heading);
  const auto members = static_cast<int>(entry.data.analysis.settings.grouping.rhythmic_members);
  const std::string what = fill(Word::runs_train_what, {{"n", std::to_string(members)}});
  if (trains.empty()) {
    section.paragraphs = {text(Word::runs_train_none), what};
    return section;
  }
  std::int64_t events = 0;
  for (const patterns::Train& train : trains) events += train.members;
  section.paragraphs = {fill(trains.size() == 1 ? Word::runs_train_title_one : Word::runs_train_title_many,
                             {{"n", std::to_string(trains.size())}, {"events", events_words(events)}}),
                        what};
  Table table;
  table.caption = text(Word::runs_train_heading);
  table.columns = {text(Word::runs_train_column_from), text(Word::app_review_events), text(Word::runs_train_column_interval),
                   text(Word::runs_train_column_length), text(Word::runs_train_column_variation)};
  for (const patterns::Train& train : trains) {
    const std::string time = view::clock_words(entry.data.info.start, train.begin_s, true);
    table.rows.push_back({"train-" + std::to_string(table.rows.size() + 1),
                          {time, events_words(train.members), view::duration_words(train.median_interval_s),
                           view::duration_words(train.end_s - train.begin_s), view::share_words(train.variation)},
                          {action("show-event " + first_of(entry, train), fill(Word::runs_train_show, {{"time", time}}))}, false});
  }
  section.tables = {std::move(table)};
  return section;
}

std::vector<Section> patterns_sections(const Workspace& workspace) {
  const Entry* entry = workspace.reported();
  if (!entry) {
    const bool any = !workspace.entries().empty();
    return {way_on({text(Word::app_patterns_holds), text(Word::app_patterns_empty)},
                   {any ? action("go library", text(Word::app_nav_library)) : action("open-file", text(Word::app_common_open_file)),
                    action("open-example", text(Word::app_common_open_example))})};
  }
  if (entry->guided())
    return {way_on({fill(Word::app_report_for_recording, {{"title", entry->title}}), text(Word::app_patterns_guided)}, {action("go review", text(Word::app_nav_review))})};
  std::vector<Section> sections{way_on({fill(Word::app_report_for_recording, {{"title", entry->title}})}, {})};
  if (entry->has_movement()) {
    sections.push_back(around_sleep_section(*entry));
    sections.push_back(limb_series_section(*entry));
    sections.push_back(even_trains_section(*entry));
  }
  if (entry->data.emg)
    for (const EmgChannelAnalysis& channel : entry->data.emg->channels)
      if (channel.microvolts) sections.push_back(emg_limb_series_section(channel));
  if (const auto legs = entry->data.emg ? patterns::leg_pair(*entry->data.emg) : std::nullopt) sections.push_back(both_legs_section(*entry->data.emg, *legs));
  sections.push_back(way_on({text(Word::app_patterns_today)}, {action("go review", text(Word::app_nav_review)), action("go report", text(Word::app_nav_report))}));
  return sections;
}

}  // namespace klono::workspace
