/// Step 2: what the person does. One tap; a little more exactly inside the chosen one.

#include <array>

#include "app/screens/record/page.hpp"
#include "app/screens/record/steps.hpp"
#include "base/words.hpp"
#include "workspace/record_words.hpp"

namespace klono::app::screens {
namespace {

using history::Activity;
using ui::Ink;
using ui::Point;
using ui::Rect;
using ui::Role;
using ui::id_of;
namespace text = ui::text;
namespace tokens = ui::tokens;

constexpr std::array kActivities{Activity::AtRest, Activity::Sleeping, Activity::GuidedTest, Activity::Moving};
constexpr float kBox = 24.0F;

std::vector<ChipText> detail_chips(const workspace::RecordFlow& flow) {
  std::vector<ChipText> labels;
  for (const history::ActivityDetail detail : history::details_of(flow.context().activity))
    labels.push_back({std::string(word(workspace::word_of(detail))), flow.context().detail == detail});
  return labels;
}

/// Title and note side by side with the round box; the height without details.
float head_height(ui::Ui& ui, float width, Activity activity) {
  const float room = width - 2.0F * kCardPad - kBox - kCardPad;
  return kCardPad + 24.0F + ui.paint().paragraph_height(room, word(workspace::note_of(activity)), text::kSmall) + kCardPad;
}

float details_height(ui::Ui& ui, float width, const workspace::RecordFlow& flow) {
  const auto labels = detail_chips(flow);
  if (labels.empty()) return 0.0F;
  return 8.0F + 20.0F + 8.0F + chips_height(ui, width - 2.0F * kCardPad - kBox - kCardPad, labels) + kCardPad;
}

void ground(ui::Ui& ui, ui::WidgetId id, const Rect& rect, bool on) {
  ui::Painter& p = ui.paint();
  p.fill(rect, Role::Surface, tokens::kRadiusControl);
  if (ui.gestures().held(id) || ui.gestures().hovered(id)) p.fill(rect, Role::Control, tokens::kRadiusControl);
  if (on) p.fill(rect, Ink(Role::Accent, tokens::kAlphaAccentTint), tokens::kRadiusControl);
  p.outline(rect, on ? Role::Accent : Role::Hairline, tokens::kRadiusControl, on ? tokens::kStrokeSelected : 1.0F);
  if (ui.gestures().focused(id))
    p.outline(rect.inset(-5.0F), Role::Text, tokens::kRadiusControl + 5.0F, tokens::kStrokeSelected);
}

void round_box(ui::Painter& p, Point middle, bool on) {
  if (!on) return p.ring(middle, kBox / 2.0F - 0.9F, Role::Edge, 1.75F);
  p.circle(middle, kBox / 2.0F, Role::Accent);
  p.circle(middle, 4.5F, Role::OnAccent);
}

void details(const Context& context, const Rect& rect, float y) {
  ui::Ui& ui = context.ui;
  const workspace::RecordFlow& flow = context.workspace.record();
  const auto labels = detail_chips(flow);
  if (labels.empty()) return;
  const Rect room{rect.x + kCardPad + kBox + kCardPad, y + 8.0F, rect.w - 2.0F * kCardPad - kBox - kCardPad, 20.0F};
  ui::separator(ui, room.x, rect.right() - kCardPad, y);
  ui.paint().text_in(room, word(Word::record_activity_more), text::kSmall.in(Role::Text3));
  const int tapped = chips(ui, id_of("detail"), {room.x, room.bottom() + 8.0F, room.w, 32.0F}, labels);
  if (tapped < 0) return;
  const auto all = history::details_of(flow.context().activity);
  context.emit("record detail " + std::string(history::name_of(all[static_cast<std::size_t>(tapped)])));
}

float choice(const Context& context, const Rect& column, float y, Activity activity) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const workspace::RecordFlow& flow = context.workspace.record();
  const bool on = flow.context().activity == activity;
  const float head = head_height(ui, column.w, activity);
  const Rect rect{column.x, y, column.w, head + (on ? details_height(ui, column.w, flow) : 0.0F)};
  const ui::WidgetId id = id_of("activity", static_cast<std::uint64_t>(activity));
  if (ui.pressed(id, rect)) context.emit("record activity " + std::string(history::name_of(activity)));
  ground(ui, id, rect, on);
  round_box(p, {rect.x + kCardPad + kBox / 2.0F, rect.y + head / 2.0F}, on);
  const float left = rect.x + kCardPad + kBox + kCardPad;
  p.text({left, rect.y + kCardPad}, word(workspace::word_of(activity)), text::kStrong);
  p.paragraph({left, rect.y + kCardPad + 24.0F}, rect.right() - kCardPad - left, word(workspace::note_of(activity)), text::kSmall);
  if (on) details(context, rect, rect.y + head);
  return rect.bottom();
}

}  // namespace

void draw_activity(const Context& context, Rect rect) {
  ui::Ui& ui = context.ui;
  const std::string where = workspace::place_and_fixing_words(context.workspace.record().context());
  step_head(context, rect, {word(Word::record_activity_heading), where, 2});
  rect.take_bottom(foot_space(context, rect));
  const Rect column = step_column(context, rect);
  const Rect button = rect.take_bottom(tokens::kTouchPrimary);
  if (ui::button(ui, id_of("activity-continue"), {column.x, button.y, column.w, button.h}, word(Word::record_continue),
                 {ui::ButtonKind::Primary}))
    context.emit("record next");
  rect.take_bottom(8.0F);
  ui::ScrollArea scroll(ui, id_of("record-activity"), rect);
  float y = scroll.top() + 16.0F;
  for (const Activity activity : kActivities) y = choice(context, column, y, activity) + 8.0F;
  scroll.content_end(y);
}

}  // namespace klono::app::screens
