#include "formats/resting_unit.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "base/units.hpp"
#include "base/words.hpp"
#include "formats/columns.hpp"

namespace klono::formats {
namespace {

constexpr std::size_t kWindow = 50;         // samples; about a second of the usual rates
constexpr double kNarrow = 0.15;
constexpr double kWide = 0.35;               // the three units are factors apart; a moving hand needs room (chosen)
constexpr std::size_t kMostWindows = 4000;  // spread over the whole recording

struct Still {
  double spread = 0.0;
  double level = 0.0;
};

bool is_acceleration(const RawColumn& column) { return column.role <= ChannelRole::AccelerationMagnitude; }

bool near(double value, double target, double tolerance) { return std::abs(value - target) <= tolerance * target; }

/// Small whole numbers of both axes and codes alike: 6-bit codes have no sign.
bool looks_like_codes(const RawTable& table) {
  float largest = 0.0F;
  for (const RawColumn& column : table.columns) {
    if (!is_acceleration(column)) continue;
    for (const float value : column.values) {
      if (std::isnan(value)) continue;
      if (value < 0.0F || value != std::floor(value)) return false;
      largest = std::max(largest, value);
    }
  }
  return largest > 20.0F && largest <= 255.0F;
}

double factor_of(const std::string& unit_in_file) {
  const std::optional<UnitInfo> unit = parse_unit(unit_in_file);
  return unit && unit->target == "g" ? unit->factor : 0.0;
}

/// Whether a resting level, read in the written unit, is 1 g in another one. A device at rest shows 1 g or, with
/// gravity taken away, its noise; never one unit of another scale, nor many g.
bool contradicts(double level_g, double factor) {
  if (level_g > 1.6 && near(level_g, kStandardGravity_m_s2, kNarrow)) return true;
  if (level_g > 20.0) return true;
  const double in_file = level_g / factor;
  return level_g < 0.3 && (near(in_file, 1.0, kNarrow) || near(in_file, kStandardGravity_m_s2, kNarrow));
}

void take_back_contradicted_unit(RawTable& table) {
  if (table.gravity_known && !table.has_gravity) return;
  double factor = 0.0;
  for (const RawColumn& column : table.columns)
    if (is_acceleration(column)) factor = factor_of(column.unit_in_file);
  const double level_g = resting_magnitude(table);
  if (!(factor > 0.0) || !contradicts(level_g, factor)) return;
  std::string unit;
  for (RawColumn& column : table.columns) {
    if (!is_acceleration(column)) continue;
    for (float& value : column.values) value = static_cast<float>(static_cast<double>(value) / factor);
    column.unit.clear();
    unit = column.unit_in_file;
  }
  table.unit_conflict = true;
  char level[32];
  std::snprintf(level, sizeof level, "%.3g", level_g / factor);
  table.warnings.push_back({"unit-conflict", fill(Word::formats_warn_unit_conflict, {{"unit", unit}, {"level", level}})});
}

}  // namespace

double resting_magnitude(const RawTable& table) {
  const RawColumn* x = table.find(ChannelRole::AccelerationX);
  const RawColumn* y = table.find(ChannelRole::AccelerationY);
  const RawColumn* z = table.find(ChannelRole::AccelerationZ);
  const RawColumn* magnitude = table.find(ChannelRole::AccelerationMagnitude);
  const bool axes = x != nullptr && y != nullptr && z != nullptr;
  if (!axes && magnitude == nullptr) return std::numeric_limits<double>::quiet_NaN();
  const auto rows = static_cast<std::size_t>(table.num_rows());
  const auto length_at = [&](std::size_t i) {
    return axes ? std::hypot(static_cast<double>(x->values[i]), static_cast<double>(y->values[i]), static_cast<double>(z->values[i]))
                : std::abs(static_cast<double>(magnitude->values[i]));
  };
  std::vector<Still> windows;
  const std::size_t count = std::max<std::size_t>(1, rows / kWindow);
  const std::size_t stride = std::max<std::size_t>(1, count / kMostWindows);
  for (std::size_t w = 0; w < count; w += stride) {
    double sum = 0.0;
    double squares = 0.0;
    double n = 0.0;
    for (std::size_t i = w * kWindow; i < std::min(rows, (w + 1) * kWindow); ++i) {
      const double length = length_at(i);
      if (!std::isfinite(length)) continue;
      sum += length;
      squares += length * length;
      n += 1.0;
    }
    if (n < 1.0) continue;
    const double mean = sum / n;
    windows.push_back({std::max(0.0, squares / n - mean * mean), mean});
  }
  if (windows.empty()) return std::numeric_limits<double>::quiet_NaN();
  const std::size_t quarter = std::max<std::size_t>(1, windows.size() / 4);
  std::nth_element(windows.begin(), windows.begin() + static_cast<std::ptrdiff_t>(quarter - 1), windows.end(),
                   [](const Still& a, const Still& b) { return a.spread < b.spread; });
  const auto middle = windows.begin() + static_cast<std::ptrdiff_t>(quarter / 2);
  std::nth_element(windows.begin(), middle, windows.begin() + static_cast<std::ptrdiff_t>(quarter),
                   [](const Still& a, const Still& b) { return a.level < b.level; });
  return middle->level;
}

void settle_unit(RawTable& table) {
  if (!table.has_acceleration()) return;
  if (table.unit_basis == UnitBasis::Written) return take_back_contradicted_unit(table);
  bool unknown = false;
  for (const RawColumn& column : table.columns) unknown = unknown || (is_acceleration(column) && column.unit.empty());
  if (!unknown) return;
  const double level = resting_magnitude(table);
  const char* name = nullptr;
  double factor = 1.0;
  if (near(level, 1.0, kWide)) {
    name = "g";
  } else if (near(level, kStandardGravity_m_s2, kWide)) {
    name = "m/s^2";
    factor = 1.0 / kStandardGravity_m_s2;
  } else if (near(level, 1000.0, kWide)) {
    name = "mg";
    factor = 0.001;
  } else {
    if (looks_like_codes(table)) table.needs_scale_hint = word(Word::formats_hint_codes);
    return;
  }
  for (RawColumn& column : table.columns) {
    if (!is_acceleration(column) || !column.unit.empty()) continue;
    column.unit = "g";
    column.unit_in_file = name;
    for (float& value : column.values) value = static_cast<float>(static_cast<double>(value) * factor);
  }
  table.unit_basis = UnitBasis::Guessed;
}

void judge_resting_level(double level_g, Recording& recording) {
  if (!(level_g < 0.85 || level_g > 1.15)) return;
  if (level_g < 0.3) {
    recording.has_gravity = false;
    return;
  }
  // The sum of absolute axes rests at up to 1.77 g; no gain repairs it.
  if (level_g >= 1.6) recording.amplitudes_valid = false;
  char level[32];
  std::snprintf(level, sizeof level, "%.2f", level_g);
  recording.warnings.push_back({"resting-off-1g", fill(Word::formats_warn_resting, {{"level", level}})});
}

}  // namespace klono::formats
