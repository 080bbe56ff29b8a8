// Shimmer's two accelerometers, and muscle signals as OpenSignals and BioSPPy write them.

#include <algorithm>
#include <cmath>

#include "base/words.hpp"
#include "formats/number_text.hpp"
#include "formats/text_dialect.hpp"
#include "nlohmann/json.hpp"

namespace klono::formats {
namespace {

using nlohmann::json;

// Chosen: the low-noise accelerometer ends at 2 g; noise and the way between the two never make such a difference.
constexpr float kLowNoiseRange_g = 2.0F;
constexpr float kShortfall_g = 0.25F;
constexpr int kClippedRows = 3;

RawColumn* wide_range_of(RawTable& table, const RawColumn& low_noise) {
  const std::size_t at = low_noise.name.find("_LN_");
  if (at == std::string::npos) return nullptr;
  std::string name = low_noise.name;
  name.replace(at, 4, "_WR_");
  for (RawColumn& column : table.columns)
    if (column.name == name && column.unit == "g") return &column;
  return nullptr;
}

int clipped_rows(const RawColumn& low_noise, const RawColumn& wide_range) {
  int clipped = 0;
  for (std::size_t i = 0; i < low_noise.values.size() && clipped < kClippedRows; ++i) {
    const float wide = std::abs(wide_range.values[i]);
    if (wide > kLowNoiseRange_g && std::abs(low_noise.values[i]) < wide - kShortfall_g) ++clipped;
  }
  return clipped;
}

std::string text_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<std::string> texts_at(const json& object, const char* key) {
  std::vector<std::string> texts;
  const auto found = object.find(key);
  if (found == object.end() || !found->is_array()) return texts;
  for (const json& item : *found) texts.push_back(item.is_string() ? item.get<std::string>() : std::string());
  return texts;
}

ColumnPlan counts_plan(std::size_t index, std::string name, ChannelRole role) {
  ColumnPlan plan;
  plan.index = index;
  plan.name = std::move(name);
  plan.role = role;
  plan.unit = plan.unit_in_file = word(Word::apps_unit_counts);
  return plan;
}

bool is_emg(std::string_view name) { return contains(lower_case(name), "emg"); }

/// The columns of one device, which begin at `first`. Sensors belong to its analogue channels, which stand last.
void plan_device(const json& device, std::size_t first, TextDialect& dialect) {
  const std::vector<std::string> columns = texts_at(device, "column");
  const std::vector<std::string> sensors = texts_at(device, "sensor");
  const std::vector<std::string> labels = texts_at(device, "label");
  if (sensors.empty() || sensors.size() > columns.size()) return;
  const std::size_t begin = columns.size() - sensors.size();
  std::vector<std::size_t> axes;
  for (std::size_t k = 0; k < sensors.size(); ++k) {
    const bool muscle = is_emg(sensors[k]) || (k < labels.size() && is_emg(labels[k]));
    if (muscle) dialect.columns.push_back(counts_plan(first + begin + k, columns[begin + k], ChannelRole::Emg));
    if (sensors[k] == "XYZ" || sensors[k] == "ACC") axes.push_back(k);
  }
  if (axes.size() != 3) return;
  // Counts of an accelerometer become g only with a scale that a person knows; beside a muscle signal they are left aside.
  for (std::size_t k = 0; k < 3 && std::none_of(dialect.columns.begin(), dialect.columns.end(), [](const ColumnPlan& plan) { return plan.role == ChannelRole::Emg; }); ++k) {
    ColumnPlan plan = counts_plan(first + begin + axes[k], columns[begin + axes[k]], acceleration_role(static_cast<int>(k)));
    plan.unit.clear();
    plan.unit_in_file.clear();
    dialect.columns.push_back(std::move(plan));
    dialect.codes = true;
  }
}

void set_start(const json& device, TextDialect& dialect) {
  const std::optional<WrittenTime> start = parse_written_time(text_at(device, "date") + " " + text_at(device, "time"));
  if (!start || dialect.start.basis != ClockBasis::None) return;
  dialect.start.basis = ClockBasis::Local;
  dialect.start.unix_ns = start->unix_ns;
}

/// Devices are keyed by their address, which is not kept.
Recognised plan_opensignals(std::string_view header, TextDialect dialect) {
  const json devices = json::parse(header, nullptr, false);
  if (!devices.is_object()) return std::nullopt;
  std::size_t first = 0;
  for (const json& device : devices) {
    if (!device.is_object()) continue;
    plan_device(device, first, dialect);
    set_start(device, dialect);
    first += texts_at(device, "column").size();
    const auto rate = device.find("sampling rate");
    if (rate != device.end() && rate->is_number() && dialect.nominal_rate_hz == 0.0) dialect.nominal_rate_hz = rate->get<double>();
  }
  if (!(dialect.nominal_rate_hz > 0.01 && dialect.nominal_rate_hz < 20000.0)) dialect.nominal_rate_hz = 0.0;
  if (dialect.columns.empty()) return Result<TextDialect>(no_acceleration());
  return Result<TextDialect>(std::move(dialect));
}

/// BioSPPy: "# Labels:= EMG" and a rate, one column a label.
Recognised plan_simple_text(const TextHead& head, TextDialect dialect) {
  for (const std::string& line : head.lines) {
    if (!line.starts_with('#')) break;
    const std::size_t mark = line.find(":=");
    if (mark == std::string::npos) continue;
    const std::string_view value = trimmed(std::string_view(line).substr(mark + 2));
    if (contains(line, "Rate")) dialect.nominal_rate_hz = parse_number(value, false).value_or(0.0);
    if (!contains(line, "Labels")) continue;
    std::vector<std::string_view> labels;
    split_fields(value, '\t', labels);
    for (std::size_t c = 0; c < labels.size(); ++c)
      if (is_emg(labels[c])) dialect.columns.push_back(counts_plan(c, std::string(trimmed(labels[c])), ChannelRole::Emg));
  }
  if (dialect.columns.empty()) return std::nullopt;
  if (!(dialect.nominal_rate_hz > 0.01 && dialect.nominal_rate_hz < 20000.0)) dialect.nominal_rate_hz = 0.0;
  return Result<TextDialect>(std::move(dialect));
}

}  // namespace

bool is_shimmer_raw(std::string_view name) {
  const std::string lower = lower_case(name);
  return lower.starts_with("shimmer") && lower.ends_with("_raw");
}

void take_wide_range_where_clipped(RawTable& table) {
  std::vector<std::pair<RawColumn*, RawColumn*>> pairs;
  for (RawColumn& column : table.columns)
    if (column.role <= ChannelRole::AccelerationZ)
      if (RawColumn* wide = wide_range_of(table, column); wide != nullptr) pairs.emplace_back(&column, wide);
  const bool clipped = std::any_of(pairs.begin(), pairs.end(), [](const auto& pair) { return clipped_rows(*pair.first, *pair.second) >= kClippedRows; });
  if (pairs.size() != 3 || !clipped) return;
  for (const auto& [low_noise, wide] : pairs) {
    wide->role = low_noise->role;
    low_noise->role = ChannelRole::Other;
  }
  table.warnings.push_back({"wide-range", std::string(word(Word::apps_warn_wide_range))});
}

Recognised recognise_opensignals(const TextHead& head, const ReadOptions& options) {
  if (head.lines.size() < 3 || !options.columns.empty()) return std::nullopt;
  TextDialect dialect;
  dialect.format = word(Word::apps_name_opensignals);
  dialect.separator = '\t';
  for (std::size_t i = 0; i < head.lines.size() && head.lines[i].starts_with('#'); ++i) dialect.first_data_line = static_cast<std::int64_t>(i) + 2;
  if (head.lines[0].starts_with("# Simple Text Format")) return plan_simple_text(head, std::move(dialect));
  if (!head.lines[0].starts_with("# OpenSignals Text File Format")) return std::nullopt;
  for (const std::string& line : head.lines)
    if (line.starts_with("# {")) return plan_opensignals(std::string_view(line).substr(2), std::move(dialect));
  return std::nullopt;
}

}  // namespace klono::formats
