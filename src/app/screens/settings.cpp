#include "app/screens/settings.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/words.hpp"
#include "detection/event.hpp"
#include "workspace/setting_steps.hpp"

namespace klono::app::screens {
namespace {

using ui::Align;
using ui::ButtonKind;
using ui::Icon;
using ui::Rect;
using ui::Role;
using ui::TextSize;
using ui::Weight;
using ui::id_of;
namespace text = ui::text;

constexpr std::string_view kFirst = "candidates.smallest_peak_g";  // the one shown as a slider
constexpr ui::WidgetId kAll = id_of("settings-all");

/// Draws downwards in a column; each part moves the pen on.
struct Pen {
  const Context& context;
  float x;
  float y;
  float width;

  ui::Ui& ui() const { return context.ui; }
  ui::Painter& paint() const { return context.ui.paint(); }
  void heading(Word id) {
    paint().text({x, y + 20.0F}, word(id), text::kSmall.strong());
    y += 48.0F;
  }
  void note(std::string_view sentence, float gap = 8.0F) {
    y += paint().paragraph({x, y}, width, sentence, text::kCaption) + gap;
  }
};

void theme_choice(Pen& pen) {
  static constexpr std::array<std::string_view, 3> kNames{"system", "light", "dark"};
  const std::array<std::string_view, 3> labels{word(Word::app_settings_theme_system), word(Word::app_settings_theme_light),
                                               word(Word::app_settings_theme_dark)};
  const int tapped = ui::segmented(pen.ui(), id_of("theme"), {pen.x, pen.y, pen.width, 48.0F}, labels,
                                   static_cast<int>(pen.context.workspace.theme()));
  if (tapped >= 0) pen.context.emit("theme " + std::string(kNames[static_cast<std::size_t>(tapped)]));
  pen.y += 48.0F;
}

void sensitivity_choice(Pen& pen) {
  static constexpr std::array<std::string_view, 3> kNames{"careful", "balanced", "sensitive"};
  const std::array<std::string_view, 3> labels{word(Word::app_settings_sensitivity_careful),
                                               word(Word::app_settings_sensitivity_balanced),
                                               word(Word::app_settings_sensitivity_sensitive)};
  pen.paint().text({pen.x, pen.y}, word(Word::app_settings_sensitivity), text::kBody);
  const int tapped = ui::segmented(pen.ui(), id_of("sensitivity"), {pen.x, pen.y + 36.0F, pen.width, 48.0F}, labels,
                                   static_cast<int>(pen.context.workspace.settings().sensitivity));
  if (tapped >= 0) pen.context.emit("sensitivity " + std::string(kNames[static_cast<std::size_t>(tapped)]));
  pen.y += 94.0F;
  pen.note(word(Word::app_settings_sensitivity_hint));
}

void gate_choice(Pen& pen) {
  const std::array<std::string_view, 2> labels{word(Word::app_settings_gate_on), word(Word::app_settings_gate_off)};
  pen.paint().text({pen.x, pen.y}, word(Word::app_settings_gate), text::kBody);
  const int tapped = ui::segmented(pen.ui(), id_of("gate"), {pen.x, pen.y + 36.0F, pen.width, 48.0F}, labels,
                                   pen.context.workspace.settings().gate ? 0 : 1);
  if (tapped >= 0) pen.context.emit(tapped == 0 ? "gate on" : "gate off");
  pen.y += 94.0F;
  pen.note(word(Word::app_settings_gate_hint));
}

std::string source_line(const SettingInfo& info) {
  return fill(Word::app_settings_default_line, {{"value", workspace::setting_value(info, workspace::default_of(info))},
                                                {"source", std::string(info.source)}});
}

bool is_changed(const SettingInfo& info, double value) { return value != workspace::default_of(info); }

/// A changed value has a teal dot and the way back.
void way_back(Pen& pen, const SettingInfo& info, float y) {
  const std::string_view label = word(Word::app_canvas_back_to_default);
  if (ui::text_link(pen.ui(), id_of(info.key, 4), {pen.x, y}, label, text::kSmall.in(Role::Accent)))
    pen.context.emit("reset " + std::string(info.key));
}

/// Rounded to two figures: a slider should not promise more.
double two_figures(double value) {
  if (value <= 0.0) return value;
  const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1.0);
  return std::round(value / unit) * unit;
}

/// The slider is logarithmic and spans what a person may want, not all that is allowed: a quarter to ten times the
/// default (chosen). The default must be above zero.
struct SliderRange {
  double low, high;

  explicit SliderRange(const SettingInfo& info)
      : low(std::max(info.low, workspace::default_of(info) / 4.0)), high(std::min(info.high, workspace::default_of(info) * 10.0)) {}

  float position_of(double value) const {
    return static_cast<float>(std::clamp(std::log(value / low) / std::log(high / low), 0.0, 1.0));
  }
  double value_at(float position) const {
    return std::clamp(two_figures(low * std::pow(high / low, static_cast<double>(position))), low, high);
  }
};

void main_slider(Pen& pen, const SettingInfo& info) {
  ui::Painter& p = pen.paint();
  const double value = info.get(pen.context.workspace.settings());
  const float mark = is_changed(info, value) ? 16.0F : 0.0F;
  if (mark > 0.0F) p.circle({pen.x + 4.0F, pen.y + 12.0F}, 4.0F, Role::Accent);
  p.text({pen.x + mark, pen.y}, workspace::setting_name(info), text::kBody);
  const SliderRange range(info);
  const ui::WidgetId id = id_of("setting-slider");
  const auto moved = ui::slider(pen.ui(), id, {pen.x + 12.0F, pen.y + 24.0F, pen.width - 24.0F, 48.0F}, range.position_of(value),
                                range.position_of(workspace::default_of(info)));
  const double shown = moved ? range.value_at(*moved) : value;
  p.text({pen.x + pen.width, pen.y}, workspace::setting_value(info, shown), text::kStrong.aligned(Align::Right));
  const auto drag = pen.ui().gestures().drag(id);
  const bool let_go = !drag || drag->ended;  // recordings are analysed once, not at every pixel
  if (moved && let_go && shown != value) pen.context.emit("set " + std::string(info.key) + " " + workspace::number_text(shown));
  pen.y += 74.0F;
  pen.note(source_line(info), 4.0F);
  if (is_changed(info, value)) {
    way_back(pen, info, pen.y + 6.0F);
    pen.y += 36.0F;
  }
  pen.y += 8.0F;
}

/// Name and steps side by side; where it comes from under the name, on a phone under both.
void stepper(Pen& pen, const SettingInfo& info) {
  ui::Painter& p = pen.paint();
  const double value = info.get(pen.context.workspace.settings());
  const bool changed = is_changed(info, value);
  constexpr float kSteps = 168.0F;
  const bool narrow = pen.width < 420.0F;
  const float room = pen.width - kSteps - 12.0F;
  const float dot = changed ? 16.0F : 0.0F;
  const float steps_bottom = pen.y + 56.0F;
  float y = pen.y + 16.0F;
  if (changed) p.circle({pen.x + 4.0F, y + 12.0F}, 4.0F, Role::Accent);
  y += p.paragraph({pen.x + dot, y}, room - dot, workspace::setting_name(info), text::kBody);
  if (narrow) y = std::max(y, steps_bottom - 2.0F);
  y += p.paragraph({pen.x, y}, narrow ? pen.width : room, source_line(info), text::kCaption);
  if (changed) {
    way_back(pen, info, y + 6.0F);
    y += 32.0F;
  }
  const float right = pen.x + pen.width;
  const float middle = pen.y + 28.0F;
  const auto less = workspace::smaller_value(info, value);
  const auto more = workspace::larger_value(info, value);
  const std::string set = "set " + std::string(info.key) + " ";
  if (ui::icon_button(pen.ui(), id_of(info.key, 1), {right - kSteps, middle - 24.0F, 48.0F, 48.0F}, Icon::Minus, less.has_value()) && less)
    pen.context.emit(set + workspace::number_text(*less));
  if (ui::icon_button(pen.ui(), id_of(info.key, 2), {right - 48.0F, middle - 24.0F, 48.0F, 48.0F}, Icon::Plus, more.has_value()) && more)
    pen.context.emit(set + workspace::number_text(*more));
  p.text_in({right - kSteps + 42.0F, middle - 12.0F, kSteps - 84.0F, 24.0F}, workspace::setting_value(info, value),
            text::kSmall.strong().in(Role::Text).aligned(Align::Centre));
  pen.y = std::max(y, steps_bottom) + 14.0F;
}

/// A card around what `content` draws; its height is known from the last frame.
template <class Content>
void in_card(Pen& pen, ui::WidgetId id, const Content& content) {
  ui::Ui& ui = pen.ui();
  float& kept = ui.kept(id);
  const Rect ground{pen.x, pen.y, pen.width, kept};
  if (kept > 0.0F) ui::card(ui, ground);
  Pen inner{pen.context, pen.x + 16.0F, pen.y + 16.0F, pen.width - 32.0F};
  content(inner);
  const float height = inner.y - pen.y + 8.0F;
  if (std::abs(height - kept) > 0.5F) ui.request_frame();
  kept = height;
  pen.y += height;
}

void line_in_card(Pen& pen) {
  pen.y += 8.0F;
  separator(pen.ui(), pen.x, pen.x + pen.width, pen.y);
  pen.y += 16.0F;
}

void finding(Pen& pen) {
  pen.heading(Word::app_settings_finding);
  in_card(pen, id_of("card-finding"), [](Pen& card) {
    sensitivity_choice(card);
    line_in_card(card);
    gate_choice(card);
    line_in_card(card);
    if (const SettingInfo* first = workspace::find_setting(kFirst)) main_slider(card, *first);
    separator(card.ui(), card.x, card.x + card.width, card.y);
    float& open = card.ui().kept(kAll);
    ui::RowText row{word(open > 0.0F ? Word::app_canvas_fewer : Word::app_settings_values)};
    row.note = word(Word::app_canvas_values_note);
    row.trailing = open > 0.0F ? Icon::Up : Icon::Down;
    if (ui::list_row(card.ui(), kAll, {card.x, card.y, card.width, 64.0F}, row)) {
      open = open > 0.0F ? 0.0F : 1.0F;
      card.ui().request_frame();
    }
    card.y += 64.0F;
    if (open <= 0.0F) return;
    for (const SettingInfo& info : setting_table()) {
      if (info.key == kFirst) continue;
      separator(card.ui(), card.x, card.x + card.width, card.y);
      stepper(card, info);
    }
    const ui::ButtonLook look{ButtonKind::Plain, Icon::Undo};
    if (ui::button(card.ui(), id_of("reset-all"), {card.x, card.y + 8.0F, card.width, 48.0F}, word(Word::app_settings_reset_all), look))
      card.context.emit("reset all");
    card.y += 64.0F;
  });
}

void data(Pen& pen) {
  pen.heading(Word::app_settings_data);
  in_card(pen, id_of("card-data"), [](Pen& card) {
    for (const Word id : {Word::app_settings_data_recordings, Word::app_settings_data_settings, Word::app_settings_data_network})
      card.y += card.paint().paragraph({card.x, card.y}, card.width, word(id), text::kSmall) + 10.0F;
  });
}

void about(Pen& pen) {
  pen.heading(Word::app_settings_about);
  in_card(pen, id_of("card-about"), [](Pen& card) {
    for (const Word id : {Word::app_settings_use_for, Word::app_settings_use_not_for, Word::app_settings_use_limits})
      card.y += card.paint().paragraph({card.x, card.y}, card.width, word(id), text::kSmall) + 10.0F;
    separator(card.ui(), card.x, card.x + card.width, card.y + 6.0F);
    card.y += 6.0F;
    ui::RowText row{word(Word::app_settings_help)};
    row.trailing = Icon::Forward;
    if (ui::list_row(card.ui(), id_of("settings-help"), {card.x, card.y, card.width, 56.0F}, row)) card.context.emit("go help");
    separator(card.ui(), card.x, card.x + card.width, card.y + 56.0F);
    help_link(card.context, {card.x, card.y + 56.0F, card.width, 56.0F});
    card.y += 112.0F;
  });
  pen.y += 16.0F;
  pen.note(fill(Word::app_settings_version, {{"program", pen.context.workspace.program_version()},
                                             {"detector", std::to_string(kDetectorVersion)}}));
}

}  // namespace

void draw_settings(const Context& context, const Rect& rect) {
  ui::Ui& ui = context.ui;
  bool back = false;
  const Rect body = titled(context, rect, word(Word::app_settings_title), true, &back);
  if (back) context.emit("go library");
  ui::ScrollArea scroll(ui, id_of("settings"), body);
  const bool columns = body.w >= 1000.0F;
  const Rect column = text_column(context, body, columns ? 520.0F : 640.0F);
  Pen pen{context, column.x, scroll.top() + 4.0F, column.w};
  theme_choice(pen);
  finding(pen);
  if (!columns) {
    data(pen);
    about(pen);
    scroll.content_end(pen.y + 24.0F + ui.surface().inset_bottom);
    return;
  }
  Pen second{context, column.right() + 40.0F, scroll.top() - 16.0F, std::min(480.0F, body.right() - column.right() - 72.0F)};
  data(second);
  about(second);
  scroll.content_end(std::max(pen.y, second.y) + 24.0F);
}

}  // namespace klono::app::screens
