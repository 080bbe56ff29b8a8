#include "app/ui/theme.hpp"

#include <algorithm>
#include <cmath>

namespace klono::app::ui {
namespace {

std::uint8_t channel(std::uint32_t rgb, int shift) { return static_cast<std::uint8_t>((rgb >> shift) & 0xFFU); }

std::uint8_t mixed(std::uint8_t a, std::uint8_t b, float share) {
  return static_cast<std::uint8_t>(std::lround(static_cast<float>(a) + (static_cast<float>(b) - static_cast<float>(a)) * share));
}

}  // namespace

Colour Theme::colour(Ink ink) const {
  const std::uint32_t rgb = (dark_ ? tokens::kDark : tokens::kLight)[static_cast<std::size_t>(ink.role)];
  const float alpha = std::clamp(ink.alpha, 0.0F, 1.0F);
  return {channel(rgb, 16), channel(rgb, 8), channel(rgb, 0), static_cast<std::uint8_t>(std::lround(alpha * 255.0F))};
}

Colour Theme::ramp(float position) const {
  const auto& stops = dark_ ? tokens::kRampDark : tokens::kRampLight;
  const float at = std::clamp(position, 0.0F, 1.0F) * static_cast<float>(stops.size() - 1);
  const std::size_t low = std::min(static_cast<std::size_t>(at), stops.size() - 2);
  const float share = at - static_cast<float>(low);
  const std::uint32_t a = stops[low];
  const std::uint32_t b = stops[low + 1];
  return {mixed(channel(a, 16), channel(b, 16), share), mixed(channel(a, 8), channel(b, 8), share),
          mixed(channel(a, 0), channel(b, 0), share), 255};
}

}  // namespace klono::app::ui
