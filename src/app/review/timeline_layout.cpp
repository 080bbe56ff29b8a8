#include <algorithm>
#include <cmath>

#include "app/review/timeline.hpp"

namespace klono::app::review {
namespace {

using ui::Rect;

constexpr float kMarks = 28.0F;
constexpr float kClock = 26.0F;
constexpr float kGap = 8.0F;
constexpr float kSpectrogramPart = 1.25F;  // of a lane, on a phone
constexpr float kSpectrogramWide = 1.08F;
constexpr float kLeastLane = 30.0F;
constexpr float kTurn = 32.0F;             // row that turns to other EMG channels
constexpr double kBandBefore_s = 0.12;
constexpr double kBandAfter_s = 0.25;

}  // namespace

TimelineLayout lay_out(const Rect& area, bool compact, const TimelineLanes& wanted) {
  TimelineLayout layout;
  layout.all = area;
  const float gutter = !wanted.movement ? 0.0F : compact ? 28.0F : 48.0F;  // for the scale of the axes; EMG tells its own inside
  const float part = compact ? kSpectrogramPart : kSpectrogramWide;
  const float fixed = kMarks + kClock;
  const std::size_t movement = wanted.movement ? 3 : 0;
  std::size_t muscle = wanted.muscle;
  const auto lane_of = [&](float spectrogram) {
    const auto lanes = static_cast<float>(movement + muscle);
    const float turn = muscle < wanted.muscle ? kTurn : 0.0F;
    // The gap after the last lane is only needed where something follows.
    return (area.h - fixed - turn - (lanes - (spectrogram > 0.0F ? 0.0F : 1.0F)) * kGap) / (lanes + spectrogram);
  };
  const bool spectrogram = wanted.movement && lane_of(part) >= kLeastLane;
  float lane = lane_of(spectrogram ? part : 0.0F);
  while (lane < kLeastLane && muscle > 1) {
    --muscle;
    lane = lane_of(0.0F);
  }
  lane = std::floor(std::clamp(lane, 20.0F, wanted.limit));
  Rect rest{area.x + gutter, area.y, area.w - gutter, area.h};
  layout.marks = rest.take_top(kMarks);
  layout.first_muscle = std::min(wanted.first_muscle, wanted.muscle - muscle);
  for (std::size_t i = 0; i < movement + muscle; ++i) {
    (i < movement ? layout.lanes : layout.muscle).push_back(rest.take_top(lane));
    rest.take_top(kGap);
  }
  if (muscle < wanted.muscle) layout.turn = rest.take_top(kTurn);
  if (spectrogram) layout.spectrogram = rest.take_top(std::floor(lane * part));
  layout.clock = rest.take_top(kClock);
  layout.all.h = layout.clock.bottom() - area.y;
  return layout;
}

Rect band_of(const TimeScale& scale, const Event& event, const TimelineLayout& layout) {
  const float from = scale.x(event.onset_s - kBandBefore_s);
  const float width = std::max(6.0F, scale.x(event.end_s + kBandAfter_s) - from);
  const float middle = scale.x((event.onset_s + event.end_s + kBandAfter_s - kBandBefore_s) / 2.0);
  return {middle - width / 2.0F, layout.lanes_top(), width, layout.lanes_bottom() - layout.lanes_top()};
}

double slack_s(const TimeScale& scale) { return 24.0 * scale.seconds_a_pixel() + 12.0; }

}  // namespace klono::app::review
