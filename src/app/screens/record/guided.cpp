/// The guided test: three parts on one bar, a figure, the seconds, one instruction and what comes next.

#include <algorithm>
#include <cmath>

#include "app/screens/record/guided_figures.hpp"
#include "app/screens/record/page.hpp"
#include "app/screens/record/steps.hpp"
#include "base/words.hpp"
#include "workspace/record_words.hpp"

namespace klono::app::screens {
namespace {

using ui::Align;
using ui::ButtonKind;
using ui::Icon;
using ui::Point;
using ui::Rect;
using ui::Role;
using ui::id_of;
using workspace::GuidedPart;
using workspace::RecordFlow;
namespace text = ui::text;
namespace tokens = ui::tokens;

constexpr float kRing = 296.0F;
constexpr float kLeastRing = 128.0F;
constexpr float kRoomyRing = 176.0F;
constexpr float kHead = 56.0F;
constexpr float kBars = 8.0F + 6.0F + 8.0F + 20.0F;

const GuidedPart* current(const RecordFlow& flow) {
  return flow.part() < flow.parts().size() ? &flow.parts()[flow.part()] : nullptr;
}

double share_of_part(const RecordFlow& flow) {
  const GuidedPart* part = current(flow);
  return part == nullptr || part->length_s <= 0.0 ? 0.0 : 1.0 - flow.part_left_s() / part->length_s;
}

void head(const Context& context, const Rect& line) {
  ui::Painter& p = context.ui.paint();
  const RecordFlow& flow = context.workspace.record();
  const std::string note = fill(Word::record_guided_note, {{"place", workspace::place_words(flow.context())}});
  const float room = line.w - 56.0F;
  p.text_in({line.x, line.y + 9.0F, room, 22.0F}, word(Word::record_guided_heading), text::kStrong);
  p.text_in({line.x, line.y + 31.0F, room, 16.0F}, note, text::kCaption);
  const Icon icon = flow.sounds() ? Icon::Sound : Icon::SoundOff;
  if (ui::icon_button(context.ui, id_of("guided-sound"), {line.right() - 36.0F, line.y + 4.0F, 48.0F, 48.0F}, icon))
    context.emit(flow.sounds() ? "record sound off" : "record sound on");
}

void part_label(ui::Painter& p, const Rect& rect, const GuidedPart& part, bool now) {
  float x = rect.x;
  if (part.done || part.skipped) {
    p.icon(part.done ? Icon::Check : Icon::Cross, {x, rect.y + 2.0F, 16.0F, 16.0F}, part.done ? Role::Accent : Role::Text3);
    x += 20.0F;
  }
  const ui::TextStyle style = now ? text::kSmall.strong().in(Role::Text) : text::kSmall.in(Role::Text3);
  p.text_in({x, rect.y, rect.right() - x, rect.h}, word(workspace::name_word(part.task)), style);
}

void part_bars(const Context& context, const Rect& rect) {
  const RecordFlow& flow = context.workspace.record();
  const float width = (rect.w - 16.0F) / 3.0F;
  for (std::size_t i = 0; i < flow.parts().size(); ++i) {
    const GuidedPart& part = flow.parts()[i];
    const bool now = i == flow.part() && !part.done && !part.skipped;
    const Rect bar{rect.x + (width + 8.0F) * static_cast<float>(i), rect.y + 8.0F, width, 6.0F};
    ui::progress_bar(context.ui, bar, part.done ? 1.0 : now ? share_of_part(flow) : 0.0);
    part_label(context.ui.paint(), {bar.x, bar.bottom() + 8.0F, bar.w, 20.0F}, part, now);
  }
}

void figure_ring(const Context& context, Point middle, float diameter) {
  ui::Painter& p = context.ui.paint();
  const RecordFlow& flow = context.workspace.record();
  const GuidedPart* part = current(flow);
  if (part == nullptr) return;
  const bool ready = flow.get_ready_s() > 0.0;
  time_ring(p, middle, diameter, tokens::kStrokeRing, ready ? 0.0 : share_of_part(flow), flow.paused() ? Role::Edge : Role::Accent);
  const float unit = diameter / kRing;
  const Rect box{middle.x - diameter / 2.0F + 62.0F * unit, middle.y - diameter / 2.0F + 44.0F * unit, 190.0F * unit, 180.0F * unit};
  paint_task(p, box, part->task);
  const double seconds = std::ceil((ready ? flow.get_ready_s() : flow.part_left_s()) - 1e-6);
  const std::string words = fill(Word::record_guided_seconds, {{"n", std::to_string(static_cast<int>(seconds))}});
  const ui::TextStyle style = unit > 0.85F ? text::kDisplay : unit > 0.6F ? text::kTitle : text::kStrong;
  p.text_in({middle.x - 60.0F, box.bottom() + (unit > 0.6F ? 10.0F * unit : 0.0F), 120.0F, ui::line_height(style.size)}, words,
            style.in(ready || flow.paused() ? Role::Text3 : Role::Text).aligned(Align::Centre));
}

std::string next_words(const RecordFlow& flow) {
  if (flow.stopping()) return std::string(word(Word::record_stopping));
  if (flow.paused()) return std::string(word(Word::record_paused_said));
  const std::size_t next = flow.part() + 1;
  if (next >= flow.parts().size())
    return std::string(word(Word::record_guided_last)) + "\n" + std::string(word(Word::record_guided_apart));
  const Word what = flow.parts()[next].task == Task::ArmsOut ? Word::record_guided_next_arms : Word::record_guided_next_reach;
  const auto seconds = static_cast<int>(std::lround(flow.parts()[next].length_s));
  return fill(Word::record_guided_next, {{"what", std::string(word(what))}, {"n", std::to_string(seconds)}}) + "\n" +
         std::string(word(Word::record_guided_apart));
}

constexpr ui::TextStyle kNext{ui::TextSize::Small, Role::Text3, ui::Weight::Regular, Align::Centre};

constexpr float kInstruction = 20.0F + 4.0F + 28.0F + 8.0F + 24.0F;

float next_height(const Context& context, float width) {
  return 16.0F + context.ui.paint().paragraph_height(width, next_words(context.workspace.record()), kNext);
}

/// Above the instruction stands whether it is time yet; what comes next is left out where there is no room.
float instruction(const Context& context, const Rect& column, float y, bool with_next) {
  ui::Painter& p = context.ui.paint();
  const RecordFlow& flow = context.workspace.record();
  const GuidedPart* part = current(flow);
  if (part == nullptr) return y;
  if (flow.get_ready_s() > 0.0)
    p.text_in({column.x, y, column.w, 20.0F}, word(Word::record_guided_ready), text::kSmall.strong().in(Role::Accent).aligned(Align::Centre));
  y += 24.0F;
  p.text_in({column.x, y, column.w, 28.0F}, word(workspace::do_word(part->task)), text::kTitle.aligned(Align::Centre));
  y += 36.0F;
  if (!with_next && (flow.paused() || flow.stopping()))
    return y + p.paragraph({column.x, y}, column.w, next_words(flow), kNext, 1);
  p.text_in({column.x, y, column.w, 24.0F}, word(workspace::more_word(part->task)), text::kBody.in(Role::Text2).aligned(Align::Centre));
  if (!with_next) return y + 24.0F;
  y += 40.0F;
  return y + p.paragraph({column.x, y}, column.w, next_words(flow), kNext);
}

void pause_and_skip(const Context& context, const Rect& row) {
  const RecordFlow& flow = context.workspace.record();
  const float half = std::floor((row.w - 8.0F) / 2.0F);
  ui::ButtonLook pause{flow.paused() ? ButtonKind::Primary : ButtonKind::Outline};
  ui::ButtonLook skip{ButtonKind::Outline};
  pause.enabled = !flow.stopping();
  skip.enabled = !flow.stopping() && !flow.paused();
  const Word label = flow.paused() ? Word::record_resume : Word::record_pause;
  if (ui::button(context.ui, id_of("guided-pause"), {row.x, row.y, half, row.h}, word(label), pause))
    context.emit(flow.paused() ? "record resume" : "record pause");
  if (ui::button(context.ui, id_of("guided-skip"), {row.right() - half, row.y, half, row.h}, word(Word::record_guided_skip), skip))
    context.emit("record skip-part");
}

void hold(const Context& context, const Rect& rect) {
  HoldLook look;
  look.enabled = !context.workspace.record().stopping();
  if (hold_button(context.ui, id_of("guided-stop"), rect, word(Word::record_hold_to_stop), look)) context.emit("record stop");
}

void guided_upright(const Context& context, Rect rect) {
  ui::Ui& ui = context.ui;
  if (ui.wide()) rect.take_top(16.0F);
  rect.take_bottom(foot_space(context, rect));
  Rect column = step_column(context, rect);
  head(context, column.take_top(kHead));
  part_bars(context, column.take_top(kBars));
  hold(context, column.take_bottom(56.0F));
  column.take_bottom(8.0F);
  const Rect row = column.take_bottom(56.0F);
  pause_and_skip(context, row);
  ui.set_foot(row.y);
  column.take_bottom(8.0F);
  column.take_top(8.0F);
  const float card = troubles(context, column, column.y) - column.y;
  column.take_top(card);
  const float next = next_height(context, column.w);
  const bool roomy = column.h - kInstruction - next - 24.0F >= kRoomyRing;
  const float below = kInstruction + (roomy ? next : 0.0F);
  const float ring = std::clamp(column.h - below - 24.0F, kLeastRing, kRing);
  const float free = std::max(0.0F, column.h - below - 24.0F - ring);
  const float y = column.y + (roomy ? 8.0F : 0.0F) + free * 0.4F;
  figure_ring(context, {column.centre().x, y + ring / 2.0F}, ring);
  instruction(context, column, y + ring + (roomy ? 12.0F : 0.0F) + free * 0.15F, roomy);
}

void guided_flat(const Context& context, Rect rect) {
  ui::Ui& ui = context.ui;
  rect.take_bottom(foot_space(context, rect));
  rect = rect.inset(16.0F, 0.0F);
  const Rect left = rect.take_left(std::floor(rect.w * 0.42F));
  figure_ring(context, left.centre(), std::min({kRing, left.h - 16.0F, left.w - 16.0F}));
  rect.take_left(16.0F);
  Rect row = rect.take_bottom(56.0F);
  const Rect stop = row.take_right(std::floor(row.w * 0.32F));
  row.take_right(8.0F);
  pause_and_skip(context, row);
  hold(context, stop);
  ui.set_foot(row.y);
  ui.set_message_span(rect.x - 16.0F, rect.right() + 16.0F);
  head(context, rect.take_top(kHead));
  part_bars(context, rect.take_top(kBars));
  ui::ScrollArea scroll(ui, id_of("guided-words"), rect);
  const float y = troubles(context, rect, scroll.top() + 4.0F);
  scroll.content_end(instruction(context, rect, y, true) + 8.0F);
}

}  // namespace

void draw_guided(const Context& context, Rect rect) {
  if (lies_flat(rect)) return guided_flat(context, rect);
  guided_upright(context, rect);
}

}  // namespace klono::app::screens
