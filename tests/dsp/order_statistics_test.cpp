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

TEST_CASE("A running quantile equals sorting the last values anew, from the first one on and after it was cleared") {
  std::uint32_t state = 5;
  for (const std::size_t capacity : {std::size_t{1}, std::size_t{24}, std::size_t{51}}) {
    for (const double q : {0.0, 0.3, 0.5, 1.0}) {
      RunningQuantile running(capacity, q);
      CHECK(running.value() == 0.0F);
      std::vector<float> all;
      for (int i = 0; i < 600; ++i) {
        if (i == 400) {
          running.clear();
          all.clear();
        }
        state = state * 1664525U + 1013904223U;
        all.push_back(static_cast<float>((state >> 10) % (i < 200 ? 9 : 4000)));
        running.add(all.back());
        std::vector<float> last(all.end() - static_cast<std::ptrdiff_t>(std::min(capacity, all.size())), all.end());
        std::sort(last.begin(), last.end());
        CHECK(running.size() == last.size());
        CHECK(running.value() == last[static_cast<std::size_t>(q * static_cast<double>(last.size() - 1) + 0.5)]);
      }
    }
  }
}
