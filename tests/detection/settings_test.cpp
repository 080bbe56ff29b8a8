#include <doctest/doctest.h>

#include <set>
#include <string>

#include "signals.hpp"

using namespace klono;
using namespace klono::test;

TEST_CASE("Every default lies in its range, has a source, and can be set by its key") {
  const DetectorSettings defaults;
  std::set<std::string_view> keys;
  for (const SettingInfo& info : setting_table()) {
    CHECK(keys.insert(info.key).second);
    CHECK(info.get(defaults) >= info.low);
    CHECK(info.get(defaults) <= info.high);
    CHECK_FALSE(info.source.empty());
    DetectorSettings changed;
    REQUIRE(set_by_key(changed, info.key, info.high).ok());
    CHECK(info.get(changed) == info.high);
    const Status refused = set_by_key(changed, info.key, info.high + 1000.0);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().what.find(info.key) != std::string::npos);
  }
  CHECK_FALSE(set_by_key(*std::make_unique<DetectorSettings>(), "candidates.none", 1.0).ok());
}

TEST_CASE("The defaults are those of the literature table") {
  const DetectorSettings d;
  CHECK(d.candidates.floor_multiple == 7.0);
  CHECK(d.candidates.smallest_peak_g == 0.020);
  CHECK(d.candidates.off_fraction == 0.4);
  CHECK(d.candidates.envelope_s == 0.10);
  CHECK(d.rejection.longest_rise_s == 0.15);
  CHECK(d.rejection.quiet_s == 1.0);
  CHECK(d.rejection.largest_tilt_deg == 10.0);
  CHECK(d.rejection.body_movement_s == 10.0);
  CHECK(d.rejection.body_margin_s == 5.0);
  CHECK(d.grouping.series_gap_s == 2.0);
  CHECK(d.grouping.rhythmic_cv_below == 0.35);
  CHECK(d.gate);
}

TEST_CASE("Sensitive finds no fewer events than balanced, careful no more") {
  Signal signal = still(400.0, 100.0, 0.001);
  for (int i = 0; i < 24; ++i) add_jerk(signal, 10.0 + 16.0 * i, 0.0022 + 0.0002 * i);
  DetectorSettings settings;
  settings.sensitivity = Sensitivity::Careful;
  const std::size_t careful = detect(signal, settings).events.size();
  settings.sensitivity = Sensitivity::Balanced;
  const std::size_t balanced = detect(signal, settings).events.size();
  settings.sensitivity = Sensitivity::Sensitive;
  const std::size_t sensitive = detect(signal, settings).events.size();
  CHECK(careful < balanced);
  CHECK(balanced < sensitive);
}
