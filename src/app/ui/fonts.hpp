#pragma once
/// Inter in two weights and six sizes, baked at the device's pixel ratio. Glyphs beyond plain Latin
/// are baked once a text needs them, so the first frame stays cheap.

#include <array>
#include <cstdint>
#include <set>
#include <string_view>

#include "app/ui/theme.hpp"

struct ImFont;

namespace klono::app::ui {

class Fonts {
 public:
  /// Rebuilds the atlas of the current Dear ImGui context when the ratio changed or a text asked for new
  /// glyphs; call before NewFrame. True when it rebuilt: the texture must be uploaded again.
  bool prepare(float pixel_ratio);

  ImFont* font(TextSize size, Weight weight) const;

  /// Remembers the code points of `text` that are not baked yet. True when a new one was met.
  bool require(std::string_view text);
  bool pending() const { return pending_; }

  /// Distance from the top of the line box to the baseline, in CSS pixels.
  static float baseline(TextSize size);

 private:
  static constexpr std::size_t kFonts = 2 * kTextSizes;

  float pixel_ratio_ = 0.0F;
  bool pending_ = false;
  std::set<char32_t> extra_;
  std::array<ImFont*, kFonts> fonts_{};
};

}  // namespace klono::app::ui
