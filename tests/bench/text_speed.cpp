#include "bench/text_speed.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <memory>

#include "base/byte_source.hpp"
#include "formats/reader.hpp"
#include "formats/recording_from_table.hpp"

namespace klono::bench {
namespace {

constexpr std::size_t kRows = 1'500'000;
constexpr int kCopiesEach = 8;  // one is too short to time

template <class Work>
double best_seconds(int repeats, Work work) {
  double best_s = 1e300;
  for (int k = 0; k < repeats; ++k) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    best_s = std::min(best_s, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  return best_s;
}

/// Times as they are written, and whether they are kept with their date.
std::string rows_of_text(bool dated) {
  std::string text;
  text.reserve(kRows * 56);
  char line[96];
  for (std::size_t i = 0; i < kRows; ++i) {
    const double t = 0.01 * static_cast<double>(i);
    const double x = 0.05 * std::sin(1.3 * t) + 0.001 * std::sin(97.0 * t);
    const double y = 0.6 + 0.02 * std::cos(0.7 * t) + 0.001 * std::cos(89.0 * t);
    const double z = -0.8 + 0.01 * std::sin(2.1 * t) + 0.001 * std::sin(83.0 * t);
    if (dated) {
      const auto ms = static_cast<int>(i * 10);
      std::snprintf(line, sizeof line, "2019-12-23 %02d:%02d:%02d.%03d,%.6f,%.6f,%.6f\n", 10 + ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000, x, y, z);
    } else {
      std::snprintf(line, sizeof line, "%.4f,%.6f,%.6f,%.6f\n", 1551178506.0 + t, x, y, z);
    }
    text += line;
  }
  return text;
}

std::vector<Cell> row(const std::string& name, double seconds, double bytes, double copy_s) {
  return {name, static_cast<double>(kRows) / seconds / 1e6, bytes / seconds / 1e6, seconds / copy_s};
}

}  // namespace

Table measure_text_speed(int repeats) {
  Table table{.key = "text", .title = "Reading text, best of " + std::to_string(repeats), .columns = {"work", "rows/s (millions)", "MB/s", "times a copy of the bytes"}, .rows = {}, .decimals = 2};
  for (const bool dated : {false, true}) {
    const std::string text = rows_of_text(dated);
    const auto bytes = static_cast<double>(text.size());
    std::string copy(text.size(), ' ');
    volatile char seen = 0;
    const double copy_s = best_seconds(repeats, [&] {
                            for (int k = 0; k < kCopiesEach; ++k) {
                              std::memcpy(copy.data(), text.data(), text.size());
                              seen = copy[static_cast<std::size_t>(k) * 1000];
                            }
                          }) / kCopiesEach;
    const auto source = std::make_shared<MemorySource>(text);
    std::size_t rows = 0;
    const double read_s = best_seconds(repeats, [&] {
      const Result<formats::RawTable> read = formats::read_table(source, {});
      rows = read.ok() ? static_cast<std::size_t>(read.value().num_rows()) : 0;
    });
    const double whole_s = best_seconds(repeats, [&] {
      const Result<Recording> read = formats::read_recording(source, {});
      rows = read.ok() ? rows : 0;
    });
    const std::string what = dated ? "dates" : "Unix seconds";
    if (rows != kRows) table.title += " (not all rows were read)";
    table.rows.push_back(row("rows, " + what, read_s, bytes, copy_s));
    table.rows.push_back(row("recording, " + what, whole_s, bytes, copy_s));
    table.rows.push_back(row("copy of the bytes, " + what, copy_s, bytes, copy_s));
  }
  return table;
}

}  // namespace klono::bench
