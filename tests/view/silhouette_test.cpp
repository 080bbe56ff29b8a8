#include "view/silhouette.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using klono::view::silhouette_heights;

TEST_CASE("The silhouette shows the square root, the largest movement at full height") {
  const std::vector<float> heights = silhouette_heights(std::vector<float>{0.16F, 0.64F, 0.0F});
  CHECK(heights[0] == doctest::Approx(0.5F));
  CHECK(heights[1] == doctest::Approx(1.0F));
  CHECK(heights[2] == 0.0F);
}

TEST_CASE("A quiet recording stays low, and a fall of many g does not hide the rest") {
  CHECK(silhouette_heights(std::vector<float>{0.006F})[0] == doctest::Approx(0.2F));
  const std::vector<float> fall = silhouette_heights(std::vector<float>{8.0F, 0.25F});
  CHECK(fall[0] == doctest::Approx(1.0F));
  CHECK(fall[1] == doctest::Approx(0.5F));
}

TEST_CASE("Where there is no data the silhouette says so") {
  const std::vector<float> heights = silhouette_heights(std::vector<float>{std::numeric_limits<float>::quiet_NaN(), 0.2F});
  CHECK(heights[0] < 0.0F);
  CHECK(heights[1] > 0.0F);
  CHECK(silhouette_heights({}).empty());
}
