#pragma once
/// Colours by role and sizes by token, all from assets/tokens.json through the generated header.

#include <array>
#include <cstdint>

#include "design_tokens.hpp"  // generated from assets/tokens.json: Role, tokens::k…, TextSize

namespace klono::app::ui {

/// sRGB, straight alpha.
struct Colour {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
  std::uint8_t a = 255;

  /// As 0..1 floats, for shaders.
  std::array<float, 4> floats() const {
    return {static_cast<float>(r) / 255.0F, static_cast<float>(g) / 255.0F, static_cast<float>(b) / 255.0F,
            static_cast<float>(a) / 255.0F};
  }
  friend bool operator==(const Colour&, const Colour&) = default;
};

/// A role, thinned: what painting functions take. `Role::Text` converts by itself.
struct Ink {
  Role role = Role::Text;
  float alpha = 1.0F;

  constexpr Ink(Role role_of, float alpha_of = 1.0F) : role(role_of), alpha(alpha_of) {}  // NOLINT
  constexpr Ink faded(float by) const { return {role, alpha * by}; }
};

/// One of the two themes. Cheap to copy.
class Theme {
 public:
  explicit Theme(bool dark = true) : dark_(dark) {}

  bool dark() const { return dark_; }
  Colour colour(Ink ink) const;

  /// The spectrogram's ramp, `position` in 0..1 (clamped): quiet is the paper itself.
  Colour ramp(float position) const;

  friend bool operator==(const Theme&, const Theme&) = default;

 private:
  bool dark_;
};

enum class Weight : std::uint8_t { Regular, Strong };

}  // namespace klono::app::ui
