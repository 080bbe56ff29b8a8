#include "bench/bars.hpp"

#include <string>

#include "bench/score.hpp"

namespace klono::bench {
namespace {

constexpr double kOracleLow = 0.80;
constexpr double kOracleHigh = 0.95;
constexpr double kBelowOracle = 0.05;
constexpr double kShareOfOracle = 0.8;
constexpr double kOnset95_ms = 40.0;
constexpr double kPeakError = 0.10;
constexpr double kSeries = 0.8;
constexpr double kFragments = 1.0 / 50.0;

class Rows {
 public:
  explicit Rows(Table& table) : table_(table) {}
  void at_least(const std::string& what, double reached, double asked) { add(what, reached, "at least", asked, reached >= asked); }
  void at_most(const std::string& what, double reached, double asked) { add(what, reached, "at most", asked, reached <= asked); }
  void told(const std::string& what, double reached) { table_.rows.push_back({what, reached, std::string(), std::string(), std::string()}); }

 private:
  void add(const std::string& what, double reached, const char* side, double asked, bool met) {
    table_.rows.push_back({what, reached, std::string(side), asked, std::string(met ? "met" : "missed")});
  }
  Table& table_;
};

}  // namespace

Table bars_table(const BarFigures& figures, const std::string& key, const std::string& title) {
  Table table{.key = key, .title = title, .columns = {"bar", "reached", "asked for", "value", "result"}, .rows = {}};
  Rows rows(table);
  rows.at_least("hardness: F1 of the oracle at rest", figures.oracle_at_rest.f1, kOracleLow);
  rows.at_most("hardness: F1 of the oracle at rest, upper end", figures.oracle_at_rest.f1, kOracleHigh);
  rows.at_least("at rest: F1, oracle's less 0.05", figures.ours_at_rest.f1, figures.oracle_at_rest.f1 - kBelowOracle);
  rows.at_least("at rest: recall at 1 false event an hour, 0.8 of the oracle's", figures.ours_at_rest.recall_at_rate, kShareOfOracle * figures.oracle_at_rest.recall_at_rate);
  rows.at_least("active, gate off: F1, 0.8 of the oracle's", figures.ours_active.f1, kShareOfOracle * figures.oracle_active.f1);
  rows.told("active, gate on: share that can be analysed", figures.gated.analysable_hours / figures.gated.recorded_hours);
  rows.told("active, gate on: false events an hour", figures.gated.false_events / figures.gated.hours);
  rows.told("active, gate on: false events an analysable hour", figures.gated.false_events / figures.gated.analysable_hours);
  rows.told("exactness: jerks measured", static_cast<double>(figures.at_rest.onset_error_s.size()));
  rows.at_most("onset error, median (sample periods)", quantile(figures.at_rest.onset_error_periods, 0.5), 1.0);
  rows.at_most("onset error, 95th percentile (ms)", 1000.0 * quantile(figures.at_rest.onset_error_s, 0.95), kOnset95_ms);
  rows.at_most("peak error, median (share)", quantile(figures.at_rest.peak_error, 0.5), kPeakError);
  rows.at_least("series found as series: F1", figures.at_rest.series.f1(), kSeries);
  rows.at_most("fragments an event found", static_cast<double>(figures.fragments_at_rest) / figures.found_at_rest, kFragments);
  return table;
}

}  // namespace klono::bench
