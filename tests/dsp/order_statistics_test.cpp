#include "dsp/order_statistics.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

using namespace klono::dsp;

TEST_CASE("A sliding quantile equals sorting the last values anew, doubled ones included") {
  SlidingQuantile sliding(50);
  SlidingValues values(50);
  std::vector<float> all;
  std::uint32_t state = 99;
  for (int i = 0; i < 1000; ++i) {
    state = state * 1664525U + 1013904223U;
    all.push_back(static_cast<float>((state >> 10) % 40));
    sliding.add(all.back());
    values.add(all.back());
    std::vector<float> last(all.end() - static_cast<std::ptrdiff_t>(std::min<std::size_t>(50, all.size())), all.end());
    std::sort(last.begin(), last.end());
    for (const double q : {0.0, 0.3, 0.5, 1.0}) {
      const float expected = last[static_cast<std::size_t>(q * static_cast<double>(last.size() - 1) + 0.5)];
      CHECK(sliding.quantile(q) == expected);
      CHECK(values.quantile(q) == expected);
      CHECK(values.quantile_at_most(q, expected));
      CHECK_FALSE(values.quantile_at_most(q, expected - 0.5F));
    }
  }
}
