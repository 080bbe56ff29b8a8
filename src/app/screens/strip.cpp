#include "app/screens/strip.hpp"

#include <algorithm>
#include <cmath>

#include "view/silhouette.hpp"
#include "view/viewport.hpp"

namespace klono::app::screens {
namespace {

using ui::Ink;
using ui::Rect;
using ui::Role;

void axis(ui::Ui& ui, const Rect& rect, const workspace::Entry& entry) {
  ui::Painter& p = ui.paint();
  const protocol::RecordingInfo& info = entry.data.info;
  for (const view::Tick& tick : view::time_ticks({0.0, info.duration_s}, rect.w, 72.0, info.start)) {
    if (tick.label.empty()) continue;
    const float x = rect.x + rect.w * static_cast<float>(tick.t_s / info.duration_s);
    const float half = p.text_width(tick.label, ui::text::kCaption) / 2.0F;
    p.vertical(x, rect.bottom() + 2.0F, rect.bottom() + 6.0F, Role::Edge);
    const float middle = std::clamp(x, rect.x + half, std::max(rect.x + half, rect.right() - half));
    p.text({middle, rect.bottom() + 7.0F}, tick.label, ui::text::kCaption.aligned(ui::Align::Centre));
  }
}

}  // namespace

void recording_strip(ui::Ui& ui, const Rect& rect, const workspace::Entry& entry, const StripLook& look) {
  ui::Painter& p = ui.paint();
  const double duration_s = entry.data.info.duration_s;
  if (duration_s <= 0.0 || !p.visible(rect)) return;
  const auto x_of = [&](double t_s) { return rect.x + rect.w * static_cast<float>(t_s / duration_s); };
  Rect body = rect;
  const Rect marks = body.take_top(look.marks > 0.0F ? look.marks + 4.0F : 0.0F);
  const Rect own = body.take_bottom(look.own ? 12.0F : 0.0F);

  for (const Mask& mask : entry.data.analysis.masks) {
    const float from = std::clamp(x_of(mask.span.begin_s), body.x, body.right());
    const Rect span{from, body.y, std::min(x_of(mask.span.end_s), body.right()) - from, body.h};
    if (span.w < 1.0F) continue;
    if (!look.hatched || span.w < 6.0F) {
      p.fill(span, Role::Control, 1.0F);
    } else {
      p.hatch(span, Ink(Role::Hatch, 0.8F), rect.x);
    }
  }
  p.silhouette(body, entry.has_movement() ? view::silhouette_heights(entry.data.overview.peak_g) : view::emg_silhouette_heights(entry.data.emg_overview),
               Ink(Role::Envelope, 0.9F));
  for (const Gap& gap : entry.data.info.gaps) {
    if (x_of(gap.span.end_s) - x_of(gap.span.begin_s) < 1.0F) continue;
    for (const double edge : {gap.span.begin_s, gap.span.end_s}) p.dotted_vertical(x_of(edge), body.y, body.bottom(), Role::Gap);
  }
  if (look.marks > 0.0F) {
    const float width = rect.w < 150.0F ? 1.25F : 2.0F;
    const std::vector<Event>& events = entry.data.analysis.events;
    float drawn_to = rect.x - 10.0F;
    const auto mark = [&](double onset_s) {
      const float x = std::clamp(x_of(onset_s) - width / 2.0F, rect.x, rect.right() - width);
      if (x < drawn_to + 0.5F) return;  // a week holds more events than pixels
      p.fill({x, marks.y, width, look.marks}, Role::Event);
      drawn_to = x;
    };
    for (std::size_t i = 0; i < events.size(); ++i)
      if (i >= entry.decisions.size() || entry.decisions[i] != Decision::Rejected) mark(events[i].onset_s);
    for (std::size_t i = 0; i < entry.muscle.size() && !entry.has_movement(); ++i) mark(entry.muscle[i].span.begin_s);
  }
  if (look.own) {
    for (const OwnMark& mark : entry.data.info.marks)
      p.triangle({std::clamp(x_of(mark.at_s), rect.x + 4.0F, rect.right() - 4.0F), own.y + 4.0F}, 8.0F);
  }
  if (look.axis) axis(ui, rect, entry);
}

void reading_strip(ui::Ui& ui, const Rect& rect, double share) {
  ui::Painter& p = ui.paint();
  const float done = rect.w * static_cast<float>(std::clamp(share, 0.0, 1.0));
  const float middle = rect.centre().y;
  const float radius = std::min(ui::tokens::kRadiusTile, rect.h / 4.0F);
  p.fill(rect, Ink(Role::Control, 0.45F), radius);
  p.push_clip({rect.x, rect.y, done, rect.h});
  p.fill(rect, Role::Control, radius);
  p.pop_clip();
  p.fill({rect.x, middle - 1.0F, done, 2.0F}, Role::Envelope);
  p.horizontal(rect.x + done, rect.right(), middle, Role::Hairline);
  if (done > 0.0F) p.fill({rect.x + std::max(0.0F, done - 2.0F), rect.y, 2.0F, rect.h}, Role::Accent, 1.0F);
}

}  // namespace klono::app::screens
