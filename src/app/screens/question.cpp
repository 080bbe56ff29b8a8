#include "app/screens/question.hpp"

#include <vector>

#include "base/words.hpp"

namespace klono::app::screens {
namespace {

using ui::ButtonKind;
using ui::Rect;
using ui::Role;
using ui::id_of;
namespace text = ui::text;

Word heading_of(Question::Kind kind) {
  switch (kind) {
    case Question::Kind::Columns: return Word::app_question_heading_columns;
    case Question::Kind::Unit: return Word::app_question_heading_unit;
    case Question::Kind::Rate: return Word::app_question_heading_rate;
    case Question::Kind::Scale: return Word::app_question_heading_scale;
    case Question::Kind::Member: return Word::app_question_heading_member;
  }
  return Word::app_question_title;
}

/// A suggested value in words.
std::string label_of(Question::Kind kind, const std::string& value) {
  if (kind == Question::Kind::Rate) return fill(Word::app_question_rate_choice, {{"value", value}});
  if (kind != Question::Kind::Unit) return value;
  if (value == "g") return std::string(word(Word::app_question_unit_g));
  if (value == "mg") return std::string(word(Word::app_question_unit_mg));
  if (value == "m/s2") return std::string(word(Word::app_question_unit_ms2));
  return value;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string_view option_name(std::string_view option) {
  option.remove_prefix(std::min(option.find_first_not_of('-'), option.size()));
  return option;
}

}  // namespace

void draw_question(const Context& context, const Rect& rect, const workspace::Entry& entry) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  bool back = false;
  const Rect body = titled(context, rect, word(Word::app_question_title), true, &back);
  if (back) context.emit("go library");
  if (!entry.failure.error.question) return;
  const Question& question = *entry.failure.error.question;
  const std::vector<std::string> values = lines_of(question.suggestions);

  ui::ScrollArea scroll(ui, id_of("question", entry.id), body);
  const Rect column = text_column(context, body, 560.0F);
  float y = scroll.top() + 16.0F;
  y += p.paragraph({column.x, y}, column.w, word(heading_of(question.kind)), text::kDisplay) + 8.0F;
  if (!question.prompt.empty()) y += p.paragraph({column.x, y}, column.w, question.prompt, text::kBody.in(Role::Text2)) + 8.0F;
  y += p.paragraph({column.x, y}, column.w, word(Word::app_question_why), text::kSmall.in(Role::Text3)) + 24.0F;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Rect row{column.x, y, column.w, 56.0F};
    if (ui::choice_row(ui, id_of("answer", i), row, label_of(question.kind, values[i]), false, true))
      context.emit("answer " + std::string(option_name(question.option)) + " " + values[i]);
    y += 64.0F;
  }
  const Word note = values.empty() ? Word::app_question_no_choices : Word::app_question_not_sure;
  y += 8.0F + p.paragraph({column.x, y + 8.0F}, column.w, word(note), text::kSmall) + 24.0F;
  p.text_in({column.x, y, column.w, 24.0F},
            fill(Word::app_refused_file, {{"name", entry.title}, {"size", size_words(entry.size)}}), text::kSmall.in(Role::Text3));
  y += 40.0F;
  const ui::ButtonLook quiet{ButtonKind::Quiet};
  const float width = ui::button_width(ui, word(Word::app_question_cancel), quiet, 16.0F);
  if (ui::button(ui, id_of("question-cancel"), {column.x - 16.0F, y, width, 48.0F}, word(Word::app_question_cancel), quiet))
    context.emit(command_for("close-recording", entry));
  scroll.content_end(y + 64.0F + ui.surface().inset_bottom);
}

}  // namespace klono::app::screens
