// Limb movements in series by two rules, on lists of onsets made by hand. The expected runs follow from the written rules.

#include "detection/limb_series.hpp"

#include <initializer_list>
#include <vector>

#include <doctest/doctest.h>

using namespace klono;
using namespace klono::detection;

namespace {

using Runs = std::vector<std::vector<std::size_t>>;

std::vector<TimeSpan> movements(std::initializer_list<double> onsets, double length_s = 2.0) {
  std::vector<TimeSpan> list;
  for (const double onset_s : onsets) list.push_back({onset_s, onset_s + length_s});
  return list;
}

}  // namespace

TEST_CASE("Three movements are no series, four are, by either rule") {
  for (const auto& runs : {aasm_runs(movements({0, 20, 40}), {}), wasm_runs(movements({0, 20, 40}), {})}) CHECK(runs.empty());
  const Runs four{{0, 1, 2, 3}};
  CHECK(aasm_runs(movements({0, 20, 40, 60}), {}) == four);
  CHECK(wasm_runs(movements({0, 20, 40, 60}), {}) == four);
}

TEST_CASE("Ninety seconds from onset to onset still belong to a series, more do not, by either rule") {
  const Runs four{{0, 1, 2, 3}};
  const auto edge = movements({0, 90, 180, 270});
  CHECK(aasm_runs(edge, {}) == four);
  CHECK(wasm_runs(edge, {}) == four);
  const auto beyond = movements({0, 90, 180, 270.25});
  CHECK(aasm_runs(beyond, {}).empty());
  CHECK(wasm_runs(beyond, {}).empty());
}

TEST_CASE("Five seconds are enough for the AASM, ten for WASM") {
  const Runs four{{0, 1, 2, 3}};
  const auto five = movements({0, 5, 10, 15});
  CHECK(aasm_runs(five, {}) == four);
  CHECK(wasm_runs(five, {}).empty());
  const auto ten = movements({0, 10, 20, 30});
  CHECK(aasm_runs(ten, {}) == four);
  CHECK(wasm_runs(ten, {}) == four);
  CHECK(aasm_runs(movements({0, 4.75, 9.5, 14.25}), {}).empty());
  CHECK(wasm_runs(movements({0, 9.75, 19.5, 29.25}), {}).empty());
}

TEST_CASE("A movement that comes too soon is passed over by the AASM and ends the run by WASM") {
  const auto list = movements({0, 20, 40, 43, 60, 80});
  CHECK(aasm_runs(list, {}) == Runs{{0, 1, 2, 4, 5}});
  CHECK(wasm_runs(list, {}).empty());
  // The one that came too soon may begin the next run by WASM.
  CHECK(wasm_runs(movements({0, 20, 40, 60, 63, 83, 103, 123}), {}) == Runs{{0, 1, 2, 3}, {4, 5, 6, 7}});
}

TEST_CASE("After a movement that is passed over, the interval counts from the last one that is in the series") {
  // 0, 4 (passed over), 91: 91 s from the last counted one.
  CHECK(aasm_runs(movements({0, 4, 91, 111, 131}), {}).empty());
  CHECK(aasm_runs(movements({0, 4, 90, 110}), {}).empty());
  CHECK(aasm_runs(movements({0, 4, 90, 110, 130}), {}) == Runs{{0, 2, 3, 4}});
}

TEST_CASE("A movement of half a second to ten seconds counts; a shorter one is none by either rule") {
  const Runs four{{0, 1, 2, 3}};
  for (const double length_s : {0.5, 10.0}) {
    CHECK(aasm_runs(movements({0, 20, 40, 60}, length_s), {}) == four);
    CHECK(wasm_runs(movements({0, 20, 40, 60}, length_s), {}) == four);
  }
  auto with_short = movements({0, 20, 40, 60});
  with_short.insert(with_short.begin() + 2, TimeSpan{25.0, 25.25});
  CHECK(aasm_runs(with_short, {}) == Runs{{0, 1, 3, 4}});
  CHECK(wasm_runs(with_short, {}) == Runs{{0, 1, 3, 4}});
}

TEST_CASE("A movement of more than ten seconds is passed over by the AASM and ends the run by WASM") {
  auto list = movements({0, 20, 40, 70, 90, 110, 130});
  list.insert(list.begin() + 3, TimeSpan{50.0, 60.25});
  CHECK(aasm_runs(list, {}) == Runs{{0, 1, 2, 4, 5, 6, 7}});
  CHECK(wasm_runs(list, {}) == Runs{{4, 5, 6, 7}});
}

TEST_CASE("No series reaches over missing data, by either rule") {
  const auto list = movements({0, 20, 40, 60, 80, 100});
  const std::vector<TimeSpan> breaks{{45.0, 50.0}};
  CHECK(aasm_runs(list, breaks).empty());
  CHECK(wasm_runs(list, breaks).empty());
  const std::vector<TimeSpan> late{{65.0, 66.0}};
  CHECK(aasm_runs(list, late) == Runs{{0, 1, 2, 3}});
  CHECK(wasm_runs(list, late) == Runs{{0, 1, 2, 3}});
}

TEST_CASE("Movements of both legs at a time are one by the AASM where they begin less than five seconds apart") {
  const auto both = both_legs_aasm(movements({0, 20, 40}), movements({4.75, 25, 60}));
  const auto expected = movements({0, 20, 25, 40, 60});  // 5 s are no longer less than five
  CHECK(both == expected);
  CHECK(both_legs_aasm(movements({0, 4}), {}) == movements({0, 4}));  // of one leg: the rule of series passes over the second
  // What is too long to be a limb movement takes nothing with it.
  CHECK(both_legs_aasm(movements({0}, 12.0), movements({2})).size() == 2);
}

TEST_CASE("Movements of both legs are one by WASM where less than half a second lies between them") {
  CHECK(both_legs_wasm(movements({0}), movements({2.25})) == std::vector<TimeSpan>{{0.0, 4.25}});
  CHECK(both_legs_wasm(movements({0}), movements({2.5})).size() == 2);
  CHECK(both_legs_wasm(movements({0}), movements({1})) == std::vector<TimeSpan>{{0.0, 3.0}});
}

TEST_CASE("A movement of both legs counts up to fifteen seconds by WASM, and ends the run beyond") {
  const auto length_of = [](double each_s) { return both_legs_wasm(movements({0}, each_s), movements({each_s}, each_s)).front().length_s(); };
  CHECK(length_of(7.0) == doctest::Approx(10.0));
  CHECK(length_of(8.0) == doctest::Approx(16.0));
  CHECK(both_legs_wasm(movements({0}, 11.0), movements({11}, 1.0)).front().length_s() == doctest::Approx(12.0));  // one of them was too long by itself
  CHECK(both_legs_wasm(movements({0, 4, 8}, 2.0), movements({2, 6}, 2.0)).front().length_s() == doctest::Approx(10.0));
}

TEST_CASE("Legs that move in turn are a series together where each alone has too few") {
  const auto left = movements({0, 40, 80});
  const auto right = movements({20, 60, 100});
  CHECK(aasm_runs(left, {}).empty());
  CHECK(aasm_runs(both_legs_aasm(left, right), {}).front().size() == 6);
  CHECK(wasm_runs(both_legs_wasm(left, right), {}).front().size() == 6);
}
