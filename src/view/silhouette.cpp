#include "view/silhouette.hpp"

#include <algorithm>
#include <cmath>

namespace klono::view {
namespace {

constexpr float kFullest_g = 1.0F;
constexpr float kLeast_g = 0.15F;
constexpr float kFullestAbove = 100.0F;  // times the quiet level
constexpr float kLeastAbove = 20.0F;

std::vector<float> heights_of(std::span<const float> values, float least, float fullest) {
  float top = 0.0F;
  for (const float value : values)
    if (value > top) top = value;
  const float full = std::clamp(top, least, fullest);
  std::vector<float> heights(values.size());
  std::ranges::transform(values, heights.begin(), [&](float value) { return value >= 0.0F ? std::sqrt(std::min(1.0F, value / full)) : -1.0F; });
  return heights;
}

}  // namespace

std::vector<float> silhouette_heights(std::span<const float> peak_g) { return heights_of(peak_g, kLeast_g, kFullest_g); }

std::vector<float> emg_silhouette_heights(std::span<const float> above_floor) { return heights_of(above_floor, kLeastAbove, kFullestAbove); }

}  // namespace klono::view
