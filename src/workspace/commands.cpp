#include <algorithm>
#include <array>

#include "base/words.hpp"
#include "view/placement_words.hpp"
#include "view/plain_words.hpp"
#include "workspace/choices.hpp"
#include "workspace/workspace.hpp"

namespace klono::workspace {
namespace {

constexpr std::array kScreens{Choice<Screen>{"library", Screen::Library, Word::app_nav_library},
                              Choice<Screen>{"record", Screen::Record, Word::app_nav_record},
                              Choice<Screen>{"review", Screen::Review, Word::app_nav_review},
                              Choice<Screen>{"patterns", Screen::Patterns, Word::app_nav_patterns},
                              Choice<Screen>{"history", Screen::History, Word::app_nav_history},
                              Choice<Screen>{"report", Screen::Report, Word::app_nav_report},
                              Choice<Screen>{"settings", Screen::Settings, Word::app_nav_settings},
                              Choice<Screen>{"help", Screen::Help, Word::app_nav_help}};

constexpr std::array kExports{
    Choice<protocol::ExportKind>{"summary", protocol::ExportKind::SummaryHtml, Word::app_review_save_summary},
    Choice<protocol::ExportKind>{"table", protocol::ExportKind::EventsCsv, Word::app_review_save_table},
    Choice<protocol::ExportKind>{"analysis", protocol::ExportKind::AnalysisJson, Word::app_review_save_analysis}};

/// Words of a command; the last of `most` takes the rest of the line.
std::vector<std::string_view> split(std::string_view line, std::size_t most) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin == std::string_view::npos) return parts;
    line.remove_prefix(begin);
    if (parts.size() + 1 == most) {
      parts.push_back(line.substr(0, line.find_last_not_of(' ') + 1));
      return parts;
    }
    const std::size_t end = std::min(line.find(' '), line.size());
    parts.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

std::string_view without_dashes(std::string_view option) {
  option.remove_prefix(std::min(option.find_first_not_of('-'), option.size()));
  return option;
}

/// `lines` with "key=value" in place of an earlier choice of the same key.
std::string with_line(std::string_view lines, std::string_view key, std::string_view value) {
  std::string result;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = lines.substr(0, end);
    if (!line.empty() && line.substr(0, line.find('=')) != key) result.append(line).append("\n");
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return result.append(key).append("=").append(value).append("\n");
}

}  // namespace

void Workspace::command(std::string_view line) {
  carry_out(line);
  follow_screen();
}

void Workspace::carry_out(std::string_view line) {
  using W = Workspace;
  using A = Arguments;
  struct Verb {
    std::string_view name;
    std::size_t arguments;
    void (*run)(W&, A);
  };
  static constexpr std::array kVerbs{
      Verb{"open-file", 0,
           [](W& w, A) {
             w.effects_.emplace_back(ChooseFiles{});
             w.changed();
           }},
      Verb{"open-example", 0, [](W& w, A) { w.open_example(); }},
      Verb{"go", 1, [](W& w, A a) { w.go(a[0]); }},
      Verb{"open-recording", 1, [](W& w, A a) { w.open_recording(a[0]); }},
      Verb{"close-recording", 1, [](W& w, A a) { w.close_recording(a[0]); }},
      Verb{"keep-recording", 1, [](W& w, A a) { w.keep_recording(a[0]); }},
      Verb{"copy-recording", 1, [](W& w, A a) { w.copy_recording(a[0]); }},
      Verb{"delete-recording", 1, [](W& w, A a) { w.delete_recording(a[0]); }},
      Verb{"record", 1, [](W& w, A a) { w.record(a[0]); }},
      Verb{"stop-reading", 1, [](W& w, A a) { w.stop_reading(a[0]); }},
      Verb{"use-partial", 1, [](W& w, A a) { w.use_partial(a[0]); }},
      Verb{"retry", 1, [](W& w, A a) { w.retry(a[0]); }},
      Verb{"answer", 2, [](W& w, A a) { w.answer(a[0], a[1]); }},
      Verb{"select-event", 1, [](W& w, A a) { w.select_event(a[0]); }},
      Verb{"next-event", 0, [](W& w, A) { w.step_selection(+1); }},
      Verb{"previous-event", 0, [](W& w, A) { w.step_selection(-1); }},
      Verb{"confirm-event", 1, [](W& w, A a) { w.decide(a[0], Decision::Confirmed); }},
      Verb{"reject-event", 1, [](W& w, A a) { w.decide(a[0], Decision::Rejected); }},
      Verb{"confirm-shown", 0, [](W& w, A) { w.confirm_shown(); }},
      Verb{"list-next", 0, [](W& w, A) { w.turn_list_page(+1); }},
      Verb{"list-previous", 0, [](W& w, A) { w.turn_list_page(-1); }},
      Verb{"select-burst", 1, [](W& w, A a) { w.select_burst(a[0]); }},
      Verb{"next-burst", 0, [](W& w, A) { w.step_burst(+1); }},
      Verb{"previous-burst", 0, [](W& w, A) { w.step_burst(-1); }},
      Verb{"bursts-next", 0, [](W& w, A) { w.turn_burst_page(+1); }},
      Verb{"bursts-previous", 0, [](W& w, A) { w.turn_burst_page(-1); }},
      Verb{"list-reason", 1, [](W& w, A a) { w.list_reason(a[0]); }},
      Verb{"look-at", 1, [](W& w, A a) { w.look_at(a[0]); }},
      Verb{"next-look", 0, [](W& w, A) { w.step_look(+1); }},
      Verb{"previous-look", 0, [](W& w, A) { w.step_look(-1); }},
      Verb{"looks-next", 0, [](W& w, A) { w.turn_look_page(+1); }},
      Verb{"looks-previous", 0, [](W& w, A) { w.turn_look_page(-1); }},
      Verb{"look-away", 0, [](W& w, A) { w.look_away(); }},
      Verb{"show-event", 1, [](W& w, A a) { w.show_event(a[0]); }},
      Verb{"sleep-times open", 0, [](W& w, A) { w.show_sleep_times(true); }},
      Verb{"sleep-times close", 0, [](W& w, A) { w.show_sleep_times(false); }},
      Verb{"mark-sleep", 1, [](W& w, A a) { w.mark_sleep(a[0]); }},
      Verb{"unmark-sleep", 1, [](W& w, A a) { w.unmark_sleep(a[0]); }},
      Verb{"undo", 0, [](W& w, A) { w.undo(); }},
      Verb{"redo", 0, [](W& w, A) { w.redo(); }},
      Verb{"zoom-in", 0, [](W& w, A) { w.zoom(0.5); }},
      Verb{"zoom-out", 0, [](W& w, A) { w.zoom(2.0); }},
      Verb{"zoom-fit", 0,
           [](W& w, A) {
             if (Entry* e = w.ready()) {
               e->viewport.show_all();
               w.changed();
             }
           }},
      Verb{"pan-left", 0, [](W& w, A) { w.pan(-0.25); }},
      Verb{"pan-right", 0, [](W& w, A) { w.pan(0.25); }},
      Verb{"trace movement", 0, [](W& w, A) { w.set_trace(protocol::TraceMode::Movement); }},
      Verb{"trace recorded", 0, [](W& w, A) { w.set_trace(protocol::TraceMode::AsRecorded); }},
      Verb{"theme", 1, [](W& w, A a) { w.set_theme(a[0]); }},
      Verb{"sensitivity", 1, [](W& w, A a) { w.set_sensitivity(a[0]); }},
      Verb{"gate", 1, [](W& w, A a) { w.set_gate(a[0]); }},
      Verb{"set", 2, [](W& w, A a) { w.set_value(a[0], a[1]); }},
      Verb{"reset", 1, [](W& w, A a) { w.reset_value(a[0]); }},
      Verb{"save", 1, [](W& w, A a) { w.export_file(a[0], false); }},
      Verb{"share", 1, [](W& w, A a) { w.export_file(a[0], true); }},
      Verb{"worn", 1, [](W& w, A a) { w.set_worn(a[0]); }},
      Verb{"sort", 1, [](W& w, A a) { w.set_order(a[0]); }},
      Verb{"filter", 1, [](W& w, A a) { w.set_filter(a[0]); }},
      Verb{"dismiss", 0, [](W& w, A) { w.dismiss(); }}};

  for (const Verb& verb : kVerbs) {
    if (!line.starts_with(verb.name)) continue;
    const std::string_view rest = line.substr(verb.name.size());
    if (!rest.empty() && rest.front() != ' ') continue;
    const std::vector<std::string_view> arguments = split(rest, std::max<std::size_t>(verb.arguments, 1));
    if (arguments.size() == verb.arguments) return verb.run(*this, arguments);
  }
  say(fill(Word::app_common_unknown_command, {{"command", std::string(line)}}));
}

// ---- going about --------------------------------------------------------------------------

void Workspace::go(std::string_view name) {
  const Choice<Screen>* screen = choice_of(kScreens, name);
  if (!screen) return say(fill(Word::app_common_unknown_command, {{"command", "go " + std::string(name)}}));
  if (screen->value == Screen::Review && !current()) {
    if (entries_.empty()) return say(text(Word::app_common_no_recording));
    return open_recording(std::to_string(entries_.front().id));
  }
  screen_ = screen->value;
  changed();
}

void Workspace::open_example() {
  const auto found = std::ranges::find(entries_, true, &Entry::example);
  if (found != entries_.end()) {
    make_current(found->id);
  } else {
    Entry& entry = add_entry(text(Word::app_common_example_title));
    entry.example = true;
    send_open(entry);
    make_current(entry.id);
    say(fill(Word::app_library_reading, {{"title", entry.title}}));
  }
  screen_ = Screen::Review;
  changed();
}

void Workspace::open_recording(std::string_view id) {
  Entry* entry = find(id);
  if (!entry) return;
  if (entry->state == EntryState::Kept) {
    ask_for_file(*entry);
    say(fill(Word::record_opening, {{"title", entry->title}}));
  }
  make_current(entry->id);
  screen_ = Screen::Review;
  changed();
}

void Workspace::close_recording(std::string_view id) {
  Entry* entry = find(id);
  if (!entry) return;
  if (entry->state == EntryState::Reading) return stop_reading(id);
  if (entry->stored) {
    back_to_kept(*entry);
    return say(fill(Word::app_library_closed, {{"title", entry->title}}));
  }
  forget_removed();
  const auto place = static_cast<std::size_t>(std::ranges::find(entries_, entry->id, &Entry::id) - entries_.begin());
  const bool was_current = entry->id == current_;
  closed_ = Closed{std::move(*entry), place, was_current, screen_, now_s_ + kToast_s};
  remove_entry(closed_->entry.id);
  say(fill(Word::app_library_closed, {{"title", closed_->entry.title}}), true);
}

void Workspace::stop_reading(std::string_view id) {
  Entry* entry = find(id);
  if (!entry) return;
  if (entry->state != EntryState::Reading) return say(text(Word::app_common_no_such_recording));
  const std::string title = entry->title;
  if (entry->stored) {
    back_to_kept(*entry);
    return say(fill(Word::app_library_closed, {{"title", title}}));
  }
  requests_.push_back(protocol::Cancel{entry->id, false});
  remove_entry(entry->id);
  say(fill(Word::app_library_stopped, {{"title", title}}));
}

void Workspace::use_partial(std::string_view id) {
  const Entry* entry = find(id);
  if (!entry) return;
  if (entry->state != EntryState::Reading) return say(text(Word::app_common_no_such_recording));
  requests_.push_back(protocol::Cancel{entry->id, true});
  say(fill(Word::app_library_partial_asked, {{"title", entry->title}}));
}

void Workspace::retry(std::string_view id) {
  Entry* entry = find(id);
  if (!entry) return;
  if (entry->state != EntryState::Refused && entry->state != EntryState::Asking)
    return say(fill(Word::app_common_unknown_command, {{"command", "retry " + std::string(id)}}));
  if (entry->stored)
    ask_for_file(*entry);
  else
    send_open(*entry);
  say(fill(Word::app_library_reading, {{"title", entry->title}}));
}

void Workspace::answer(std::string_view option, std::string_view value) {
  Entry* entry = find(current_);
  if (!entry || entry->state != EntryState::Asking) {
    const auto asking = std::ranges::find(entries_, EntryState::Asking, &Entry::state);
    if (asking == entries_.end()) return say(text(Word::app_common_no_recording));
    entry = &*asking;
  }
  const std::string& asked = entry->failure.error.question->option;
  if (without_dashes(option) != without_dashes(asked))
    return say(fill(Word::app_question_other_question, {{"option", asked}}));
  if (value.find_first_of("\r\n") != std::string_view::npos)
    return say(fill(Word::app_common_unknown_command, {{"command", "answer"}}));
  entry->reading = with_line(entry->reading, without_dashes(option), value);
  send_open(*entry);
  say(fill(Word::app_question_answered, {{"title", entry->title}}));
}

// ---- what is shown ------------------------------------------------------------------------

void Workspace::zoom(double factor) {
  Entry* entry = ready();
  if (!entry) return;
  const TimeSpan span = entry->viewport.span();
  double anchor_s = 0.5 * (span.begin_s + span.end_s);
  if (entry->selected) {
    const double peak_s = entry->data.analysis.events[*entry->selected].peak_s;
    if (span.contains(peak_s)) anchor_s = peak_s;
  }
  entry->viewport.zoom(factor, anchor_s);
  changed();
}

void Workspace::pan(double part) {
  Entry* entry = ready();
  if (!entry) return;
  entry->viewport.pan(part * entry->viewport.span().length_s());
  changed();
}

void Workspace::set_trace(protocol::TraceMode mode) {
  trace_mode_ = mode;
  say(text(mode == protocol::TraceMode::Movement ? Word::app_review_trace_movement_status
                                                 : Word::app_review_trace_recorded_status));
}

// ---- handing over -------------------------------------------------------------------------

void Workspace::export_file(std::string_view kind, bool share) {
  const auto* choice = choice_of(kExports, kind);
  if (!choice) return say(fill(Word::app_common_unknown_command, {{"command", "save " + std::string(kind)}}));
  const Entry* entry = ready();
  if (!entry) return;
  exports_[next_request_] = {entry->id, share};
  requests_.push_back(
      protocol::ExportRequest{next_request_++, entry->id, choice->value, entry->title, entry->decisions, entry->worn,
                                                 entry->sleep_marks});
  say(text(Word::app_review_preparing));
}

void Workspace::set_worn(std::string_view place) {
  Entry* entry = ready();
  if (!entry) return;
  const auto placement = history::placement_of(place);
  if (!placement && place != "none")
    return say(fill(Word::app_common_unknown_command, {{"command", "worn " + std::string(place)}}));
  history::RecordingContext context = entry->context();
  context.placement = placement;
  entry->worn = history::json_of(context);
  write_card(*entry);
  say(placement ? fill(Word::app_report_where_set, {{"place", view::in_sentence(view::placement_words(*placement))}})
                : text(Word::app_report_where_cleared));
}

void Workspace::dismiss() {
  forget_removed();
  status_.clear();
  undo_is_mark_ = false;
  toast_until_s_ = -1.0;
  changed();
}

}  // namespace klono::workspace
