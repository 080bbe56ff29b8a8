#include "view/silhouette.hpp"

#include <algorithm>
#include <cmath>

namespace klono::view {
namespace {

constexpr float kFullest_g = 1.0F;
constexpr float kLeast_g = 0.15F;

}  // namespace

std::vector<float> silhouette_heights(std::span<const float> peak_g) {
  float top = 0.0F;
  for (const float g : peak_g)
    if (g > top) top = g;
  const float full = std::clamp(top, kLeast_g, kFullest_g);
  std::vector<float> heights(peak_g.size());
  std::ranges::transform(peak_g, heights.begin(), [&](float g) { return g >= 0.0F ? std::sqrt(std::min(1.0F, g / full)) : -1.0F; });
  return heights;
}

}  // namespace klono::view
