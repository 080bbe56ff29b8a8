/// The dark screen: black, one dim line that moves against burn-in; a tap shows what can be done for ten seconds.

#include <algorithm>
#include <cmath>

#include "app/screens/record/page.hpp"
#include "app/screens/record/steps.hpp"
#include "base/words.hpp"
#include "workspace/record_words.hpp"

namespace klono::app::screens {
namespace {

using ui::Align;
using ui::Point;
using ui::Rect;
using ui::Role;
using ui::id_of;
using workspace::RecordFlow;
namespace text = ui::text;
namespace tokens = ui::tokens;

constexpr float kDrift_x = 32.0F, kDrift_y = 64.0F;  // CSS pixels either way (chosen)
constexpr float kMark = 136.0F;

std::string since_words(const RecordFlow& flow) {
  const auto& running = flow.running();
  return fill(Word::record_night_since, {{"time", workspace::clock_of(running.since_unix_ms, running.offset_min)}});
}

std::string battery_words(const RecordFlow& flow) {
  const auto& able = flow.abilities();
  if (!able.charging_known || able.battery < 0.0) return {};
  const std::string percent = std::to_string(std::lround(std::min(1.0, able.battery) * 100.0));
  return fill(able.charging ? Word::record_night_charging : Word::record_night_battery, {{"percent", percent}});
}

/// Another place each minute, spread evenly without repeating soon.
Point drift(std::int64_t minute) {
  const auto part = [&](double step) {
    const double at = static_cast<double>(minute) * step;
    return static_cast<float>((at - std::floor(at)) * 2.0 - 1.0);
  };
  return {kDrift_x * part(0.6180339887), kDrift_y * part(0.7548776662)};
}

void black(const Context& context, const Rect& window) {
  ui::Ui& ui = context.ui;
  const RecordFlow& flow = context.workspace.record();
  const ui::WidgetId id = id_of("night");
  ui.area(id, window, ui::AreaKind::Press);
  if (ui.gestures().tap(id)) context.emit("record wake");
  const Point away = drift(flow.minute());
  const ui::TextStyle style = text::kBody.in(Role::NightText).aligned(Align::Centre);
  const float reach = std::max(0.0F, window.w / 2.0F - ui.paint().text_width(since_words(flow), style) / 2.0F - 16.0F);
  const Point middle = window.centre();
  ui.paint().text({middle.x + std::clamp(away.x, -reach, reach), middle.y - 12.0F + away.y}, since_words(flow), style);
}

void grey_mark(const Context& context, Point middle, float diameter) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const float radius = diameter / 2.0F;
  const ui::WidgetId id = id_of("night-mark");
  const bool can = !context.workspace.record().stopping();
  if (can) ui.pressed(id, {middle.x - radius, middle.y - radius, diameter, diameter});
  if (const auto tap = ui.gestures().tap(id); tap && !tap->secondary && can) context.emit("record mark");
  if (ui.gestures().held(id)) p.circle(middle, radius, Role::Control);
  p.ring(middle, radius - 0.75F, Role::Edge, 1.5F);
  p.triangle({middle.x, middle.y - 30.0F}, 14.0F, Role::Text3);
  p.text_in({middle.x - radius + 8.0F, middle.y - 2.0F, diameter - 16.0F, 24.0F}, word(Word::record_felt_one),
            text::kBody.in(Role::Text2).aligned(Align::Centre));
}

/// What just happened, dim, with its undo; else when the screen goes dark again.
void last_line(const Context& context, const Rect& column, float y) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const RecordFlow& flow = context.workspace.record();
  if (context.workspace.toast_visible()) {
    const std::string& said = context.workspace.status();
    const std::string_view undo = word(Word::app_common_undo);
    const ui::TextStyle style = text::kSmall.in(Role::Text3);
    const float words = std::min(column.w - 96.0F, p.text_width(said, style));
    const float undo_width = p.text_width(undo, style);
    const float left = column.centre().x - (words + 24.0F + undo_width) / 2.0F;
    p.text_in({left, y, words + 1.0F, 20.0F}, said, style);
    if (ui::text_link(ui, id_of("night-undo"), {left + words + 24.0F, y}, undo, style.in(Role::Text2).strong())) context.emit("undo");
    return;
  }
  const auto seconds = static_cast<int>(std::ceil(flow.woken_left_s() - 1e-6));
  const std::string words = flow.stopping() ? std::string(word(Word::record_stopping))
                                            : fill(Word::record_night_dark_again, {{"n", std::to_string(seconds)}});
  p.text_in({column.x, y, column.w, 20.0F}, words, text::kSmall.in(Role::Text3).aligned(Align::Centre));
}

void woken(const Context& context, Rect rect) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const RecordFlow& flow = context.workspace.record();
  const ui::WidgetId ground = id_of("night");
  ui.area(ground, rect, ui::AreaKind::Press);
  if (ui.gestures().tap(ground)) context.emit("record wake");
  rect.take_bottom(foot_space(context, rect));
  const Rect column = step_column(context, rect);
  const Rect row = rect.take_bottom(56.0F);
  const float half = std::floor((column.w - 8.0F) / 2.0F);
  HoldLook look{Role::Text2, Role::Pressed};
  look.enabled = !flow.stopping();
  if (hold_button(ui, id_of("night-stop"), {column.x, row.y, half, 56.0F}, word(Word::record_hold_to_stop), look))
    context.emit("record stop");
  const Rect light{column.right() - half, row.y, half, 56.0F};
  if (ui::button(ui, id_of("night-light"), light, {}, {ui::ButtonKind::Outline})) context.emit("record light");
  p.text_in(light.inset(8.0F, 0.0F), word(Word::record_light), text::kStrong.in(Role::Text2).aligned(Align::Centre));
  last_line(context, column, row.y - 36.0F);

  const bool low = rect.h < 420.0F;
  const float mark = low ? 104.0F : kMark;
  const float top = low ? rect.y + 16.0F : rect.y + (rect.h - 36.0F) * 0.54F;
  const ui::TextStyle centred = text::kBody.in(Role::Text3).aligned(Align::Centre);
  p.text_in({column.x, top, column.w, 24.0F}, since_words(flow), centred);
  p.text_in({column.x, top + 32.0F, column.w, 20.0F}, battery_words(flow), text::kSmall.in(Role::Text3).aligned(Align::Centre));
  const float free = row.y - 36.0F - (top + 52.0F);
  grey_mark(context, {column.centre().x, top + 52.0F + free / 2.0F}, std::min(mark, free - 16.0F));
}

}  // namespace

void draw_night(const Context& context) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  static const ui::Theme night(true);
  const ui::Theme& day = p.theme();
  p.set_theme(night);
  p.black(ui.window());
  if (context.workspace.record().darkness() == workspace::Darkness::Black) {
    black(context, ui.window());
  } else {
    Rect rect = ui.window();
    rect.take_top(ui.surface().inset_top);
    woken(context, rect);
  }
  p.set_theme(day);
}

}  // namespace klono::app::screens
