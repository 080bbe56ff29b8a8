#include "app/ui/fonts.hpp"

#include <imgui.h>

#include <algorithm>
#include <vector>

#include "app/ui/font_data.hpp"
#include "app/ui/utf8.hpp"

namespace klono::app::ui {
namespace {

// Inter's own metrics, in shares of the size (hhea 2728 and 680 of 2816 units). Dear ImGui takes the height from
// ascender to descender where CSS takes the em.
constexpr float kAscent = 2728.0F / 2816.0F;
constexpr float kDescent = 680.0F / 2816.0F;

// Baked from the start: what the screens' own words are made of.
constexpr ImWchar kPlain[] = {0x20, 0x7E, 0xA0, 0xA0, 0xB0, 0xB1, 0xB5, 0xB5, 0xB7, 0xB7, 0xD7, 0xD7, 0x2009, 0x2009,
                              0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0x2026, 0x202F, 0x202F,
                              0x2192, 0x2192, 0x2212, 0x2212, 0};

bool is_plain(char32_t c) {
  for (const ImWchar* range = kPlain; *range != 0; range += 2)
    if (c >= range[0] && c <= range[1]) return true;
  return c < 0x20;
}

/// Display and figure exist in one weight: the regular one would only cost texture.
bool is_baked(TextSize size, Weight weight) {
  return weight == Weight::Strong || (size != TextSize::Display && size != TextSize::Figure);
}

}  // namespace

float Fonts::baseline(TextSize size) {
  const auto index = static_cast<std::size_t>(size);
  return tokens::kTextLine[index] / 2.0F + (kAscent - kDescent) / 2.0F * tokens::kTextSize[index];
}

bool Fonts::prepare(float pixel_ratio) {
  if (pixel_ratio == pixel_ratio_ && !pending_) return false;
  pixel_ratio_ = pixel_ratio;
  pending_ = false;

  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  atlas.Flags |= ImFontAtlasFlags_NoMouseCursors;
  ImFontGlyphRangesBuilder builder;
  builder.AddRanges(kPlain);
  for (const char32_t c : extra_) builder.AddChar(static_cast<ImWchar>(c));
  ImVector<ImWchar> ranges;
  builder.BuildRanges(&ranges);

  for (std::size_t i = 0; i < kTextSizes; ++i) {
    for (const Weight weight : {Weight::Regular, Weight::Strong}) {
      if (!is_baked(static_cast<TextSize>(i), weight)) continue;
      ImFontConfig config;
      config.FontDataOwnedByAtlas = false;
      config.OversampleH = pixel_ratio < 1.75F ? 3 : 1;
      config.OversampleV = 1;
      const bool strong = weight == Weight::Strong;
      // The atlas only reads the bytes; its interface is older than const.
      void* data = const_cast<unsigned char*>(strong ? kInterStrong : kInterRegular);  // NOLINT
      const unsigned size = strong ? kInterStrongSize : kInterRegularSize;
      fonts_[2 * i + (strong ? 1 : 0)] = atlas.AddFontFromMemoryTTF(
          data, static_cast<int>(size), tokens::kTextSize[i] * (kAscent + kDescent) * pixel_ratio, &config, ranges.Data);
    }
  }
  for (std::size_t i = 0; i < kTextSizes; ++i)
    if (fonts_[2 * i] == nullptr) fonts_[2 * i] = fonts_[2 * i + 1];
  atlas.Build();
  return true;
}

ImFont* Fonts::font(TextSize size, Weight weight) const {
  return fonts_[2 * static_cast<std::size_t>(size) + (weight == Weight::Strong ? 1 : 0)];
}

bool Fonts::require(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return false;
  bool found = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c > 0xFFFF || is_plain(c)) continue;
    found |= extra_.insert(c).second;
  }
  pending_ |= found;
  return found;
}

}  // namespace klono::app::ui
