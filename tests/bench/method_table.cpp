#include "bench/method_table.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace klono::bench {
namespace {

constexpr std::uint64_t kBootstrapSeed = 20;

std::string interval_text(const Interval& interval) {
  std::array<char, 48> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.3f-%.3f", interval.low, interval.high);
  return buffer.data();
}

std::string told_with_counts(const std::string& title, const std::vector<Scored>& recordings) {
  std::size_t visible = 0;
  std::size_t all = 0;
  for (const Scored& recording : recordings) {
    all += recording.visible.size();
    visible += static_cast<std::size_t>(std::count(recording.visible.begin(), recording.visible.end(), true));
  }
  std::array<char, 192> counts{};
  std::snprintf(counts.data(), counts.size(), ": %zu recordings, %.1f h, %zu events put in, %zu of them visible; thresholds by train, intervals by bootstrap over recordings",
                recordings.size(), hours_of(recordings), all, visible);
  return title + counts.data();
}

}  // namespace

Table method_table(const std::string& key, const std::string& title, const std::vector<Sweep>& sweeps, const std::vector<std::size_t>& chosen,
                   const std::vector<Scored>& recordings, int bootstrap_draws) {
  const auto draws = bootstrap_weights(recordings, bootstrap_draws, kBootstrapSeed);
  Table table{.key = key, .title = told_with_counts(title, recordings),
              .columns = {"method", "threshold", "recall", "precision", "F1", "95 %", "false/h", "recall at 1 false/h", "95 % ", "recall of all", "F1 of all"},
              .rows = {}};
  for (std::size_t m = 0; m < sweeps.size(); ++m) {
    const Sweep& sweep = sweeps[m];
    const Score score = sweep.total(recordings, chosen[m], Truth::Visible);
    const Score of_all = sweep.total(recordings, chosen[m], Truth::All);
    const Interval f1 = bootstrap_interval(draws, [&](const Weights& w) { return sweep.total(recordings, chosen[m], Truth::Visible, w).f1(); });
    std::vector<Cell> row{sweep.method, sweep.points[chosen[m]], score.recall(), score.precision(), score.f1(), interval_text(f1), score.false_events / hours_of(recordings)};
    if (sweep.points.size() > 1) {
      const Interval at = bootstrap_interval(draws, [&](const Weights& w) { return sweep.recall_at(kAskedRate_per_h, recordings, w); });
      row.emplace_back(sweep.recall_at(kAskedRate_per_h, recordings));
      row.emplace_back(interval_text(at));
    } else {
      row.emplace_back(std::string("-"));
      row.emplace_back(std::string("-"));
    }
    row.emplace_back(of_all.recall());
    row.emplace_back(of_all.f1());
    table.rows.push_back(row);
  }
  return table;
}

std::string level_label(double snr_db) {
  static constexpr std::array kEdges = {0.0, 3.0, 6.0, 9.0, 12.0, 18.0};
  static constexpr std::array kLabels = {"a below 0 dB", "b 0-3 dB", "c 3-6 dB", "d 6-9 dB", "e 9-12 dB", "f 12-18 dB", "g above 18 dB"};
  return kLabels[static_cast<std::size_t>(std::upper_bound(kEdges.begin(), kEdges.end(), snr_db) - kEdges.begin())];
}

}  // namespace klono::bench
