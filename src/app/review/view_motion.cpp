#include "app/review/view_motion.hpp"

#include <algorithm>
#include <cmath>

namespace klono::app::review {
namespace {

// Farther than this many screens, a slide would only be a blur (chosen).
constexpr double kFarthest = 4.0;

bool near(const TimeSpan& a, const TimeSpan& b) {
  const double apart = std::abs(a.begin_s + a.end_s - b.begin_s - b.end_s) / 2.0;
  return apart < kFarthest * std::max(a.length_s(), b.length_s());
}

}  // namespace

void ViewMotion::show(const Scene& scene, const TimeSpan& span) {
  scene.workspace.show(span);
  direct_ = true;
}

const TimeSpan& ViewMotion::update(const Scene& scene) {
  const TimeSpan& wanted = scene.entry.viewport.span();
  const bool still = scene.ui.surface().reduced_motion;
  if (recording_ != scene.entry.id || direct_ || still || (wanted != target_ && !near(shown_, wanted))) {
    recording_ = scene.entry.id;
    target_ = shown_ = wanted;
    started_s_ = -1.0;
  } else if (wanted != target_) {
    from_ = shown_;
    target_ = wanted;
    started_s_ = scene.ui.now_s();
  }
  direct_ = false;
  if (started_s_ < 0.0) return shown_;
  const double part = (scene.ui.now_s() - started_s_) * 1000.0 / static_cast<double>(ui::tokens::kMotionMove);
  if (part >= 1.0) {
    shown_ = target_;
    started_s_ = -1.0;
    return shown_;
  }
  const double rest = 1.0 - std::max(0.0, part);
  const double done = 1.0 - rest * rest * rest;
  shown_ = {from_.begin_s + (target_.begin_s - from_.begin_s) * done, from_.end_s + (target_.end_s - from_.end_s) * done};
  scene.ui.request_frame();
  return shown_;
}

}  // namespace klono::app::review
