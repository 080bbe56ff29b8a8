#include "app/ui/icons.hpp"

#include <array>
#include <cctype>
#include <cmath>
#include <numbers>
#include <string_view>

namespace klono::app::ui {
namespace {

constexpr std::size_t kIcons = static_cast<std::size_t>(Icon::Bluetooth) + 1;

/// Path data with the letters M L H V A Z, absolute or relative.
constexpr std::string_view path_of(Icon icon) {
  switch (icon) {
    case Icon::Library: return "M4 6h16M4 12h16M4 18h10";
    case Icon::Patterns: return "M4 20V4M4 20h16M8 15.5v-3M8 9.5v-1M12.5 13V8M17 10.5V6";
    case Icon::Record: return "M12 3.5a8.5 8.5 0 1 0 .01 0M12 9a3 3 0 1 0 .01 0";
    case Icon::History:
      return "M6 4h11a1.5 1.5 0 0 1 1.5 1.5v13a1.5 1.5 0 0 1 -1.5 1.5H6zM10 9h5M10 13h5";
    case Icon::Report: return "M6.5 3.5h7l4.5 4.5v12.5h-11.5zM13.5 3.5v4.5h4.5M9.5 13h5M9.5 16.5h5";
    case Icon::Sliders: return "M4 7h9M17 7h3M15 5v4M4 12h3M11 12h9M9 10v4M4 17h10M18 17h2M16 15v4";
    case Icon::Review: return "M3 12h5l1.5 -5 3 11 2.5 -8 1.5 2h4.5";
    case Icon::Help: return "M12 4.5v15M4.5 12h15";
    case Icon::Back: return "M14.5 5.5L8 12l6.5 6.5";
    case Icon::Forward: return "M9.5 5.5L16 12l-6.5 6.5";
    case Icon::Down: return "M5.5 9.5L12 16l6.5 -6.5";
    case Icon::Up: return "M5.5 14.5L12 8l6.5 6.5";
    case Icon::Close:
    case Icon::Cross: return "M6.5 6.5l11 11M17.5 6.5l-11 11";
    case Icon::Check: return "M5.5 12.5l4.5 4.5 8.5 -10";
    case Icon::Undo: return "M8 5L4 9l4 4M4 9h9.5a5.5 5.5 0 0 1 0 11H9";
    case Icon::Redo: return "M16 5l4 4 -4 4M20 9h-9.5a5.5 5.5 0 0 0 0 11H15";
    case Icon::Share: return "M12 15V4M8 7.5L12 3.5l4 4M5 12v7.5h14V12";
    case Icon::Save: return "M12 4v11M8 11.5l4 4 4 -4M5 19.5h14";
    case Icon::Folder:
      return "M3.5 7a1.5 1.5 0 0 1 1.5 -1.5h4.5l2 2.5H19a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1 -1.5 1.5H5"
             "a1.5 1.5 0 0 1 -1.5 -1.5z";
    case Icon::File: return "M6.5 3.5h11v17h-11zM9.5 8h5M9.5 12h5M9.5 16h3";
    case Icon::Plus: return "M12 5v14M5 12h14";
    case Icon::Minus: return "M5 12h14";
    case Icon::Fit: return "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4";
    case Icon::List: return "M8.5 6H20M8.5 12H20M8.5 18H20M4 6h.01M4 12h.01M4 18h.01";
    case Icon::Moon: return "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z";
    case Icon::Sun:
      return "M12 8a4 4 0 1 0 .01 0M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1 1M17.4 17.4l1 1M18.4 5.6l-1 1"
             "M6.6 17.4l-1 1";
    case Icon::Lock: return "M6.5 11h11v8.5h-11zM9 11V8a3 3 0 0 1 6 0v3";
    case Icon::Info: return "M12 3.5a8.5 8.5 0 1 0 .01 0M12 11v5.5M12 7.7h.01";
    case Icon::Play: return "M8 5.5v13l10.5 -6.5z";
    case Icon::Trash: return "M5 7h14M9.5 7V4.5h5V7M7 7l1 12.5h8L17 7";
    case Icon::More: return "M6 12h.01M12 12h.01M18 12h.01";
    case Icon::Plug: return "M9 4v4M15 4v4M6.5 8h11v3a5.5 5.5 0 0 1 -11 0zM12 16.5V21";
    case Icon::Phone:
      return "M8 3.5h8a1 1 0 0 1 1 1v15a1 1 0 0 1 -1 1H8a1 1 0 0 1 -1 -1v-15a1 1 0 0 1 1 -1M11 17.5h2";
    case Icon::Pause: return "M8.5 6v12M15.5 6v12";
    case Icon::Sound: return "M4 9.5v5h3.5l4.5 4v-13l-4.5 4zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11";
    case Icon::SoundOff: return "M4 9.5v5h3.5l4.5 4v-13l-4.5 4zM16 9.5l5 5M21 9.5l-5 5";
    case Icon::Bluetooth: return "M7 7.5l10 9 -5 4.5V3l5 4.5 -10 9";
    case Icon::Strip: return "M3.5 5.500h7v13h-7zM13.5 5.5h7v13h-7zM5.5 12h3M15.5 12h3";
  }
  return {};
}

class PathReader {
 public:
  explicit PathReader(std::string_view text) : text_(text) {}

  std::vector<Stroke> read() {
    char letter = 'M';
    while (skip(), at_ < text_.size()) {
      if (std::isalpha(static_cast<unsigned char>(text_[at_])) != 0) letter = text_[at_++];
      step(letter);
      if (letter == 'M') letter = 'L';  // further pairs after a move are lines
    }
    return std::move(strokes_);
  }

 private:
  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == ',')) ++at_;
  }

  float number() {
    skip();
    float value = 0.0F;
    std::size_t end = at_;
    if (end < text_.size() && text_[end] == '-') ++end;
    while (end < text_.size() && (std::isdigit(static_cast<unsigned char>(text_[end])) != 0 || text_[end] == '.')) ++end;
    float sign = 1.0F;
    if (at_ < end && text_[at_] == '-') {
      sign = -1.0F;
      ++at_;
    }
    float scale = 0.0F;
    for (; at_ < end; ++at_) {
      if (text_[at_] == '.') {
        scale = 1.0F;
        continue;
      }
      value = value * 10.0F + static_cast<float>(text_[at_] - '0');
      scale *= 10.0F;
    }
    return sign * (scale > 1.0F ? value / scale : value);
  }

  void line_to(Point to) {
    strokes_.back().points.push_back(to);
    pen_ = to;
  }

  void step(char letter) {
    switch (letter) {
      case 'M': {
        const float x = number();
        pen_ = {x, number()};
        strokes_.push_back({{pen_}, false});
        break;
      }
      case 'L': {
        const float x = number();
        line_to({x, number()});
        break;
      }
      case 'l': {
        const float x = number();
        line_to({pen_.x + x, pen_.y + number()});
        break;
      }
      case 'H': line_to({number(), pen_.y}); break;
      case 'h': line_to({pen_.x + number(), pen_.y}); break;
      case 'V': line_to({pen_.x, number()}); break;
      case 'v': line_to({pen_.x, pen_.y + number()}); break;
      case 'a':
      case 'A': arc_to(letter == 'a'); break;
      case 'z': strokes_.back().closed = true; break;
      default: at_ = text_.size(); break;
    }
  }

  /// Circular arcs only, after the end-point rule of the SVG specification, F.6.5.
  void arc_to(bool relative) {
    float r = number();
    number();
    number();
    const bool large = number() != 0.0F;
    const bool sweep = number() != 0.0F;
    Point to;
    to.x = number() + (relative ? pen_.x : 0.0F);
    to.y = number() + (relative ? pen_.y : 0.0F);
    const float dx = (pen_.x - to.x) / 2.0F;
    const float dy = (pen_.y - to.y) / 2.0F;
    const float half = std::hypot(dx, dy);
    r = std::max(r, half);
    const float along = std::sqrt(std::max(0.0F, r * r - half * half)) / std::max(half, 1e-6F) * (large == sweep ? -1.0F : 1.0F);
    const Point centre{along * dy + (pen_.x + to.x) / 2.0F, -along * dx + (pen_.y + to.y) / 2.0F};
    const float begin = std::atan2(pen_.y - centre.y, pen_.x - centre.x);
    float turn = std::atan2(to.y - centre.y, to.x - centre.x) - begin;
    constexpr float kTurn = 2.0F * std::numbers::pi_v<float>;
    if (sweep && turn < 0.0F) turn += kTurn;
    if (!sweep && turn > 0.0F) turn -= kTurn;
    const int pieces = std::max(4, static_cast<int>(std::abs(turn) * (4.0F + r)));
    for (int i = 1; i <= pieces; ++i) {
      const float angle = begin + turn * static_cast<float>(i) / static_cast<float>(pieces);
      strokes_.back().points.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
    }
    pen_ = to;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Point pen_;
  std::vector<Stroke> strokes_;
};

std::array<std::vector<Stroke>, kIcons> all_icons() {
  std::array<std::vector<Stroke>, kIcons> icons;
  for (std::size_t i = 0; i < kIcons; ++i) icons[i] = PathReader(path_of(static_cast<Icon>(i))).read();
  return icons;
}

}  // namespace

const std::vector<Stroke>& strokes_of(Icon icon) {
  static const std::array<std::vector<Stroke>, kIcons> icons = all_icons();
  return icons[static_cast<std::size_t>(icon)];
}

}  // namespace klono::app::ui
