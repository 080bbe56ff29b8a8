#include "app/screens/first_visit.hpp"

#include <array>
#include <cmath>
#include <cstdint>

#include "base/words.hpp"

namespace klono::app::screens {
namespace {

using ui::ButtonKind;
using ui::Icon;
using ui::Ink;
using ui::Point;
using ui::Rect;
using ui::Role;
using ui::id_of;
namespace text = ui::text;

constexpr ui::WidgetId kLine = id_of("living-line");
constexpr ui::WidgetId kLineSeen = id_of("living-line-seen");
constexpr float kDrawn_ms = 1400.0F;  // chosen: as long as a breath in, once

/// Quiet noise in -1..1, the same at every visit.
float noise(std::uint32_t at) {
  at = (at ^ 61U) ^ (at >> 16U);
  at *= 9U;
  at ^= at >> 4U;
  at *= 0x27d4eb2dU;
  at ^= at >> 15U;
  return static_cast<float>(at) / 2147483648.0F - 1.0F;
}

/// A twitch as a limb answers it: fast rise, one swing back, gone in a third of a second. `t` in seconds.
float twitch(float t) {
  if (t < 0.0F) return 0.0F;
  const float share = std::min(1.0F, t / 0.06F);
  const float rise = share * share * (3.0F - 2.0F * share);
  return rise * std::exp(-t / 0.12F) * std::cos(6.2832F * 4.2F * (t - 0.055F)) * 1.5F;
}

/// One line of quiet with one twitch, drawn once from the left.
void living_line(ui::Ui& ui, const Rect& rect) {
  ui::Painter& p = ui.paint();
  const float middle = rect.y + rect.h * 0.53F;
  const float onset = rect.x + rect.w * 0.5F;
  const float second = std::min(170.0F, rect.w * 0.4F);  // CSS pixels
  const Rect band{onset - 6.0F, rect.y, second * 0.39F, rect.h};
  p.fill(band, Ink(Role::Event, ui::tokens::kAlphaEventBand), 4.0F);
  p.fill({band.centre().x - 3.0F, rect.y + 8.0F, 6.0F, 22.0F}, Role::Event, 3.0F);
  if (ui.kept(kLineSeen) == 0.0F) {
    ui.kept(kLineSeen) = 1.0F;
    ui.set_animation(kLine, 0.0F);
  }
  const float shown = ui.animate(kLine, 1.0F, kDrawn_ms);
  std::vector<Point> points;
  const float end = rect.x + rect.w * shown;
  for (float x = rect.x; x <= end; x += 1.0F) {
    const float swing = twitch((x - onset) / second) * rect.h * 0.42F;
    points.push_back({x, middle - swing - 1.7F * noise(static_cast<std::uint32_t>(x - rect.x))});
  }
  p.polyline(points, Role::Text, 2.0F);
}

struct Fact {
  Icon icon;
  Word words;
};

float facts(const Context& context, float x, float y, float width) {
  ui::Painter& p = context.ui.paint();
  for (const Fact& fact : {Fact{Icon::Lock, Word::app_library_first_fact_private},
                           Fact{Icon::Review, Word::app_library_first_fact_describes}}) {
    p.icon(fact.icon, {x, y, 20.0F, 20.0F}, Role::Text2);
    y += p.paragraph({x + 32.0F, y}, width - 32.0F, word(fact.words), text::kSmall) + 14.0F;
  }
  const float label = p.text_width(word(Word::app_library_first_fact_help), text::kSmall);
  if (context.ui.pressed(id_of("first-help"), {x, y - 4.0F, label + 64.0F, 28.0F})) context.emit("go help");
  p.icon(Icon::Help, {x, y, 20.0F, 20.0F}, Role::Text2);
  p.text({x + 32.0F, y}, word(Word::app_library_first_fact_help), text::kSmall);
  p.icon(Icon::Forward, {x + 32.0F + label + 8.0F, y + 2.0F, 16.0F, 16.0F}, Role::Text2);
  return y + 20.0F;
}

struct Way {
  Word label;
  std::string_view command;
  ui::ButtonLook look;
};
const std::array kWays{Way{Word::app_library_first_record, "go record", {ButtonKind::Primary, Icon::Record}},
                       Way{Word::app_common_open_file, "open-file", {ButtonKind::Plain, Icon::Folder}},
                       Way{Word::app_common_open_example, "open-example", {ButtonKind::Quiet}}};

void way(const Context& context, std::size_t index, const Rect& rect) {
  const Way& chosen = kWays[index];
  if (ui::button(context.ui, id_of("way", index), rect, word(chosen.label), chosen.look))
    context.emit(std::string(chosen.command));
}

void brand(const Context& context, const Rect& head) {
  ui::Painter& p = context.ui.paint();
  p.logo({head.x + 16.0F, head.y + 14.0F, 28.0F, 28.0F});
  p.text_in({head.x + 54.0F, head.y, head.w - 120.0F, head.h}, word(Word::app_common_product), text::kStrong);
  if (ui::icon_button(context.ui, id_of("first-settings"), {head.right() - 56.0F, head.y + 4.0F, 48.0F, 48.0F}, Icon::Sliders))
    context.emit("go settings");
}

void welcome_on_phone(const Context& context, Rect rect) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  brand(context, rect.take_top(56.0F));
  const float foot_height = 56.0F * 2.0F + 48.0F + 16.0F + std::max(8.0F, ui.surface().inset_bottom);
  const Rect foot = rect.take_bottom(foot_height);
  {
    ui::ScrollArea scroll(ui, id_of("first-visit"), rect);
    const Rect line{rect.x, scroll.top() + 4.0F, rect.w, 172.0F};
    living_line(ui, line);
    const float x = rect.x + 24.0F;
    const float width = rect.w - 48.0F;
    float y = line.bottom() + 20.0F;
    y += p.paragraph({x, y}, width, word(Word::app_library_first_title), text::kDisplay) + 12.0F;
    y += p.paragraph({x, y}, width, word(Word::app_library_first_lead), text::kBody.in(Role::Text2)) + 24.0F;
    scroll.content_end(facts(context, x, y, width) + 16.0F);
  }
  way(context, 0, {foot.x + 16.0F, foot.y, foot.w - 32.0F, 56.0F});
  way(context, 1, {foot.x + 16.0F, foot.y + 64.0F, foot.w - 32.0F, 56.0F});
  way(context, 2, {foot.x + 16.0F, foot.y + 128.0F, foot.w - 32.0F, 48.0F});
}

void welcome_on_desktop(const Context& context, const Rect& rect) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  ui::ScrollArea scroll(ui, id_of("first-visit"), rect);
  const float free = std::max(32.0F, (rect.h - 500.0F) / 2.6F);
  const Rect line{rect.x, scroll.top() + free, rect.w, 220.0F};
  living_line(ui, line);
  const float left = rect.x + std::max(48.0F, rect.w * 0.5F - 460.0F);
  float y = line.bottom() + 48.0F;
  const float width = std::min(520.0F, rect.w - 96.0F);
  p.paragraph({left, y}, width, word(Word::app_library_first_title), text::kDisplay);
  y += 52.0F;
  y += p.paragraph({left, y}, width, word(Word::app_library_first_lead), text::kBody.in(Role::Text2)) + 32.0F;
  float x = left;
  for (std::size_t i = 0; i < kWays.size(); ++i) {
    const float w = ui::button_width(ui, word(kWays[i].label), kWays[i].look, 24.0F);
    way(context, i, {x, y, w, 56.0F});
    x += w + 8.0F;
  }
  const bool beside = left + width + 80.0F + 300.0F < rect.right();
  const float facts_x = beside ? left + width + 80.0F : left;
  const float facts_y = beside ? line.bottom() + 56.0F : y + 96.0F;
  float end = facts(context, facts_x, facts_y, 340.0F);
  p.paragraph({facts_x, end + 20.0F}, 320.0F, word(Word::app_library_drop_hint), text::kSmall.in(Role::Text3));
  scroll.content_end(std::max(y + 56.0F, end + 60.0F) + 32.0F);
}

}  // namespace

void draw_first_visit(const Context& context, const Rect& rect) {
  if (context.ui.wide()) return welcome_on_desktop(context, rect);
  welcome_on_phone(context, rect);
}

}  // namespace klono::app::screens
