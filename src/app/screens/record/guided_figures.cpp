#include "app/screens/record/guided_figures.hpp"

#include <array>

namespace klono::app::screens {
namespace {

using ui::Ink;
using ui::Point;
using ui::Rect;
using ui::Role;

// The window of figure units that a box shows; what reaches below it is cut, as a bust is.
constexpr float kLeft = 36.0F, kTop = 4.0F, kTall = 200.0F;

const Figure& trunk() {
  static const Figure figure{{{94, 34, 19}, {96, 44, 16}},
                             {{111, 35, 2.5F}, {115, 41, 2}, {108, 43, 2.5F}},
                             {{92, 58, 8.5F}, {90, 84, 11}},
                             {{90, 100, 19}, {90, 150, 16}},
                             {{90, 150, 16}, {88, 206, 18}}};
  return figure;
}

const Figure& sitting() {
  static const Figure figure{{{94, 34, 19}, {96, 44, 16}},
                             {{111, 35, 2.5F}, {115, 41, 2}, {108, 43, 2.5F}},
                             {{92, 58, 8.5F}, {90, 84, 11}},
                             {{90, 100, 19}, {90, 150, 16}},
                             {{90, 148, 16}, {92, 172, 18}},
                             {{92, 174, 16}, {162, 170, 11.5F}},
                             {{163, 171, 11}, {160, 220, 9}}};
  return figure;
}

const Figure& arm_out() {
  static const Figure figure{{{94, 102, 10.5F}, {146, 104, 8}}, {{146, 104, 8}, {192, 102, 5.8F}}, {{196, 101, 5.4F}, {213, 102, 3.6F}}};
  return figure;
}

const Figure& arm_in_lap() {
  static const Figure figure{{{90, 102, 10.5F}, {93, 146, 8.5F}}, {{93, 146, 8.5F}, {130, 157, 6.2F}}, {{133, 158, 5.8F}, {149, 160, 3.8F}}};
  return figure;
}

const Figure& arm_to_nose() {
  static const Figure figure{{{94, 104, 10.5F}, {140, 116, 8}}, {{140, 116, 8}, {131, 73, 5.8F}}, {{130, 69, 5.6F}, {122, 52, 4}}, {{122, 52, 3}, {118, 44, 2.2F}}};
  return figure;
}

/// The way of the fingertip between the two ends of a reach.
void way_of_the_hand(ui::Painter& p, const Frame& frame) {
  constexpr Point kFrom{214, 92}, kOver{196, 26}, kTo{130, 32};
  constexpr int kDots = 9;
  for (int i = 0; i <= kDots; ++i) {
    const float t = static_cast<float>(i) / kDots;
    const float a = (1.0F - t) * (1.0F - t), b = 2.0F * t * (1.0F - t), c = t * t;
    p.circle(frame.at({a * kFrom.x + b * kOver.x + c * kTo.x, a * kFrom.y + b * kOver.y + c * kTo.y}), 1.5F, Role::Accent);
  }
}

}  // namespace

void paint_task(ui::Painter& p, const Rect& box, Task task) {
  const float scale = box.h / kTall;
  const Frame frame{{box.x - kLeft * scale, box.y - kTop * scale}, scale};
  p.push_clip(box);
  switch (task) {
    case Task::Rest:
      paint_figure(p, sitting(), frame);
      paint_figure(p, arm_in_lap(), frame);
      break;
    case Task::ArmsOut:
      paint_figure(p, trunk(), frame);
      paint_figure(p, arm_out(), frame);
      break;
    case Task::Reach:
      paint_figure(p, trunk(), frame);
      paint_figure(p, arm_out(), frame, {Ink(Role::Hairline), Ink(Role::Bg), 1.2F});
      paint_figure(p, arm_to_nose(), frame);
      way_of_the_hand(p, frame);
      break;
  }
  p.pop_clip();
}

}  // namespace klono::app::screens
