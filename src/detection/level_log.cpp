#include "detection/level_log.hpp"

#include <algorithm>
#include <cstddef>

#include "detection/smallest_visible.hpp"
#include "detection/swing.hpp"

namespace klono::detection {
namespace {

double median_of(std::vector<float>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return static_cast<double>(*middle);
}

}  // namespace

LevelLog::Figures LevelLog::figures(const std::vector<Mask>& masks) const {
  std::vector<float> floors;
  std::vector<float> swing_floors;
  std::vector<float> matched;
  auto mask = masks.begin();
  for (const Second& second : seconds_) {
    while (mask != masks.end() && mask->span.end_s <= second.t_s) ++mask;
    if (mask != masks.end() && mask->span.contains(second.t_s)) continue;
    floors.push_back(second.floor_g);
    if (second.swing_g >= 0.0F) swing_floors.push_back(second.swing_g);
    if (second.matched_g > 0.0F) matched.push_back(second.matched_g);
  }
  Figures figures;
  if (!floors.empty()) figures.noise_floor_g = median_of(floors);
  figures.smallest_visible_g = smallest_visible_peak(settings_, figures.noise_floor_g);
  // What else sees counts where it could for most of the time.
  const auto most = [&](const std::vector<float>& some) { return 2 * some.size() > floors.size(); };
  if (most(matched)) figures.smallest_visible_g = std::min(figures.smallest_visible_g, median_of(matched));
  if (most(swing_floors)) {
    const double at_usual_lever = smallest_visible_peak(settings_, median_of(swing_floors), kSwingPassband) * kUsualLever_m / kLongestLever_m;
    figures.smallest_visible_g = std::min(figures.smallest_visible_g, at_usual_lever);
  }
  return figures;
}

}  // namespace klono::detection
