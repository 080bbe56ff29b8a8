#include "app/ui/theme.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <utility>

#include "app/ui/icons.hpp"
#include "app/ui/utf8.hpp"

namespace klono::app::ui {
namespace {

/// Relative luminance and contrast as WCAG 2.2 defines them.
double luminance(Colour colour) {
  const auto part = [](std::uint8_t value) {
    const double v = value / 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * part(colour.r) + 0.7152 * part(colour.g) + 0.0722 * part(colour.b);
}
double contrast(Colour a, Colour b) {
  const double high = std::max(luminance(a), luminance(b));
  const double low = std::min(luminance(a), luminance(b));
  return (high + 0.05) / (low + 0.05);
}

}  // namespace

TEST_CASE("All text can be read on every ground of both themes") {
  for (const bool dark : {true, false}) {
    const Theme theme(dark);
    for (const Role ground : {Role::Bg, Role::Surface, Role::Control})
      for (const Role ink : {Role::Text, Role::Text2, Role::Text3}) CHECK(contrast(theme.colour(ink), theme.colour(ground)) >= 4.5);
    CHECK(contrast(theme.colour(Role::OnAccent), theme.colour(Role::Accent)) >= 4.5);
    CHECK(contrast(theme.colour(Role::Accent), theme.colour(Role::Surface)) >= 4.5);
    CHECK(contrast(theme.colour(Role::Destroy), theme.colour(Role::Surface)) >= 4.5);
    CHECK(contrast(theme.colour(Role::Edge), theme.colour(Role::Bg)) >= 3.0);
  }
}

TEST_CASE("Marks and axes stand out from the lanes they are drawn on") {
  for (const bool dark : {true, false}) {
    const Theme theme(dark);
    for (const Role mark : {Role::Event, Role::Own, Role::X, Role::Y, Role::Z, Role::Baseline, Role::Rejected})
      CHECK(contrast(theme.colour(mark), theme.colour(Role::Surface)) >= 3.0);
  }
}

TEST_CASE("The spectrogram's ramp begins at the paper and gets steadily further from it") {
  for (const bool dark : {true, false}) {
    const Theme theme(dark);
    CHECK(theme.ramp(0.0F) == theme.colour(Role::Bg));
    CHECK(theme.ramp(-1.0F) == theme.ramp(0.0F));
    double before = luminance(theme.ramp(0.0F));
    for (int i = 1; i <= 50; ++i) {
      const double now = luminance(theme.ramp(static_cast<float>(i) / 50.0F));
      CHECK((dark ? now > before : now < before));
      before = now;
    }
  }
}

TEST_CASE("Alpha thins a role and never leaves its range") {
  CHECK(Theme(true).colour({Role::Text, 0.5F}).a == 128);
  CHECK(Theme(true).colour({Role::Text, 7.0F}).a == 255);
}

TEST_CASE("Every icon has strokes, and all of them lie in its grid") {
  for (int i = 0; i <= static_cast<int>(Icon::Bluetooth); ++i) {
    const auto& strokes = strokes_of(static_cast<Icon>(i));
    CHECK_FALSE(strokes.empty());
    for (const Stroke& stroke : strokes) {
      CHECK(stroke.points.size() >= 2);
      for (const Point& p : stroke.points) {
        CHECK(p.x >= 2.0F);
        CHECK(p.x <= 22.0F);
        CHECK(p.y >= 2.0F);
        CHECK(p.y <= 22.0F);
      }
    }
  }
}

TEST_CASE("Text is read as UTF-8, and broken bytes end nothing") {
  std::size_t at = 0;
  const std::string_view text = "a\xC3\xA9\xE2\x88\x92\xF0\x9F\x98\x80";
  CHECK(next_code_point(text, at) == U'a');
  CHECK(next_code_point(text, at) == U'\u00E9');
  CHECK(next_code_point(text, at) == U'\u2212');
  CHECK(next_code_point(text, at) == U'\U0001F600');
  CHECK(at == text.size());
  const std::string_view broken = "\xC3(\xE2\x88";
  at = 0;
  int steps = 0;
  while (at < broken.size() && ++steps < 10) next_code_point(broken, at);
  CHECK(at == broken.size());
}

}  // namespace klono::app::ui
