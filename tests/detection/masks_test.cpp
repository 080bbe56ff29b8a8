#include "detection/mask_list.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

using namespace klono;
using namespace klono::detection;

TEST_CASE("Whatever is added, masks stay sorted and disjoint and cover exactly what was added") {
  std::uint32_t state = 12345;
  const auto random = [&](std::uint32_t below) {
    state = state * 1664525U + 1013904223U;
    return (state >> 8) % below;
  };
  for (int round = 0; round < 300; ++round) {
    MaskList list;
    std::vector<bool> covered(120, false);
    for (int i = 0; i < 12; ++i) {
      const std::uint32_t begin = random(100);
      const std::uint32_t length = 1 + random(20);
      list.add({static_cast<double>(begin), static_cast<double>(begin + length)}, static_cast<Reason>(1 + random(4)));
      for (std::uint32_t k = begin; k < begin + length; ++k) covered[k] = true;
    }
    double end = -1.0;
    std::vector<bool> seen(120, false);
    for (const Mask& mask : list.masks()) {
      REQUIRE(mask.span.begin_s >= end);
      REQUIRE(mask.span.length_s() > 0.0);
      end = mask.span.end_s;
      for (auto k = static_cast<std::size_t>(mask.span.begin_s); k < static_cast<std::size_t>(mask.span.end_s); ++k) seen[k] = true;
    }
    REQUIRE(seen == covered);
  }
}

TEST_CASE("Keeping a stretch clear cuts it out of every mask") {
  MaskList list;
  list.add({10.0, 20.0}, Reason::Tremor);
  list.keep_clear({14.0, 15.0});
  REQUIRE(list.masks().size() == 2);
  CHECK(list.total_s() == doctest::Approx(9.0));
  CHECK(list.touching({14.2, 14.8}) == Reason::None);
}

TEST_CASE("Whatever is kept clear, the rest of the masks stays as it was") {
  std::uint32_t state = 99;
  const auto random = [&](std::uint32_t below) {
    state = state * 1664525U + 1013904223U;
    return (state >> 8) % below;
  };
  for (int round = 0; round < 300; ++round) {
    MaskList list;
    for (int i = 0; i < 8; ++i) {
      const std::uint32_t begin = random(100);
      list.add({static_cast<double>(begin), static_cast<double>(begin + 1 + random(20))}, static_cast<Reason>(1 + random(4)));
    }
    const auto reasons_of = [](const MaskList& masks) {
      std::vector<Reason> cells(130, Reason::None);
      for (const Mask& mask : masks.masks())
        for (auto k = static_cast<std::size_t>(mask.span.begin_s); k < static_cast<std::size_t>(mask.span.end_s); ++k) cells[k] = mask.reason;
      return cells;
    };
    std::vector<Reason> expected = reasons_of(list);
    for (int i = 0; i < 5; ++i) {
      const std::uint32_t begin = random(100);
      const std::uint32_t end = begin + 1 + random(10);
      list.keep_clear({static_cast<double>(begin), static_cast<double>(end)});
      for (std::uint32_t k = begin; k < end; ++k) expected[k] = Reason::None;
    }
    REQUIRE(reasons_of(list) == expected);
  }
}
