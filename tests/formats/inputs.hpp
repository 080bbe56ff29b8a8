#pragma once
/// Recordings as text, made inside the tests: the same motion written in many ways, and archives around it.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_source.hpp"
#include "formats/read_options.hpp"
#include "signal/recording.hpp"

namespace klono::formats::inputs {

constexpr double kGravity_m_s2 = 9.80665;

/// One reading of a sensor that moves; acceleration in g.
struct MotionSample {
  double t_s = 0.0;
  double axis[3] = {0.0, 0.0, 0.0};
};

/// A resting sensor (1 g, tilted) with small movements, so that no two neighbours agree and every axis has a sign.
std::vector<MotionSample> motion(double rate_hz = 50.0, double seconds = 20.0);

/// The same in another unit, or with another level of gravity: every axis times `factor`.
std::vector<MotionSample> scaled(std::vector<MotionSample> readings, double factor);

std::string fixed(double value, int digits);

/// How a table is written.
struct Writing {
  std::string header = "time_s,acc_x,acc_y,acc_z";  ///< names with commas, whatever the separator; empty = none
  char separator = ',';
  bool decimal_comma = false;
  bool quoted = false;
  std::string line_end = "\n";
  std::string before_separator;  ///< spaces after each field
  std::string trailing;          ///< at the end of each row: a separator, spaces
  int digits = 5;                ///< of the axes
  bool with_time = true;
  std::function<std::string(double)> time = [](double t_s) { return fixed(t_s, 4); };
};
std::string written(const std::vector<MotionSample>& readings, const Writing& writing = {});

/// UTF-8 (ASCII) text in another encoding.
std::string utf16(std::string_view text, bool big_endian, bool with_mark);

/// A zip with its central directory; as phyphox writes it where `sizes_only_in_directory`.
struct Member {
  std::string name;
  std::string text;
};
struct ZipStyle {
  bool deflated = true;
  bool sizes_only_in_directory = false;
};
std::string zipped(const std::vector<Member>& members, ZipStyle style = {});
std::string gzipped(const std::string& text);
std::string raw_deflated(const std::string& text);  ///< without a head

/// Choices: the name the file has, or one answer as a person gives it.
ReadOptions named(std::string file_name);
ReadOptions choosing(std::string_view key, std::string_view value);

std::shared_ptr<const ByteSource> source_of(const std::string& bytes);

/// Bytes to recording, the way of the program.
Result<Recording> try_read(const std::string& bytes, const ReadOptions& options = {});

/// The same where it must succeed; the rules of a Recording (segments cover the samples, gaps are apart) are checked.
Recording read(const std::string& bytes, const ReadOptions& options = {});

/// The error of reading, or else of the question whether events can be looked for.
Error refusal_of(const std::string& bytes, const ReadOptions& options = {});

const std::vector<float>& axis(const Recording& recording, int k);

/// Largest difference to what was written, g; infinity where the counts differ.
double largest_difference(const Recording& recording, const std::vector<MotionSample>& readings);

/// The recording is motion() at 50 Hz, whole and in g.
void check_motion(const Recording& recording, double tolerance_g = 2e-5);

std::int64_t unix_ns(int year, int month, int day, int hour, int minute, int second);

bool has_warning(const Recording& recording, std::string_view code);

}  // namespace klono::formats::inputs
