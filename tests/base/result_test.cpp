#include "base/result.hpp"

#include <doctest/doctest.h>

namespace klono {
namespace {

Result<int> half(int value) {
  if (value % 2 != 0) return Error{.code = ErrorCode::BadSetting, .what = "It is odd.", .advice = "Use an even number."};
  return value / 2;
}

Result<int> quarter(int value) {
  KLONO_TRY(const int halved, half(value));
  return half(halved);
}

Status check_even(int value) {
  KLONO_TRY([[maybe_unused]] const int halved, half(value));
  return Done{};
}

Status check_both(int a, int b) {
  KLONO_CHECK(check_even(a));
  KLONO_CHECK(check_even(b));
  return Done{};
}

TEST_CASE("A result holds either its value or its error") {
  CHECK(half(8).value() == 4);
  REQUIRE_FALSE(half(7).ok());
  CHECK(half(7).error().code == ErrorCode::BadSetting);
}

TEST_CASE("KLONO_TRY passes the first error upward and otherwise the value") {
  CHECK(quarter(8).value() == 2);
  CHECK(quarter(6).error().what == "It is odd.");
}

TEST_CASE("KLONO_CHECK stops at the first failure") {
  CHECK(check_both(2, 4).ok());
  CHECK_FALSE(check_both(2, 3).ok());
  CHECK_FALSE(check_both(1, 4).ok());
}

TEST_CASE("An error reads as one line with the place and the advice") {
  CHECK(one_line(Error{.what = "Time goes backwards.", .advice = "Sort the file.", .line = 812}) ==
        "Time goes backwards (line 812). Sort the file.");
  CHECK(one_line(Error{.what = "It is empty."}) == "It is empty.");
}

}  // namespace
}  // namespace klono
