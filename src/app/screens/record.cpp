#include "app/screens/record.hpp"

#include "app/screens/record/steps.hpp"
#include "base/words.hpp"

namespace klono::app::screens {
namespace {

using ui::Icon;
using ui::Ink;
using ui::Rect;
using ui::Role;
using ui::id_of;
using workspace::RecordFlow;
using workspace::RecordStep;
namespace text = ui::text;
namespace tokens = ui::tokens;

constexpr float kBar = 48.0F;

/// Before anything was chosen it is said that nothing here can feel movement.
bool lacks_sensor(const RecordFlow& flow) {
  const bool answering = flow.step() == RecordStep::Place || flow.step() == RecordStep::Activity || flow.step() == RecordStep::Check;
  return answering && flow.source() == protocol::recorder::Source::Phone && !flow.abilities().motion;
}

}  // namespace

bool record_covers(const workspace::Workspace& workspace) {
  return workspace.record().recording() && workspace.record().darkness() != workspace::Darkness::Light;
}

bool record_stands_alone(const workspace::Workspace& workspace) { return !lacks_sensor(workspace.record()); }

void draw_record(const Context& context, const Rect& rect) {
  const RecordFlow& flow = context.workspace.record();
  if (record_covers(context.workspace)) return draw_night(context);
  if (lacks_sensor(flow)) return draw_no_sensor(context, rect);
  switch (flow.step()) {
    case RecordStep::Place: return draw_place(context, rect);
    case RecordStep::Activity: return draw_activity(context, rect);
    case RecordStep::Check: return draw_check(context, rect);
    case RecordStep::Running: return draw_running(context, rect);
    case RecordStep::Guided: return draw_guided(context, rect);
    case RecordStep::Saved: return draw_saved(context, rect);
  }
}

Rect draw_recording_bar(const Context& context, Rect rect) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const Rect bar = rect.take_top(kBar);
  const ui::WidgetId id = id_of("recording-bar");
  if (ui.pressed(id, bar)) context.emit("go record");
  p.fill(bar, Role::Surface);
  p.fill(bar, Ink(Role::Accent, tokens::kAlphaAccentTint));
  if (ui.gestures().held(id) || ui.gestures().hovered(id)) p.fill(bar, Ink(Role::Accent, tokens::kAlphaAccentTint));
  p.horizontal(bar.x, bar.right(), bar.bottom() - 1.0F, Role::Hairline);
  const float margin = ui.wide() ? 32.0F : tokens::kLayoutPhoneMargin;
  p.circle({bar.x + margin + 5.0F, bar.centre().y}, 5.0F, Role::Accent);
  p.text_in({bar.x + margin + 20.0F, bar.y, bar.w - 2.0F * margin - 48.0F, bar.h}, word(Word::record_running_elsewhere),
            text::kSmall.in(Role::Text));
  p.icon(Icon::Forward, {bar.right() - margin - 16.0F, bar.centre().y - 8.0F, 16.0F, 16.0F}, Role::Text2);
  if (ui.gestures().focused(id)) p.outline(bar.inset(2.0F), Role::Text, 8.0F, tokens::kStrokeSelected);
  return rect;
}

}  // namespace klono::app::screens
