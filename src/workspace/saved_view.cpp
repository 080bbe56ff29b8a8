#include "workspace/saved_view.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/words.hpp"
#include "view/plain_words.hpp"
#include "workspace/record_words.hpp"
#include "workspace/workspace.hpp"

namespace klono::workspace {
namespace {

constexpr std::size_t kGapsTold = 6;     // chosen: the longest; a night of a phone that sleeps may have hundreds
constexpr double kWhole_s = 2.0;         // chosen: what starting and stopping take
constexpr double kWorthTelling_s = 1.0;  // chosen: shorter stretches change no figure on the page

Word heading_of(const RecordFlow& flow) {
  if (flow.running().store == protocol::recorder::StoreKind::Memory) return Word::record_saved_memory;
  if (flow.guided()) return Word::record_saved_guided;
  return flow.context().activity == history::Activity::Sleeping ? Word::record_saved_night : Word::record_saved_recording;
}

std::string recorded_words(const protocol::recorder::Saved& saved) {
  const std::string recorded = view::duration_words(saved.recorded_s);
  if (saved.elapsed_s - saved.recorded_s <= kWhole_s) return fill(Word::record_saved_all, {{"recorded", recorded}});
  return fill(Word::record_saved_recorded, {{"recorded", recorded}, {"length", view::duration_words(saved.elapsed_s)}});
}

bool is_moving(Reason reason) {
  return reason == Reason::BodyMovement || reason == Reason::Walking || reason == Reason::PostureChange;
}

void add_masks(std::vector<SavedView::Line>& lines, const Analysis& analysis) {
  double moving_s = 0.0;
  std::map<Reason, double> others;
  for (const Mask& mask : analysis.masks) (is_moving(mask.reason) ? moving_s : others[mask.reason]) += mask.span.length_s();
  if (moving_s >= kWorthTelling_s) lines.push_back({text(Word::record_saved_moving), view::duration_words(moving_s)});
  for (const auto& [reason, length_s] : others)
    if (length_s >= kWorthTelling_s) lines.push_back({view::reason_words(reason), view::duration_words(length_s)});
}

/// The longest of those worth telling in order of time, the rest as one line.
void add_gaps(std::vector<SavedView::Line>& lines, const protocol::RecordingInfo& info) {
  std::vector<Gap> gaps = info.gaps;
  std::ranges::sort(gaps, {}, [](const Gap& gap) { return std::pair(-gap.span.length_s(), gap.span.begin_s); });
  const auto short_ones = std::ranges::find_if(gaps, [](const Gap& gap) { return gap.span.length_s() < kWorthTelling_s; });
  const std::size_t told = std::min(static_cast<std::size_t>(short_ones - gaps.begin()), kGapsTold);
  std::ranges::sort(gaps.begin(), gaps.begin() + static_cast<std::ptrdiff_t>(told), {}, [](const Gap& gap) { return gap.span.begin_s; });
  double rest_s = 0.0;
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    const double length_s = gaps[i].span.length_s();
    if (i >= told)
      rest_s += length_s;
    else
      lines.push_back({fill(Word::record_saved_gap, {{"time", view::clock_words(info.start, gaps[i].span.begin_s, false)},
                                                     {"reason", view::gap_words(gaps[i].reason)}}),
                       view::duration_words(length_s)});
  }
  if (gaps.size() > told)
    lines.push_back({fill(Word::record_saved_more_gaps, {{"n", std::to_string(gaps.size() - told)}}), view::duration_words(rest_s)});
}

void describe(SavedView& view, const Entry& entry) {
  view.lines.push_back({text(Word::record_saved_analysed), view::duration_words(entry.data.analysis.analysable_s)});
  add_masks(view.lines, entry.data.analysis);
  add_gaps(view.lines, entry.data.info);
}

const Entry* entry_of(const Workspace& workspace, const std::string& id) {
  const auto& entries = workspace.entries();
  const auto found = std::ranges::find_if(entries, [&](const Entry& entry) { return entry.stored && entry.stored->id == id; });
  return found == entries.end() ? nullptr : &*found;
}

}  // namespace

SavedView saved_view(const Workspace& workspace) {
  const RecordFlow& flow = workspace.record();
  SavedView view;
  if (!flow.saved()) return view;
  view.heading = text(heading_of(flow));
  view.recorded = recorded_words(*flow.saved());
  view.in_memory = flow.running().store == protocol::recorder::StoreKind::Memory;
  const Entry* entry = entry_of(workspace, flow.saved()->id);
  if (entry && entry->state == EntryState::Refused) {
    view.stage = SavedView::Stage::Failed;
    view.stage_words = fill(Word::record_saved_not_analysed, {{"why", entry->failure.error.what}});
  } else if (entry && entry->has_figures()) {
    view.stage = SavedView::Stage::Done;
    view.stage_words = text(Word::record_saved_done);
    view.entry = entry;
    describe(view, *entry);
  } else {
    if (entry && entry->state == EntryState::Reading && entry->progress.share > 0.0) view.progress = entry->progress.share;
    view.stage_words = text(Word::record_saved_working);
  }
  if (!flow.marks().empty()) view.lines.push_back({text(Word::record_saved_marks), std::to_string(flow.marks().size())});
  return view;
}

}  // namespace klono::workspace
