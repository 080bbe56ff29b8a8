/// Step 3: what the sensor can see, and what to do where it cannot.

#include <algorithm>
#include <array>
#include <cmath>

#include "app/screens/record/page.hpp"
#include "app/screens/record/steps.hpp"
#include "base/words.hpp"
#include "workspace/record_words.hpp"

namespace klono::app::screens {
namespace {

using protocol::recorder::Check;
using protocol::recorder::SensorState;
using protocol::recorder::Source;
using ui::Align;
using ui::ButtonKind;
using ui::Icon;
using ui::Ink;
using ui::Point;
using ui::Rect;
using ui::Role;
using ui::id_of;
using workspace::CheckLine;
using workspace::RecordFlow;
namespace text = ui::text;
namespace tokens = ui::tokens;

// ---- the live card

constexpr float kLane = 40.0F;
constexpr float kMeter = 36.0F;
constexpr float kCard = kCardPad + 8.0F + 3.0F * kLane + 4.0F + 16.0F + 16.0F + kMeter + kCardPad;
constexpr std::size_t kTraceColumns = 200;  // 10 s, 20 a second
constexpr float kLeastRange_g = 0.1F;       // chosen: what is quiet looks quiet
constexpr float kMeterLow_g = 0.002F, kMeterHigh_g = 3.0F;
constexpr float kFall_dB_s = 20.0F;
constexpr ui::WidgetId kLevel = id_of("level"), kLevelAt = id_of("level-at");

float largest(const Check& check) {
  float most = kLeastRange_g;
  for (const auto* trace : {&check.trace_x, &check.trace_y, &check.trace_z})
    for (const float v : *trace)
      if (std::isfinite(v)) most = std::max(most, std::abs(v));
  return most;
}

/// Newest at the right; a hole where no reading came.
void trace(ui::Painter& p, const Rect& lane, const std::vector<float>& values, float range, Role role) {
  const float middle = lane.centre().y;
  p.horizontal(lane.x, lane.right(), middle, Role::Hairline);
  const std::size_t shown = std::min(values.size(), kTraceColumns);
  const float step = lane.w / static_cast<float>(kTraceColumns - 1);
  std::vector<Point> run;
  const auto flush = [&] {
    p.polyline(run, role, tokens::kStrokeTrace);
    run.clear();
  };
  for (std::size_t i = 0; i < shown; ++i) {
    const float v = values[values.size() - shown + i];
    if (!std::isfinite(v)) {
      flush();
      continue;
    }
    const float x = lane.right() - step * static_cast<float>(shown - 1 - i);
    run.push_back({x, middle - std::clamp(v / range, -1.0F, 1.0F) * (lane.h / 2.0F - 3.0F)});
  }
  flush();
}

float meter_place(double g) {
  const auto value = static_cast<float>(g);
  if (!(value > kMeterLow_g)) return 0.0F;
  return std::min(1.0F, std::log(value / kMeterLow_g) / std::log(kMeterHigh_g / kMeterLow_g));
}

/// Up at once, down by 20 decibel a second, no peak hold.
float falling(ui::Ui& ui, float level_g) {
  float& shown = ui.kept(kLevel);
  float& at = ui.kept(kLevelAt);
  const auto now = static_cast<float>(ui.now_s());
  const float passed = std::clamp(now - at, 0.0F, 1.0F);
  at = now;
  const float fallen = shown * std::pow(10.0F, -kFall_dB_s * passed / 20.0F);
  shown = std::max(level_g, fallen);
  if (shown > level_g * 1.02F && shown > kMeterLow_g) ui.request_frame();
  return shown;
}

void meter_labels(ui::Painter& p, const Rect& bar, const Check& check) {
  const ui::TextStyle caption = text::kCaption.aligned(Align::Centre);
  const float y = bar.bottom() + 8.0F;
  float free_from = bar.x;
  float free_to = bar.right() - p.text_width(word(Word::record_check_top), caption) - 8.0F;
  p.text({bar.right(), y}, word(Word::record_check_top), text::kCaption.aligned(Align::Right));
  const auto label = [&](double g, Word words, Role tick, Ink ink) {
    if (!(g > 0.0)) return;
    const float x = bar.x + bar.w * meter_place(g);
    p.vertical(x - 1.0F, bar.y - 4.0F, bar.bottom() + 4.0F, tick, 2.0F);
    const float half = p.text_width(word(words), caption) / 2.0F;
    const float middle = std::max(free_from + half, std::min(x, free_to - half));
    p.text({middle, y}, word(words), caption.in(ink));
    free_from = middle + half + 8.0F;
  };
  label(check.floor_g, Word::record_check_floor, Role::Text2, Role::Text3);
  label(check.smallest_visible_g, Word::record_check_smallest, Role::Event, Role::Text2);
}

void meter(ui::Ui& ui, const Rect& rect, const Check& check) {
  ui::Painter& p = ui.paint();
  const Rect bar{rect.x, rect.y + 4.0F, rect.w, 8.0F};
  p.fill(bar, Role::Control, 4.0F);
  const float share = meter_place(falling(ui, static_cast<float>(check.level_g)));
  if (share > 0.0F) p.fill({bar.x, bar.y, std::max(8.0F, bar.w * share), bar.h}, Role::Accent, 4.0F);
  meter_labels(p, bar, check);
}

void live_card(const Context& context, const Rect& card, const Check& check) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  ui::card(ui, card);
  const Rect in = card.inset(kCardPad);
  float y = in.y;
  y += p.paragraph({in.x, y}, in.w, word(Word::record_check_tap_hint), text::kSmall) + 8.0F;
  const float range = largest(check);
  const std::array traces{&check.trace_x, &check.trace_y, &check.trace_z};
  constexpr std::array kInks{Role::X, Role::Y, Role::Z};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    trace(p, {in.x, y, in.w, kLane}, *traces[axis], range, kInks[axis]);
    y += kLane;
  }
  y += 4.0F;
  p.text({in.x, y}, word(Word::record_check_ago), text::kCaption);
  p.text({in.right(), y}, word(Word::record_check_now), text::kCaption.aligned(Align::Right));
  meter(ui, {in.x, y + 32.0F, in.w, kMeter}, check);
}

// ---- what was found

void line_mark(ui::Painter& p, const Rect& box, CheckLine::Kind kind) {
  switch (kind) {
    case CheckLine::Kind::Waiting: return p.ring(box.centre(), 7.0F, Role::Edge, 1.75F);
    case CheckLine::Kind::Fine: return p.icon(Icon::Check, box, Role::Accent);
    case CheckLine::Kind::Limit: return p.icon(Icon::Info, box, Role::Text2);
    case CheckLine::Kind::Charger: return p.icon(Icon::Plug, box, Role::Text2);
  }
}

float check_rows(const Context& context, const Rect& column, float y) {
  ui::Painter& p = context.ui.paint();
  for (const CheckLine& line : context.workspace.record().check_lines()) {
    const bool settled = line.kind == CheckLine::Kind::Fine || line.kind == CheckLine::Kind::Charger;
    line_mark(p, {column.x, y + 8.0F, 20.0F, 20.0F}, line.kind);
    const ui::TextStyle style = text::kSmall.in(settled ? Role::Text : Role::Text2);
    y += 16.0F + p.paragraph({column.x + 32.0F, y + 8.0F}, column.w - 32.0F, line.text, style);
  }
  return y;
}

bool for_a_night(const RecordFlow& flow) { return !flow.guided() && flow.length() == workspace::PlannedLength::Night; }

/// Read before the night, so it stands before what was found.
float safety(const Context& context, const Rect& column, float y) {
  if (!for_a_night(context.workspace.record())) return y;
  const NoteCard note{std::string(word(Word::record_safety))};
  const Rect card{column.x, y, column.w, note_card_height(context.ui, column.w, note)};
  note_card(context.ui, id_of("safety"), card, note);
  return card.bottom() + 8.0F;
}

/// A choice that belongs to the recording to come.
float extra(const Context& context, const Rect& column, float y) {
  ui::Ui& ui = context.ui;
  const RecordFlow& flow = context.workspace.record();
  if (for_a_night(flow)) return y;
  const Rect row{column.x, y + 8.0F, column.w, 56.0F};
  if (flow.guided()) {
    if (ui::choice_row(ui, id_of("check-sound"), row, word(Word::record_guided_sound), flow.sounds()))
      context.emit(flow.sounds() ? "record sound off" : "record sound on");
  } else if (ui::choice_row(ui, id_of("check-count"), row, word(Word::record_live_count_ask), flow.counts_live())) {
    context.emit(flow.counts_live() ? "record count off" : "record count on");
  }
  return row.bottom();
}

float other_source(const Context& context, const Rect& column, float y) {
  const RecordFlow& flow = context.workspace.record();
  const bool polar = flow.source() == Source::Polar;
  if (polar ? !flow.abilities().motion : !flow.abilities().bluetooth) return y;
  ui::RowText row{word(polar ? Word::record_use_phone : Word::record_use_polar)};
  row.leading = polar ? Icon::Phone : Icon::Bluetooth;
  row.trailing = Icon::Forward;
  if (ui::list_row(context.ui, id_of("other-source"), {column.x, y, column.w, 56.0F}, row))
    context.emit(polar ? "record source phone" : "record source polar");
  return y + 56.0F;
}

void lengths(const Context& context, const Rect& rect) {
  using workspace::PlannedLength;
  struct Choice {
    PlannedLength length;
    const char* command;
  };
  static constexpr std::array kChoices{Choice{PlannedLength::Ten, "record length 10"}, Choice{PlannedLength::Twenty, "record length 20"},
                                       Choice{PlannedLength::Forty, "record length 40"}, Choice{PlannedLength::Night, "record length night"}};
  std::vector<std::string_view> labels;
  int selected = -1;
  for (std::size_t i = 0; i < kChoices.size(); ++i) {
    labels.push_back(word(workspace::word_of(kChoices[i].length)));
    if (context.workspace.record().length() == kChoices[i].length) selected = static_cast<int>(i);
  }
  const int tapped = ui::segmented(context.ui, id_of("check-length"), rect, labels, selected);
  if (tapped >= 0) context.emit(kChoices[static_cast<std::size_t>(tapped)].command);
}

void delivering(const Context& context, Rect rect) {
  ui::Ui& ui = context.ui;
  const RecordFlow& flow = context.workspace.record();
  rect.take_bottom(foot_space(context, rect));
  const bool flat = lies_flat(rect);
  const Rect column = step_column(context, rect, flat ? rect.w : kColumn);
  const Rect foot = rect.take_bottom(flow.guided() || flat ? 56.0F : 112.0F);
  Rect start{column.x, foot.bottom() - 56.0F, column.w, 56.0F};
  if (!flow.guided()) {
    Rect picker{column.x, foot.y, column.w, 48.0F};
    if (flat) {
      picker = {column.x, foot.y + 4.0F, std::floor(column.w / 2.0F) - 4.0F, 48.0F};
      start = {picker.right() + 8.0F, start.y, column.right() - picker.right() - 8.0F, start.h};
    }
    lengths(context, picker);
  }
  ui::ButtonLook look{ButtonKind::Primary, Icon::Record};
  look.enabled = flow.can_start();
  if (ui::button(ui, id_of("check-start"), start, word(Word::record_start), look)) context.emit("record start");

  rect.take_bottom(8.0F);
  ui::ScrollArea scroll(ui, id_of("record-check"), rect);
  float y = scroll.top() + 16.0F;
  if (flow.check()) {
    const float hint = ui.paint().paragraph_height(column.w - 2.0F * kCardPad, word(Word::record_check_tap_hint), text::kSmall);
    live_card(context, {column.x, y, column.w, kCard + hint}, *flow.check());
    y += kCard + hint + 8.0F;
  }
  y = safety(context, column, y);
  y = check_rows(context, column, y);
  y = extra(context, column, y) + 8.0F;
  scroll.content_end(other_source(context, column, y));
}

// ---- without readings

struct Page {
  Statement says;
  std::vector<FootAction> actions;
};

FootAction polar_way(ButtonKind kind) { return {word(Word::record_use_polar), "record source polar", kind, Icon::Bluetooth}; }
FootAction phone_way(ButtonKind kind) { return {word(Word::record_use_phone), "record source phone", kind, Icon::Phone}; }
FootAction file_way(ButtonKind kind) { return {word(Word::record_open_logger_file), "open-file", kind, Icon::Folder}; }
FootAction again(ButtonKind kind) { return {word(Word::record_check_again), "record begin-check", kind}; }

Page idle_page(const RecordFlow& flow) {
  const bool polar = flow.source() == Source::Polar;
  Page page{{polar ? Icon::Bluetooth : Icon::Review, word(Word::record_check_running), word(Word::record_check_explains), {}}, {}};
  if (!polar) page.says.small = word(Word::record_check_begin_note);
  page.actions = {{word(Word::record_check_begin), "record begin-check", ButtonKind::Primary}};
  if (polar && flow.abilities().motion) page.actions.push_back(phone_way(ButtonKind::Quiet));
  if (!polar && flow.abilities().bluetooth) page.actions.push_back(polar_way(ButtonKind::Quiet));
  return page;
}

Page missing_page(const RecordFlow& flow) {
  Page page{{Icon::Phone, {}, {}, {}}, {}};
  if (flow.abilities().bluetooth) page.actions.push_back(polar_way(ButtonKind::Primary));
  page.actions.push_back(file_way(flow.abilities().bluetooth ? ButtonKind::Plain : ButtonKind::Primary));
  if (flow.abilities().motion) page.actions.push_back(again(ButtonKind::Quiet));
  return page;
}

Page bluetooth_page(const RecordFlow& flow) {
  Page page{{Icon::Bluetooth, {}, {}, {}}, {polar_way(ButtonKind::Primary)}};
  page.actions.push_back(flow.abilities().motion ? phone_way(ButtonKind::Plain) : file_way(ButtonKind::Plain));
  return page;
}

Page trouble_page(const RecordFlow& flow, Icon icon) {
  Page page{{icon, {}, {}, {}}, {again(ButtonKind::Primary)}};
  if (flow.abilities().bluetooth && flow.source() == Source::Phone) page.actions.push_back(polar_way(ButtonKind::Plain));
  page.actions.push_back(file_way(ButtonKind::Quiet));
  return page;
}

Page page_of(const RecordFlow& flow) {
  switch (flow.sensor()) {
    case SensorState::Asking: return {{Icon::Review, {}, {}, word(Word::record_check_running)}, {}};
    case SensorState::Refused: return trouble_page(flow, Icon::Lock);
    case SensorState::Missing: return missing_page(flow);
    case SensorState::Silent: return trouble_page(flow, Icon::Info);
    case SensorState::BusyElsewhere: return trouble_page(flow, Icon::Record);
    case SensorState::BluetoothCancelled:
    case SensorState::BluetoothLost: return bluetooth_page(flow);
    case SensorState::Idle:
    case SensorState::Delivering: break;
  }
  return idle_page(flow);
}

void without_readings(const Context& context, Rect rect) {
  ui::Ui& ui = context.ui;
  const RecordFlow& flow = context.workspace.record();
  Page page = page_of(flow);
  const workspace::SensorWords words = workspace::sensor_words(flow.sensor());
  if (!words.what.empty()) page.says.title = words.what;
  if (!words.advice.empty()) page.says.text = words.advice;

  rect.take_bottom(foot_space(context, rect));
  const Rect column = step_column(context, rect);
  const float height = foot_height(page.actions);
  const bool beside_words = ui.wide() || lies_flat(rect);
  if (!beside_words) {
    const Rect foot = rect.take_bottom(height);
    foot_actions(context, id_of("check-way"), {column.x, foot.y, column.w, height}, page.actions);
    rect.take_bottom(8.0F);
  }
  ui::ScrollArea scroll(ui, id_of("record-check-words"), rect);
  const Rect words_column = column.inset(ui.wide() ? 0.0F : 8.0F, 0.0F);
  float y = statement(context, words_column, scroll.top() + (rect.h > 420.0F ? 56.0F : 24.0F), page.says);
  if (beside_words) {
    foot_actions(context, id_of("check-way"), {column.x, y + 32.0F, column.w, height}, page.actions);
    y += 32.0F + height;
  }
  scroll.content_end(y + 16.0F);
}

}  // namespace

void draw_check(const Context& context, Rect rect) {
  const RecordFlow& flow = context.workspace.record();
  const std::string where = workspace::place_and_fixing_words(flow.context());
  step_head(context, rect, {word(Word::record_check_heading), where, 3});
  const bool readings = flow.sensor() == SensorState::Delivering || (flow.check() && flow.sensor() == SensorState::Asking);
  if (readings) return delivering(context, rect);
  without_readings(context, rect);
}

void draw_no_sensor(const Context& context, Rect rect) {
  if (context.ui.wide()) {
    const Rect head = step_column(context, rect.take_top(88.0F));
    context.ui.paint().text_in(head, word(Word::app_record_title), text::kDisplay);
  } else {
    rect = titled(context, rect, word(Word::app_record_title));
  }
  without_readings(context, rect);
}

}  // namespace klono::app::screens
