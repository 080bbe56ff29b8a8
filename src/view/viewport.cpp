#include "view/viewport.hpp"

#include <algorithm>
#include <cmath>

namespace klono::view {

void Viewport::show(TimeSpan span) {
  if (!std::isfinite(span.begin_s) || !std::isfinite(span.end_s)) return;
  const double shortest = std::min(kShortest_s, duration_s_);
  const double length = std::clamp(span.end_s - span.begin_s, shortest, duration_s_);
  // A stretch that was too short or reversed grows about its middle.
  const double middle = 0.5 * (span.begin_s + span.end_s);
  const double wanted = span.end_s - span.begin_s == length ? span.begin_s : middle - 0.5 * length;
  const double begin = std::clamp(wanted, 0.0, duration_s_ - length);
  span_ = {begin, std::min(begin + length, duration_s_)};
}

void Viewport::show_all() { span_ = {0.0, duration_s_}; }

void Viewport::pan(double by_s) {
  if (!std::isfinite(by_s)) return;
  const double length = span_.length_s();
  const double begin = std::clamp(span_.begin_s + by_s, 0.0, std::max(0.0, duration_s_ - length));
  span_ = {begin, std::min(begin + length, duration_s_)};
}

void Viewport::zoom(double factor, double anchor_s) {
  if (!std::isfinite(factor) || factor <= 0.0 || !std::isfinite(anchor_s)) return;
  const double length = span_.length_s();
  if (length <= 0.0) return;
  const double wanted = std::clamp(length * factor, std::min(kShortest_s, duration_s_), duration_s_);
  const double place = (anchor_s - span_.begin_s) / length;
  const double begin = std::clamp(anchor_s - place * wanted, 0.0, duration_s_ - wanted);
  span_ = {begin, std::min(begin + wanted, duration_s_)};
}

void Viewport::centre_on(double t_s) { pan(t_s - 0.5 * (span_.begin_s + span_.end_s)); }

double Viewport::to_pixel(double t_s, double left, double width) const {
  const double length = span_.length_s();
  return length > 0.0 ? left + (t_s - span_.begin_s) / length * width : left;
}

double Viewport::to_time(double pixel, double left, double width) const {
  return width > 0.0 ? span_.begin_s + (pixel - left) / width * span_.length_s() : span_.begin_s;
}

TimeSpan event_window(const Event& event) {
  const double after_s = std::max(1.1, std::min(event.duration_s * 1.35, 12.0));
  return {-0.3 * after_s / 1.1, after_s};
}

}  // namespace klono::view
