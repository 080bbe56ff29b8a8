#include "app/ui/gestures.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace klono::app::ui {
namespace {

using Kind = platform::PointerInput::Kind;

constexpr WidgetId kButton = id_of("button");
constexpr WidgetId kList = id_of("list");
constexpr WidgetId kTimeline = id_of("timeline");
constexpr WidgetId kVeil = id_of("veil");

platform::PointerInput finger(Kind kind, float x, float y, int id = 1) {
  platform::PointerInput input;
  input.kind = kind;
  input.id = id;
  input.touch = true;
  input.x = x;
  input.y = y;
  return input;
}

platform::PointerInput mouse(Kind kind, float x, float y) {
  platform::PointerInput input;
  input.kind = kind;
  input.x = x;
  input.y = y;
  return input;
}

/// A page with a button in a list above, and a timeline below.
struct Page {
  Gestures gestures;
  double now_s = 0.0;
  bool veiled = false;

  Page() { frame({}); }

  void frame(std::vector<platform::Input> inputs, double dt_s = 1.0 / 60.0) {
    now_s += dt_s;
    gestures.begin_frame(inputs, now_s);
    gestures.area(kList, {0, 0, 300, 300}, AreaKind::Scroll);
    gestures.area(kButton, {50, 50, 100, 50}, AreaKind::Press);
    gestures.area(kTimeline, {0, 300, 300, 200}, AreaKind::Drag);
    if (veiled) gestures.area(kVeil, {0, 0, 300, 500}, AreaKind::Block);
    waits = gestures.end_frame();
  }

  bool waits = false;
};

}  // namespace

TEST_CASE("Press and release inside is a tap, once") {
  Page page;
  page.frame({finger(Kind::Down, 60, 60)});
  CHECK(page.gestures.held(kButton));
  CHECK_FALSE(page.gestures.tap(kButton));
  page.frame({finger(Kind::Up, 62, 61)});
  REQUIRE(page.gestures.tap(kButton));
  CHECK(page.gestures.tap(kButton)->count == 1);
  CHECK(page.gestures.tap(kButton)->touch);
  page.frame({});
  CHECK_FALSE(page.gestures.tap(kButton));
}

TEST_CASE("Holding goes on while the finger trembles inside the part, and ends outside it or when it lifts") {
  Page page;
  const Rect timeline{0, 300, 300, 200};
  const Rect veil{0, 0, 300, 500};
  page.veiled = true;
  page.frame({});
  page.frame({finger(Kind::Down, 60, 60)});
  CHECK(page.gestures.held_within(kVeil, veil));
  CHECK_FALSE(page.gestures.held_within(kButton, veil));
  page.frame({finger(Kind::Move, 90, 75)});
  CHECK_FALSE(page.gestures.held(kVeil));
  CHECK(page.gestures.held_within(kVeil, veil));
  CHECK_FALSE(page.gestures.held_within(kVeil, timeline));
  page.frame({}, 0.7);
  CHECK(page.gestures.held_within(kVeil, veil));
  page.frame({finger(Kind::Up, 90, 75)});
  CHECK_FALSE(page.gestures.held_within(kVeil, veil));
}

TEST_CASE("A tap whose press and release arrive in one frame counts") {
  Page page;
  page.frame({finger(Kind::Down, 60, 60), finger(Kind::Up, 60, 60)});
  CHECK(page.gestures.tap(kButton));
}

TEST_CASE("A release elsewhere is no tap") {
  Page page;
  page.frame({mouse(Kind::Down, 60, 60)});
  page.frame({mouse(Kind::Up, 250, 250)});
  CHECK_FALSE(page.gestures.tap(kButton));
}

TEST_CASE("A finger that moves on a button scrolls the list behind and taps nothing") {
  Page page;
  page.frame({finger(Kind::Down, 60, 60)});
  page.frame({finger(Kind::Move, 60, 90)});
  REQUIRE(page.gestures.drag(kList));
  CHECK(page.gestures.drag(kList)->began);
  CHECK(page.gestures.drag(kList)->delta.y == doctest::Approx(30.0F));
  page.frame({finger(Kind::Move, 60, 100)});
  CHECK_FALSE(page.gestures.drag(kList)->began);
  CHECK(page.gestures.drag(kList)->delta.y == doctest::Approx(10.0F));
  page.frame({finger(Kind::Up, 60, 100)});
  REQUIRE(page.gestures.drag(kList));
  CHECK(page.gestures.drag(kList)->ended);
  CHECK_FALSE(page.gestures.tap(kButton));
}

TEST_CASE("The drags of a finger add up to the way it went") {
  Page page;
  page.frame({finger(Kind::Down, 10, 310)});
  float sum = 0.0F;
  for (int i = 1; i <= 20; ++i) {
    page.frame({finger(Kind::Move, 10.0F + 7.0F * static_cast<float>(i), 320)});
    if (const auto drag = page.gestures.drag(kTimeline)) sum += drag->delta.x;
  }
  page.frame({finger(Kind::Up, 155, 320)});
  sum += page.gestures.drag(kTimeline)->delta.x;
  CHECK(sum == doctest::Approx(145.0F));
}

TEST_CASE("The mouse does not scroll a list by dragging") {
  Page page;
  page.frame({mouse(Kind::Down, 200, 200)});
  page.frame({mouse(Kind::Move, 200, 260)});
  CHECK_FALSE(page.gestures.drag(kList));
}

TEST_CASE("Two fingers pinch about their middle") {
  Page page;
  page.frame({finger(Kind::Down, 100, 400, 1), finger(Kind::Down, 200, 400, 2)});
  page.frame({finger(Kind::Move, 50, 400, 1), finger(Kind::Move, 250, 400, 2)});
  REQUIRE(page.gestures.drag(kTimeline));
  CHECK(page.gestures.drag(kTimeline)->pointers == 2);
  CHECK(page.gestures.drag(kTimeline)->zoom == doctest::Approx(2.0F));
  CHECK(page.gestures.drag(kTimeline)->at.x == doctest::Approx(150.0F));
  page.frame({finger(Kind::Up, 50, 400, 1)});
  CHECK_FALSE(page.gestures.drag(kTimeline)->ended);
  page.frame({finger(Kind::Up, 250, 400, 2)});
  CHECK(page.gestures.drag(kTimeline)->ended);
  CHECK_FALSE(page.gestures.tap(kTimeline));
}

TEST_CASE("Two quick taps at one place count as a double tap, slow ones do not") {
  Page page;
  page.frame({finger(Kind::Down, 100, 400), finger(Kind::Up, 100, 400)});
  page.frame({finger(Kind::Down, 104, 401), finger(Kind::Up, 104, 401)}, 0.2);
  CHECK(page.gestures.tap(kTimeline)->count == 2);
  page.frame({finger(Kind::Down, 100, 400), finger(Kind::Up, 100, 400)}, 0.2);
  CHECK(page.gestures.tap(kTimeline)->count == 1);
  page.frame({finger(Kind::Down, 100, 400), finger(Kind::Up, 100, 400)}, 0.6);
  CHECK(page.gestures.tap(kTimeline)->count == 1);
}

TEST_CASE("A long press is told once while held, and asks for frames until then") {
  Page page;
  page.frame({finger(Kind::Down, 60, 60)});
  CHECK(page.waits);
  page.frame({}, 0.3);
  CHECK_FALSE(page.gestures.tap(kButton));
  page.frame({}, 0.3);
  REQUIRE(page.gestures.tap(kButton));
  CHECK(page.gestures.tap(kButton)->hold);
  CHECK_FALSE(page.waits);
  page.frame({finger(Kind::Up, 60, 60)});
  CHECK_FALSE(page.gestures.tap(kButton));
}

TEST_CASE("What lies under a veil cannot be tapped, dragged, turned or hovered") {
  Page page;
  page.veiled = true;
  page.frame({});
  page.frame({finger(Kind::Down, 60, 60), finger(Kind::Up, 60, 60)});
  CHECK_FALSE(page.gestures.tap(kButton));
  CHECK(page.gestures.tap(kVeil));
  page.frame({finger(Kind::Down, 100, 400), finger(Kind::Move, 150, 400)});
  CHECK_FALSE(page.gestures.drag(kTimeline));
  page.frame({finger(Kind::Cancel, 150, 400), platform::WheelInput{100, 400, 0, 1, false, false}});
  CHECK_FALSE(page.gestures.wheel(kTimeline));
  page.frame({mouse(Kind::Move, 60, 60)});
  CHECK_FALSE(page.gestures.hovered(kButton));
}

TEST_CASE("The wheel goes to what scrolls under the pointer, past the buttons on it") {
  Page page;
  page.frame({platform::WheelInput{60, 60, 0, -1, false, false}, platform::WheelInput{60, 60, 0, -2, false, false}});
  REQUIRE(page.gestures.wheel(kList));
  CHECK(page.gestures.wheel(kList)->dy == doctest::Approx(-3.0F));
}

TEST_CASE("A cancelled pointer neither taps nor goes on dragging") {
  Page page;
  page.frame({finger(Kind::Down, 60, 60)});
  page.frame({finger(Kind::Cancel, 60, 60)});
  CHECK_FALSE(page.gestures.tap(kButton));
  CHECK_FALSE(page.gestures.any_down());
}

TEST_CASE("The Tab key walks the buttons and Enter taps the one in focus") {
  Page page;
  page.frame({platform::KeyInput{platform::Key::Tab, false, false}});
  CHECK(page.gestures.focused(kButton));
  page.frame({platform::KeyInput{platform::Key::Enter, false, false}});
  CHECK(page.gestures.tap(kButton));
  page.frame({mouse(Kind::Down, 5, 5)});
  CHECK_FALSE(page.gestures.focused(kButton));
}

}  // namespace klono::app::ui
