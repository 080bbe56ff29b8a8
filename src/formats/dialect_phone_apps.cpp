// Phone apps whose exports have a header of their own; what the header means beyond its names.

#include <algorithm>

#include "base/units.hpp"
#include "base/words.hpp"
#include "formats/number_text.hpp"
#include "formats/text_dialect.hpp"

namespace klono::formats {
namespace {

bool has_name(const Layout& layout, std::string_view name) {
  return std::any_of(layout.names.begin(), layout.names.end(), [&](const std::string& one) { return lower_case(one) == name; });
}

void set_acceleration_unit(TextDialect& dialect, const UnitInfo& unit) {
  for (ColumnPlan& plan : dialect.columns) {
    if (plan.role > ChannelRole::AccelerationMagnitude) continue;
    plan.unit = unit.target;
    plan.unit_in_file = unit.name;
    plan.factor = unit.factor;
  }
  dialect.unit_basis = UnitBasis::Written;
}

void drop_acceleration(TextDialect& dialect, ChannelRole first_role) {
  for (ColumnPlan& plan : dialect.columns) {
    if (plan.role > ChannelRole::AccelerationZ) continue;
    const int axis = static_cast<int>(plan.role);
    plan.role = first_role == ChannelRole::RotationX ? rotation_role(axis) : ChannelRole::Other;
    if (first_role == ChannelRole::RotationX) {
      plan.unit = "rad/s";
      plan.unit_in_file = "rad/s";
    }
  }
}

std::string base_name(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  return lower_case(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

/// Every sensor has the same header; only the file's name tells which one it is.
void name_sensor_logger(TextDialect& dialect, const ReadOptions& options) {
  dialect.format = word(Word::formats_name_sensor_logger);
  if (lower_case(dialect.time_name) == "time") dialect.time_unit_s = 1e-9;
  const std::string name = base_name(options.file_name);
  if (name.starts_with("accelerometer.") || name.starts_with("accelerometer-")) {
    set_acceleration_unit(dialect, {"m/s^2", "g", 1.0 / kStandardGravity_m_s2});
    dialect.gravity_known = true;
    dialect.has_gravity = false;
  } else if (name.starts_with("totalacceleration")) {
    set_acceleration_unit(dialect, {"m/s^2", "g", 1.0 / kStandardGravity_m_s2});
  } else if (name.starts_with("gyroscope")) {
    drop_acceleration(dialect, ChannelRole::RotationX);
  } else if (starts_with_any(name, {"magnetometer", "orientation", "gravity"})) {
    drop_acceleration(dialect, ChannelRole::Other);
  }
}

void name_physics_toolbox(TextDialect& dialect, const Layout& layout) {
  dialect.format = word(Word::formats_name_physics_toolbox);
  // gF is g with gravity; the a columns beside it are without.
  for (ColumnPlan& plan : dialect.columns) {
    if (plan.role > ChannelRole::AccelerationZ) continue;
    const std::string wanted = std::string("gf") + static_cast<char>('x' + static_cast<int>(plan.role));
    for (std::size_t c = 0; c < layout.names.size(); ++c) {
      if (lower_case(layout.names[c]) != wanted) continue;
      plan.index = c;
      plan.name = layout.names[c];
    }
  }
  set_acceleration_unit(dialect, {"g", "g", 1.0});
  dialect.gravity_known = false;
  dialect.has_gravity = true;
  dialect.zero_order_hold = layout.field_count > 5;
  for (ColumnPlan& plan : dialect.columns)
    if (plan.role >= ChannelRole::RotationX && plan.role <= ChannelRole::RotationZ && plan.unit.empty()) plan.unit = plan.unit_in_file = "rad/s";
}

/// Experiments with several sensors name their columns "X (m/s^2)" and tell the sensor by the file's name only.
void name_phyphox(TextDialect& dialect, const ReadOptions& options) {
  dialect.format = word(Word::formats_name_phyphox);
  const std::string name = base_name(options.file_name);
  if (!contains(name, "linear") && !contains(name, "ohne g") && !contains(name, "without g")) return;
  dialect.gravity_known = true;
  dialect.has_gravity = false;
}

std::optional<std::size_t> column_starting(const Layout& layout, std::string_view start) {
  for (std::size_t c = 0; c < layout.names.size(); ++c)
    if (lower_case(layout.names[c]).starts_with(start)) return c;
  return std::nullopt;
}

/// Gravity that stands in columns of its own, added to the acceleration that came without; false where it is missing.
bool add_gravity_columns(TextDialect& dialect, const Layout& layout, const std::string& gravity) {
  for (const ColumnPlan& plan : dialect.columns)
    if (plan.role <= ChannelRole::AccelerationZ && !column_starting(layout, gravity + static_cast<char>('x' + static_cast<int>(plan.role)))) return false;
  for (ColumnPlan& plan : dialect.columns)
    if (plan.role <= ChannelRole::AccelerationZ) plan.added_index = column_starting(layout, gravity + static_cast<char>('x' + static_cast<int>(plan.role)));
  dialect.gravity_known = false;
  dialect.has_gravity = true;
  return true;
}

/// All sensors share a row, so that values repeat: the sensor's own stamps tell which rows are its own.
void name_sensorlog(TextDialect& dialect, const Layout& layout) {
  dialect.format = word(Word::formats_name_sensorlog);
  const bool raw = column_starting(layout, "accelerometeraccelerationx").has_value();
  if (!raw) add_gravity_columns(dialect, layout, "motiongravity");
  const std::optional<std::size_t> own = column_starting(layout, raw ? "accelerometertimestamp_sincereboot" : "motiontimestamp_sincereboot");
  if (!own) return;
  if (!dialect.clock_index) dialect.clock_index = column_starting(layout, "loggingtime");
  dialect.time_kind = TimeKind::Number;
  dialect.time_index = *own;
  dialect.time_name = layout.names[*own];
  dialect.time_unit_s = 1.0;
  dialect.stamps_repeat = true;
}

/// Sensor Logger on a watch: acceleration and gravity in one file, in g or, where standardised, in m/s2: gravity tells.
void name_wrist_motion(TextDialect& dialect, const Layout& layout) {
  dialect.format = word(Word::formats_name_sensor_logger);
  if (lower_case(dialect.time_name) == "time") dialect.time_unit_s = 1e-9;
  if (!add_gravity_columns(dialect, layout, "gravity")) {
    dialect.gravity_known = true;
    dialect.has_gravity = false;
  }
  for (ColumnPlan& plan : dialect.columns)
    if (plan.role >= ChannelRole::RotationX && plan.role <= ChannelRole::RotationZ && plan.unit.empty()) plan.unit = plan.unit_in_file = "rad/s";
}

/// The stamps are those of the EEG, five times as many: acceleration repeats in between.
void name_mind_monitor(TextDialect& dialect) {
  dialect.format = word(Word::apps_name_mind_monitor);
  set_acceleration_unit(dialect, {"g", "g", 1.0});
  dialect.zero_order_hold = true;
  for (ColumnPlan& plan : dialect.columns)
    if (plan.role >= ChannelRole::RotationX && plan.role <= ChannelRole::RotationZ && plan.unit.empty()) plan.unit = plan.unit_in_file = "deg/s";
}

}  // namespace

void name_phone_app(TextDialect& dialect, const TextHead& head, const Layout& layout, const ReadOptions& options) {
  const auto first_line = std::find_if(head.lines.begin(), head.lines.end(), [](const std::string& line) { return !trimmed(line).empty(); });
  const std::string_view first = first_line == head.lines.end() ? std::string_view() : std::string_view(*first_line);
  if (has_name(layout, "gfx") && has_name(layout, "gfy") && has_name(layout, "gfz")) return name_physics_toolbox(dialect, layout);
  if (has_name(layout, "time") && has_name(layout, "seconds_elapsed") && has_name(layout, "z")) return name_sensor_logger(dialect, options);
  if (first.starts_with("\"Time (s)\"")) return name_phyphox(dialect, options);
  if (has_name(layout, "seconds_elapsed") && has_name(layout, "accelerationx") && has_name(layout, "rotationratex")) return name_wrist_motion(dialect, layout);
  if (has_name(layout, "relative_time") && has_name(layout, "accx")) {
    dialect.format = word(Word::apps_name_science_journal);
    return set_acceleration_unit(dialect, {"m/s^2", "g", 1.0 / kStandardGravity_m_s2});
  }
  if (has_name(layout, "timestamp") && has_name(layout, "accelerometer_x") && has_name(layout, "elements")) return name_mind_monitor(dialect);
  if (has_name(layout, "timestamp") && has_name(layout, "x") && has_name(layout, "z") && dialect.time_kind == TimeKind::Written && layout.field_count == 4)
    dialect.format = word(Word::apps_name_matlab_mobile);
  for (const std::string& name : layout.names) {
    const std::string lower = lower_case(name);
    if (starts_with_any(lower, {"time since start in ms", "time since start (ms"})) dialect.format = word(Word::formats_name_androsensor);
    if (lower.starts_with("shimmer_")) {
      dialect.format = word(Word::formats_name_shimmer);
      dialect.wide_range_beside = dialect.wide_range_beside || contains(lower, "_accel_wr_x_cal");
    }
    if (starts_with_any(lower, {"accelerometeraccelerationx", "motionuseraccelerationx"})) return name_sensorlog(dialect, layout);
  }
}

void name_headerless(TextDialect& dialect, const TextHead& head, const Layout& layout) {
  // cloudUPDRS: nanoseconds since the phone started, x, y, z, accuracy 0 to 3.
  std::vector<std::string_view> fields;
  split_fields(head.lines[layout.first_data], layout.separator, fields);
  if (fields.size() != 5 || layout.separator != ',' || dialect.time_index != 0) return;
  const std::optional<std::int64_t> stamp = parse_integer(fields[0]);
  const std::optional<std::int64_t> accuracy = parse_integer(fields[4]);
  if (!stamp || *stamp < 1'000'000'000 || !accuracy || *accuracy < 0 || *accuracy > 3) return;
  dialect.format = word(Word::apps_name_cloudupdrs);
}

}  // namespace klono::formats
