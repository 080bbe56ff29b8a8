#include <algorithm>
#include <array>

#include "view/plain_words.hpp"
#include "workspace/screens.hpp"

namespace klono::workspace {
namespace {

std::string id_of(const Entry& entry) { return std::to_string(entry.id); }

/// Values to choose from where the engine suggests none; what common recorders deliver.
constexpr std::array<std::string_view, 6> kRates{"25", "50", "64", "80", "100", "200"};
constexpr std::array<std::string_view, 3> kUnits{"g", "m/s2", "mg"};

std::vector<std::string> choices_of(const Question& question) {
  std::vector<std::string> choices;
  std::string_view rest = question.suggestions;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    if (end > 0) choices.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (choices.empty() && question.kind == Question::Kind::Rate) choices.assign(kRates.begin(), kRates.end());
  if (choices.empty() && question.kind == Question::Kind::Unit) choices.assign(kUnits.begin(), kUnits.end());
  return choices;
}

std::string choice_label(Question::Kind kind, const std::string& value) {
  if (kind == Question::Kind::Rate) return fill(Word::app_question_rate_choice, {{"value", value}});
  if (kind != Question::Kind::Unit) return value;
  if (value == "g") return text(Word::app_question_unit_g);
  if (value == "mg") return text(Word::app_question_unit_mg);
  return value == "m/s2" ? text(Word::app_question_unit_ms2) : value;
}

Word heading_of(Question::Kind kind) {
  switch (kind) {
    case Question::Kind::Columns:
      return Word::app_question_heading_columns;
    case Question::Kind::Unit:
      return Word::app_question_heading_unit;
    case Question::Kind::Rate:
      return Word::app_question_heading_rate;
    case Question::Kind::Scale:
      return Word::app_question_heading_scale;
    case Question::Kind::Member:
      break;
  }
  return Word::app_question_heading_member;
}

std::string file_line(const Entry& entry) {
  const std::int64_t size = entry.size > 0 ? entry.size : entry.failure.size;
  return fill(Word::app_refused_file, {{"name", entry.title}, {"size", size_words(size)}});
}

}  // namespace

double part_read(const Entry& entry) {
  const protocol::Progress& progress = entry.progress;
  return std::clamp(progress.share, 0.0, 1.0);
}

std::vector<Section> reading_sections(const Workspace& workspace, const Entry& entry) {
  const protocol::Progress& progress = entry.progress;
  Section section;
  section.heading = fill(Word::app_reading_heading, {{"title", entry.title}});
  if (entry.example)
    section.paragraphs.push_back(text(Word::app_reading_example));
  else if (progress.bytes_done > 0)
    section.paragraphs.push_back(fill(Word::app_reading_bytes, {{"done", size_words(progress.bytes_done)},
                                                                {"total", size_words(progress.bytes_total)}}));
  else
    section.paragraphs.push_back(text(Word::app_reading_waiting));
  const bool usable = progress.analysed_s > 0.0;
  if (usable) {
    section.paragraphs.push_back(
        fill(Word::app_reading_analysed, {{"length", view::duration_words(progress.analysed_s)}}));
    section.paragraphs.push_back(text(Word::app_reading_partial_hint));
  }
  section.paragraphs.push_back(text(Word::app_reading_leave));
  const auto waiting = std::ranges::count_if(workspace.entries(), [&](const Entry& other) {
    return other.id != entry.id && other.state == EntryState::Reading;
  });
  if (waiting > 0) section.paragraphs.push_back(fill(Word::app_reading_queue, {{"n", std::to_string(waiting)}}));
  section.actions = {action("use-partial " + id_of(entry), text(Word::app_reading_use_partial), usable),
                     action("stop-reading " + id_of(entry), text(Word::app_reading_stop))};
  return {std::move(section)};
}

std::vector<Section> refused_sections(const Entry& entry) {
  const Error& error = entry.failure.error;
  Section what;
  what.heading = text(Word::app_refused_heading);
  what.paragraphs = {error.what, text(Word::app_refused_nothing_kept)};
  if (error.line > 0)
    what.paragraphs.push_back(fill(Word::app_refused_place_line, {{"n", std::to_string(error.line)}}));
  else if (error.offset >= 0)
    what.paragraphs.push_back(fill(Word::app_refused_place_offset, {{"n", std::to_string(error.offset)}}));
  what.paragraphs.push_back(file_line(entry));

  Section todo;
  todo.heading = text(Word::app_refused_what_you_can_do);
  todo.paragraphs = {error.advice.empty() ? text(Word::app_refused_no_advice) : error.advice};
  todo.actions = {action("open-file", text(Word::app_refused_another)),
                  action("go help", text(Word::app_refused_what_can_be_read)),
                  action("retry " + id_of(entry), text(Word::app_refused_retry)),
                  action("close-recording " + id_of(entry), text(Word::app_refused_remove))};
  return {std::move(what), std::move(todo)};
}

std::vector<Section> question_sections(const Entry& entry) {
  const Question question = entry.failure.error.question.value_or(Question{});
  Section why;
  why.heading = text(heading_of(question.kind));
  if (!question.prompt.empty())
    why.paragraphs.push_back(question.prompt);
  else if (!entry.failure.error.what.empty())
    why.paragraphs.push_back(entry.failure.error.what);
  why.paragraphs.push_back(text(Word::app_question_why));
  why.paragraphs.push_back(file_line(entry));

  Section choices;
  choices.heading = text(Word::app_question_choices);
  for (const std::string& value : choices_of(question))
    choices.actions.push_back(action("answer " + question.option + " " + value, choice_label(question.kind, value)));
  choices.paragraphs.push_back(
      text(choices.actions.empty() ? Word::app_question_no_choices : Word::app_question_not_sure));
  choices.actions.push_back(action("close-recording " + id_of(entry), text(Word::app_question_cancel)));
  return {std::move(why), std::move(choices)};
}

}  // namespace klono::workspace
