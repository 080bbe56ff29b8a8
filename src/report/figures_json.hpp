#pragma once
/// Figures that more than one part of the data file tells, written in one way.

#include <span>
#include <string_view>

#include "patterns/limb_rules.hpp"
#include "patterns/near_sleep.hpp"
#include "patterns/rates.hpp"
#include "report/json_writer.hpp"

namespace klono::report {

/// "key": {"count", "hours", "per_hour", "low", "high"}; null where there is no rate.
void write_rate(JsonWriter& json, std::string_view key, const patterns::Rate& rate);

/// "limb_series": {"aasm": {…}, "wasm_2016": {…}}.
void write_limb_series(JsonWriter& json, std::span<const patterns::LimbRuleFigures> rules);

/// "rest": {"long_rests_estimated", "sleep_onsets": [{"at_s", "source": "marked" (in the file), "marked_by_person" or "estimated", "events_near"}], "near_s"}.
void write_rest(JsonWriter& json, const RestEstimate& rest, std::span<const patterns::NearSleep> near);

}  // namespace klono::report
