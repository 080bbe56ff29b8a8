// Parts of Review that are about EMG.

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "detection/emg/emg_channel.hpp"
#include "view/emg_words.hpp"
#include "view/plain_words.hpp"
#include "workspace/emg_list.hpp"
#include "workspace/screens.hpp"

namespace klono::workspace {
namespace {

std::string time_of(const Entry& entry, const EmgItem& item) { return view::clock_words(entry.data.info.start, item.span.begin_s, true); }

Row item_row(const Entry& entry, const EmgNouns& nouns, std::size_t at) {
  const EmgAnalysis& emg = *entry.data.emg;
  const EmgItem& item = entry.muscle[at];
  Row row;
  row.id = number_of(at);
  row.cells = {number_of(at), time_of(entry, item), channel_of(emg, item).name, emg_kind_of(emg, item), emg_length_of(item), emg_peak_of(emg, item)};
  row.selected = entry.selected_muscle == at;
  row.actions = {action("select-burst " + number_of(at), fill(Word::emg_review_select_n, {{"what", nouns.one}, {"n", number_of(at)}}), true, row.selected)};
  return row;
}

/// What one reason took of one channel.
struct Part {
  std::int64_t count = 0;
  double total_s = 0.0;
};

void add_burst_figures(Table& table, const EmgChannelAnalysis& channel, const EmgBurst& burst) {
  const auto row = [&](const char* id, Word name, std::string value) { table.rows.push_back({id, {text(name), std::move(value)}, {}, false}); };
  row("rms", Word::emg_review_rms, view::emg_size_words(channel, burst.rms_uv));
  row("peak-to-peak", Word::emg_review_peak_to_peak, view::emg_size_words(channel, burst.peak_to_peak_uv));
  row("floor", Word::emg_review_floor, view::emg_size_words(channel, burst.floor_uv));
  row("above-floor", Word::emg_review_above_floor, fill(Word::app_review_times, {{"n", figure_words(burst.above_floor)}}));
  row("mean-hz", Word::emg_review_mean_hz, view::frequency_words(burst.mean_hz));
  row("band", Word::emg_review_band, view::emg_band_words(burst.band));
  row("on-activity", Word::emg_review_rides, text(burst.on_activity ? Word::emg_review_yes : Word::emg_review_no));
}

void add_limb_figures(Table& table, const EmgChannelAnalysis& channel, const EmgLimbMovement& movement) {
  const auto row = [&](const char* id, Word name, std::string value) { table.rows.push_back({id, {text(name), std::move(value)}, {}, false}); };
  row("rest", Word::emg_review_rest, view::emg_size_words(channel, movement.rest_uv));
  row("in-series", Word::emg_review_in_series, text(movement.in_series ? Word::emg_review_yes : Word::emg_review_no));
}

std::string drawn_sentence(const EmgAnalysis& emg) {
  const EmgEdges edges = emg_signal_edges(emg.settings, emg.channels.front().detail, emg.channels.front().rate_hz);
  return fill(Word::emg_review_drawn, {{"low", view::frequency_words(edges.low_hz)}, {"high", view::frequency_words(edges.high_hz)}});
}

}  // namespace

Section emg_found_section(const Entry& entry) {
  const EmgAnalysis& emg = *entry.data.emg;
  Section section;
  section.heading = text(Word::emg_page_heading);
  section.paragraphs = entry.muscle_told;
  auto& lines = section.paragraphs;
  lines.push_back(text(Word::emg_review_as_found));
  lines.push_back(text(Word::emg_page_limits));
  lines.push_back(drawn_sentence(emg));
  return section;
}

Section emg_list_section(const Workspace& workspace, const Entry& entry) {
  const EmgNouns nouns = emg_nouns(*entry.data.emg);
  Section section;
  section.heading = nouns.capital_many;
  const std::size_t total = entry.muscle.size();
  if (total == 0) {
    section.paragraphs = {text(nouns.many == word(Word::emg_events) ? Word::emg_review_list_empty : Word::emg_review_list_empty_limb)};
    return section;
  }
  const std::size_t first = std::min(workspace.muscle_page() * Workspace::kListPage, total - 1);
  const std::size_t last = std::min(first + Workspace::kListPage, total);
  if (total > Workspace::kListPage) {
    const auto turn = [&](Word label) { return fill(label, {{"n", std::to_string(Workspace::kListPage)}, {"what", nouns.many}}); };
    section.actions = {action("bursts-previous", turn(Word::emg_review_list_previous), first > 0), action("bursts-next", turn(Word::emg_review_list_next), last < total)};
  }
  Table table;
  table.caption = fill(Word::emg_review_list_caption, {{"what", nouns.capital_many}, {"first", std::to_string(first + 1)},
                                                       {"last", std::to_string(last)}, {"total", std::to_string(total)}});
  table.columns = {text(Word::app_review_column_number), text(Word::app_review_column_time), text(Word::emg_review_column_channel),
                   text(Word::app_review_column_kind), text(Word::app_review_column_length), text(Word::emg_review_column_peak)};
  for (std::size_t i = first; i < last; ++i) table.rows.push_back(item_row(entry, nouns, i));
  section.tables.push_back(std::move(table));
  return section;
}

Section emg_selected_section(const Entry& entry) {
  const EmgAnalysis& emg = *entry.data.emg;
  const EmgNouns nouns = emg_nouns(emg);
  const bool any = !entry.muscle.empty();
  Section section;
  const auto steps = [&] {
    section.actions = {action("previous-burst", fill(Word::emg_review_previous, {{"what", nouns.one}}), any),
                       action("next-burst", fill(Word::emg_review_next, {{"what", nouns.one}}), any)};
  };
  steps();
  if (!entry.selected_muscle) {
    section.heading = nouns.capital_one;
    section.paragraphs = {text(Word::emg_review_none_selected)};
    return section;
  }
  const EmgItem& item = entry.muscle[*entry.selected_muscle];
  const EmgChannelAnalysis& channel = channel_of(emg, item);
  const std::string n = number_of(*entry.selected_muscle);
  section.heading = fill(Word::emg_review_selected_heading, {{"what", nouns.capital_one}, {"n", n}, {"time", time_of(entry, item)}});
  section.paragraphs = {fill(Word::emg_review_selected_place, {{"what", nouns.one}, {"n", n}, {"total", std::to_string(entry.muscle.size())}, {"channel", channel.name}})};
  Table table;
  table.caption = fill(Word::emg_review_figures_caption, {{"what", nouns.one}, {"n", n}});
  table.columns = {text(Word::app_review_figure), text(Word::app_review_value)};
  const auto row = [&](const char* id, Word name, std::string value) { table.rows.push_back({id, {text(name), std::move(value)}, {}, false}); };
  row("peak", Word::emg_review_peak, emg_peak_of(emg, item));
  row("length", Word::app_review_length, emg_length_of(item));
  row("channel", Word::emg_review_column_channel, channel.name);
  row("kind", Word::app_review_kind, emg_kind_of(emg, item));
  if (item.limb) add_limb_figures(table, channel, limb_of(emg, item));
  else add_burst_figures(table, channel, burst_of(emg, item));
  section.tables.push_back(std::move(table));
  return section;
}

Section emg_not_analysable_section(const Entry& entry) {
  Section section;
  section.heading = text(Word::emg_review_not_analysable);
  Table table;
  table.caption = text(Word::emg_review_not_analysable_caption);
  table.columns = {text(Word::emg_review_column_channel), text(Word::app_review_column_reason), text(Word::app_review_column_stretches),
                   text(Word::app_review_column_total)};
  for (const EmgChannelAnalysis& channel : entry.data.emg->channels) {
    std::map<std::string, Part> parts;
    for (const EmgMask& mask : channel.masks) {
      Part& part = parts[view::emg_reason_words(mask.reason)];
      ++part.count;
      part.total_s += mask.span.length_s();
    }
    for (const auto& [reason, part] : parts)
      table.rows.push_back({channel.name + " " + reason, {channel.name, reason, std::to_string(part.count), view::duration_words(part.total_s)}, {}, false});
  }
  if (table.rows.empty()) section.paragraphs = {text(Word::emg_review_all_analysable)};
  else section.tables.push_back(std::move(table));
  return section;
}

Section emg_not_counted_section(const Entry& entry) {
  Section section;
  section.heading = text(Word::emg_review_not_counted);
  Table table;
  table.caption = text(Word::emg_review_not_counted_caption);
  table.columns = {text(Word::emg_review_column_channel), text(Word::app_review_column_reason), text(Word::app_review_column_count)};
  for (const EmgChannelAnalysis& channel : entry.data.emg->channels) {
    std::map<std::string, std::int64_t> counts;
    for (const EmgBurst& burst : channel.not_counted) ++counts[view::emg_reason_words(burst.reason)];
    for (const auto& [reason, count] : counts) table.rows.push_back({channel.name + " " + reason, {channel.name, reason, std::to_string(count)}, {}, false});
  }
  if (table.rows.empty()) section.paragraphs = {text(Word::app_review_not_counted_none)};
  else section.tables.push_back(std::move(table));
  return section;
}

}  // namespace klono::workspace
