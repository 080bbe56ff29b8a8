// A recording under way, as the mirror reads it: the same acts as on the canvas, none of them hidden by a dark screen.

#include <cmath>

#include "view/plain_words.hpp"
#include "workspace/record_words.hpp"
#include "workspace/screens.hpp"

namespace klono::workspace {
namespace {

constexpr int kStrongest = 10;

Action record_action(const char* words, Word label, bool enabled = true, bool pressed = false) {
  return action(std::string("record ") + words, text(label), enabled, pressed);
}

Section state_section(const RecordFlow& flow) {
  const protocol::recorder::Running& running = flow.running();
  Section section;
  auto& lines = section.paragraphs;
  lines.push_back(activity_words(flow.context()).empty()
                      ? place_words(flow.context())
                      : fill(Word::record_recording_note, {{"place", place_words(flow.context())}, {"activity", activity_words(flow.context())}}));
  lines.push_back(fill(Word::record_since, {{"time", clock_of(running.since_unix_ms, running.offset_min)}}));
  if (flow.planned_s() > 0.0) lines.push_back(left_words(flow.left_s()));
  if (!running.receiving && !flow.paused()) lines.push_back(text(Word::record_not_receiving));
  for (const protocol::recorder::TroubleKind trouble : flow.troubles()) lines.push_back(trouble_words(trouble));
  if (flow.counts_live() && running.live_events >= 0)
    lines.push_back(fill(Word::record_live_count, {{"n", std::to_string(running.live_events)}}));
  else
    lines.push_back(text(Word::record_nothing_counted));
  if (!flow.marks().empty()) lines.push_back(fill(Word::record_marks_so_far, {{"n", std::to_string(flow.marks().size())}}));
  return section;
}

Section acts_section(const RecordFlow& flow) {
  const bool open = !flow.stopping();
  Section section;
  section.actions = {record_action("mark", Word::record_felt_one, open),
                     flow.paused() ? record_action("resume", Word::record_resume, open) : record_action("pause", Word::record_pause, open),
                     record_action("stop", Word::record_stop, open)};
  if (!flow.troubles().empty()) section.actions.push_back(record_action("copy", Word::record_save_copy_now));
  if (flow.guided()) {
    section.actions.push_back(record_action("skip-part", Word::record_guided_skip, open));
    section.actions.push_back(record_action(flow.sounds() ? "sound off" : "sound on", Word::record_guided_sound, true, flow.sounds()));
  } else if (flow.darkness() == Darkness::Light) {
    section.actions.push_back(record_action("dark", Word::record_dark));
  } else {
    section.actions.push_back(record_action("light", Word::record_light));
  }
  return section;
}

Section mark_section(const RecordFlow& flow) {
  const FeltMark& mark = flow.marks().back();
  Section section;
  section.heading = fill(Word::record_strength_heading, {{"time", clock_of(mark.at_unix_ms, flow.running().offset_min, true)}});
  section.paragraphs = {text(Word::record_strength_ask)};
  section.actions = {record_action("unmark", Word::app_common_undo),
                     record_action("strength none", Word::record_strength_none, true, mark.strength < 0)};
  for (int strength = 0; strength <= kStrongest; ++strength)
    section.actions.push_back(action("record strength " + std::to_string(strength),
                                     fill(Word::record_strength_choice, {{"n", std::to_string(strength)}}), true, mark.strength == strength));
  return section;
}

/// What to do now and what comes next.
Section part_section(const RecordFlow& flow) {
  const GuidedPart& part = flow.parts()[flow.part()];
  Section section;
  section.heading = text(name_word(part.task));
  section.paragraphs = {text(do_word(part.task)), text(more_word(part.task))};
  if (flow.part() + 1 < flow.parts().size()) {
    const GuidedPart& next = flow.parts()[flow.part() + 1];
    section.paragraphs.push_back(
        fill(Word::record_guided_next, {{"what", text(next_word(next.task))}, {"n", std::to_string(std::lround(next.length_s))}}));
  } else {
    section.paragraphs.push_back(text(Word::record_guided_last));
  }
  section.paragraphs.push_back(text(Word::record_guided_apart));
  return section;
}

}  // namespace

std::vector<Section> running_sections(const RecordFlow& flow) {
  std::vector<Section> sections;
  if (flow.guided() && flow.part() < flow.parts().size()) sections.push_back(part_section(flow));
  sections.push_back(state_section(flow));
  sections.push_back(acts_section(flow));
  if (!flow.marks().empty()) sections.push_back(mark_section(flow));
  return sections;
}

}  // namespace klono::workspace
