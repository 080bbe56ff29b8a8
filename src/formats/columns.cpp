#include "formats/columns.hpp"

#include <array>
#include <vector>

#include "base/units.hpp"
#include "formats/number_text.hpp"

namespace klono::formats {
namespace {

constexpr std::string_view kSquared = "\xC2\xB2";  // ²

std::string normalised_unit(std::string_view text) {
  std::string unit;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with(kSquared)) {
      unit += "2";
      ++i;
    } else if (text[i] != ' ' && text[i] != '^' && text[i] != '(' && text[i] != ')' && text[i] != '[' && text[i] != ']') {
      unit += text[i];
    }
  }
  return unit;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Runs of letters, lower case; a capital after a small letter begins a new one ("accelerationX").
std::vector<std::string> letter_runs(std::string_view name) {
  std::vector<std::string> runs;
  bool in_run = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!is_letter(c)) {
      in_run = false;
      continue;
    }
    const bool capital = c >= 'A' && c <= 'Z';
    const bool hump = in_run && capital && i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z';
    if (!in_run || hump) runs.emplace_back();
    runs.back() += capital ? static_cast<char>(c - 'A' + 'a') : c;
    in_run = true;
  }
  return runs;
}

bool any_contains(const std::vector<std::string>& runs, std::initializer_list<std::string_view> parts) {
  for (const std::string& run : runs)
    for (const std::string_view part : parts)
      if (contains(run, part)) return true;
  return false;
}

bool any_is(const std::vector<std::string>& runs, std::initializer_list<std::string_view> words) {
  for (const std::string& run : runs)
    for (const std::string_view word : words)
      if (run == word) return true;
  return false;
}

int axis_letter(char c) { return c == 'x' ? 0 : c == 'y' ? 1 : c == 'z' ? 2 : -1; }

/// A run that is one of x, y, z, else a short run that ends with one ("gfx", "ax", "accy").
int axis_of(const std::vector<std::string>& runs, std::string& stem) {
  for (const std::string& run : runs)
    if (run.size() == 1 && axis_letter(run[0]) >= 0) return axis_letter(run[0]);
  for (const std::string& run : runs) {
    if (run.size() < 2 || run.size() > 14 || axis_letter(run.back()) < 0) continue;
    stem = run.substr(0, run.size() - 1);
    for (const std::string_view known : {"a", "g", "gf", "w", "b", "m", "q", "gr", "acc", "accel", "acceleration", "accelerometer",
                                         "lin", "linacc", "gyr", "gyro", "gyroscope", "rot", "rotation", "mag", "gravity", "grav",
                                         "useracceleration", "o", "e", "p"})
      if (stem == known) return axis_letter(run.back());
    stem.clear();
  }
  return -1;
}

/// A column of times, named in another language; `whole` is lower case where it is ASCII.
bool names_time(const std::vector<std::string>& runs, std::string_view whole) {
  return any_contains(runs, {"time"}) ||
         any_is(runs, {"date", "datetime", "epoch", "yyyy", "zeit", "uhrzeit", "zeitpunkt", "zeitstempel", "datum", "sekunden", "temps", "heure",
                       "horodatage", "secondes", "tiempo", "hora", "fecha", "segundos", "tempo", "ora", "secondi", "tijd", "tijdstip", "seconden", "czas",
                       "tid", "tidspunkt", "aika", "zaman", "vrijeme"}) ||
         starts_with_any(whole, {"id\xC5\x91", "\xC4\x8D" "as", "\xC4\x8C" "as", "\xCF\x87\xCF\x81\xCF\x8C\xCE\xBD", "\xCE\xA7\xCF\x81\xCF\x8C\xCE\xBD",
                                 "\xD0\xB2\xD1\x80\xD0\xB5\xD0\xBC\xD1\x8F", "\xD0\x92\xD1\x80\xD0\xB5\xD0\xBC\xD1\x8F", "\xE6\x97\xB6\xE9\x97\xB4",
                                 "\xE6\x99\x82\xE9\x96\x93"});  // Hungarian, Czech, Greek, Russian, Chinese, Japanese
}

}  // namespace

std::optional<UnitInfo> parse_unit(std::string_view text) {
  const std::string unit = normalised_unit(text);
  for (const std::string_view form : {"m/s2", "m/s/s", "ms-2", "m/ss", "m*s-2", "m.s-2", "m/sec2"})
    if (unit == form) return UnitInfo{"m/s^2", "g", 1.0 / kStandardGravity_m_s2};
  if (unit == "g" || unit == "G" || unit == "gn") return UnitInfo{"g", "g", 1.0};
  if (unit == "mg" || unit == "mG") return UnitInfo{"mg", "g", 0.001};
  for (const std::string_view form : {"rad/s", "rads-1", "rad/sec"})
    if (unit == form) return UnitInfo{"rad/s", "rad/s", 1.0};
  for (const std::string_view form : {"deg/s", "dps", "\xC2\xB0/s", "degrees/s", "deg/sec"})
    if (unit == form) return UnitInfo{"deg/s", "deg/s", 1.0};
  for (const std::string_view form : {"uT", "\xC2\xB5T", "\xCE\xBCT", "mV", "uV", "V", "Pa", "hPa", "\xC2\xB0", "deg", "rad", "local_flux", "i",
                                      "dB", "lx", "no_units", "kOhms", "uS"})
    if (unit == form) return UnitInfo{std::string(unit), "", 1.0};
  return std::nullopt;
}

std::string_view bracketed(std::string_view name) {
  const std::size_t open = name.find_first_of("([");
  const std::size_t close = name.find_last_of(")]");
  if (open == std::string_view::npos || close == std::string_view::npos || close <= open) return {};
  return name.substr(open + 1, close - open - 1);
}

ColumnGuess guess_column(std::string_view name) {
  ColumnGuess guess;
  guess.unit = parse_unit(bracketed(name));
  const std::size_t open = name.find_first_of("([");
  std::vector<std::string> runs = letter_runs(open == 0 ? name : name.substr(0, open));
  const std::string whole = lower_case(trimmed(name));
  if (whole == "gfx" || whole == "gfy" || whole == "gfz") runs = {whole};  // gFx is one word to those who write it
  const bool timed = names_time(runs, whole) || whole == "t" || whole == "ms" ||
                     whole == "seconds_elapsed" || whole.starts_with("t (") || whole == "t_s" || whole == "t_ms";
  std::string stem;
  guess.axis = axis_of(runs, stem);
  if (timed && guess.axis < 0) {
    guess.kind = ColumnKind::Time;
    return guess;
  }
  const bool rotation = any_contains(runs, {"gyr", "rotation", "angular", "winkelgeschwindigkeit", "drehrate"}) || any_is(runs, {"rot"}) || stem == "w";
  const bool other = any_contains(runs, {"magn", "quat", "orient", "gravity", "schwerkraft", "euler", "pressure", "temp", "location", "attitude"}) ||
                     any_is(runs, {"mag", "grav"}) || stem == "b" || stem == "m" || stem == "q" || stem == "gr" || stem == "o" ||
                     stem == "e" || stem == "p" || stem == "mag" || stem == "gravity" || stem == "grav";
  if (guess.axis < 0) {
    const bool magnitude = any_is(runs, {"magnitude", "vm", "svm", "rawdata"}) && !rotation;
    if (magnitude) guess.kind = ColumnKind::Magnitude;
    return guess;
  }
  if (guess.unit) {
    if (guess.unit->target.empty()) return guess;
    if (guess.unit->target != "g") {
      guess.kind = ColumnKind::Rotation;
      return guess;
    }
  }
  if (rotation) {
    guess.kind = ColumnKind::Rotation;
  } else if (other) {
    guess.kind = ColumnKind::Other;
  } else if (any_contains(runs, {"linear", "useraccel"}) || any_is(runs, {"lin", "user", "ohne"}) || stem == "lin" || stem == "linacc" ||
             stem == "useracceleration") {
    guess.kind = ColumnKind::LinearAcceleration;
  } else {
    guess.kind = ColumnKind::Acceleration;
  }
  return guess;
}

double time_unit_of(std::string_view name) {
  const std::string text = lower_case(trimmed(name));
  const std::string_view unit = bracketed(text);
  if (unit == "ns" || text.ends_with("_ns") || contains(text, " in ns")) return 1e-9;
  if (unit == "us" || text.ends_with("_us")) return 1e-6;
  if (unit == "ms" || text == "ms" || text.ends_with("_ms") || contains(text, " in ms")) return 1e-3;
  if (unit == "s" || unit == "sec" || unit == "seconds" || text.ends_with("_s") || text == "seconds_elapsed") return 1.0;
  return 0.0;
}

ChannelRole acceleration_role(int axis) {
  constexpr std::array<ChannelRole, 3> roles{ChannelRole::AccelerationX, ChannelRole::AccelerationY, ChannelRole::AccelerationZ};
  return axis >= 0 && axis < 3 ? roles[static_cast<std::size_t>(axis)] : ChannelRole::AccelerationMagnitude;
}

ChannelRole rotation_role(int axis) {
  constexpr std::array<ChannelRole, 3> roles{ChannelRole::RotationX, ChannelRole::RotationY, ChannelRole::RotationZ};
  return axis >= 0 && axis < 3 ? roles[static_cast<std::size_t>(axis)] : ChannelRole::Other;
}

}  // namespace klono::formats
