// klono_bench [--short | --full] [--json FILE] [--examples N]
// klono_bench --speed | --real
// klono_bench --emg [--short] [--split train|test] [--json FILE]
// klono_bench --compare [--short] [--split train|test] [--json FILE]
// klono_bench --calibrate: what the confidence of an event is learned from, and its weights
//
// Exit code 1 only when something that must hold does not; never on accuracy or time.

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/accuracy.hpp"
#include "bench/calibration.hpp"
#include "bench/comparison.hpp"
#include "bench/drift.hpp"
#include "bench/emg/emg_comparison.hpp"
#include "bench/false_events.hpp"
#include "bench/gyroscope.hpp"
#include "bench/real_backgrounds.hpp"
#include "bench/stages.hpp"
#include "bench/text_speed.hpp"
#include "bench/throughput.hpp"
#include "detection/event.hpp"

namespace {

using namespace klono;
using namespace klono::bench;

struct Options {
  bool is_full = false;
  bool speed_only = false;
  bool compare_only = false;
  bool emg_only = false;
  bool real_only = false;
  bool calibrate_only = false;
  bool is_short = false;  ///< asked for by name
  std::optional<Split> split;
  std::string json_file;
  int examples = 3;
};

bool parse(int argc, char** argv, Options& options) {
  for (int k = 1; k < argc; ++k) {
    const std::string_view flag = argv[k];
    const bool has_value = k + 1 < argc;
    if (flag == "--short") {
      options.is_full = false;
      options.is_short = true;
    } else if (flag == "--full") {
      options.is_full = true;
    } else if (flag == "--speed") {
      options.speed_only = true;
    } else if (flag == "--real") {
      options.real_only = true;
    } else if (flag == "--calibrate") {
      options.calibrate_only = true;
    } else if (flag == "--compare") {
      options.compare_only = true;
    } else if (flag == "--emg") {
      options.emg_only = true;
    } else if (flag == "--split" && has_value && (std::string_view(argv[k + 1]) == "train" || std::string_view(argv[k + 1]) == "test")) {
      options.split = std::string_view(argv[++k]) == "train" ? Split::Train : Split::Test;
    } else if (flag == "--json" && has_value) {
      options.json_file = argv[++k];
    } else if (flag == "--examples" && has_value) {
      options.examples = std::atoi(argv[++k]);
    } else {
      return false;
    }
  }
  return true;
}

/// Prints each table at once, so that a long run shows where it is.
class Report {
 public:
  void add(const Table& table) {
    std::printf("%s\n", text_of(table).c_str());
    std::fflush(stdout);
    json_[table.key] = json_of(table);
  }
  void add(const std::vector<Table>& tables) {
    for (const Table& table : tables) add(table);
  }
  nlohmann::json& json() { return json_; }

 private:
  nlohmann::json json_;
};

bool write_json(const std::string& file, const nlohmann::json& json) {
  std::ofstream out(file, std::ios::binary);
  out << json.dump(2) << "\n";
  return static_cast<bool>(out);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!parse(argc, argv, options)) {
    std::fprintf(stderr, "use: klono_bench [--short | --full | --speed | --real | --calibrate | --emg [--short] [--split train|test] | --compare [--short] [--split train|test]] [--json FILE] [--examples N]\n");
    return 2;
  }
  const DetectorSettings settings;
  Invariants invariants;
  Report report;
  if (options.speed_only) {
    const Throughput speed = measure_throughput(settings, 5);
    report.add(speed.table);
    report.add(measure_stages(settings, 4.0, 3));
    report.add(measure_text_speed(5));
    std::printf("speed: %.0f samples/s\n", speed.samples_per_s);
    return 0;
  }
  const char* variable = std::getenv("KLONO_RECORDINGS");
  const std::string folder = variable != nullptr ? variable : "";
  if (options.compare_only) {
    report.add(compare(settings, options.is_short ? short_comparison() : ComparisonSize{}, options.split, folder));
    report.add(measure_drift(settings, options.is_short ? 2.0 : 8.0));
    return options.json_file.empty() || write_json(options.json_file, report.json()) ? 0 : 1;
  }
  if (options.calibrate_only) {
    report.add(calibrate(settings, {.active_recordings = 48, .active_length_s = 600.0}, folder));
    return 0;
  }
  if (options.emg_only) {
    report.add(compare_emg(EmgSettings{}, options.is_short ? short_emg_comparison() : EmgComparisonSize{}, options.split, folder));
    return options.json_file.empty() || write_json(options.json_file, report.json()) ? 0 : 1;
  }
  if (options.real_only) {
    report.add(measure_real_backgrounds(folder, settings, invariants));
    return invariants.complaints().empty() ? 0 : 1;
  }
  std::printf("Detector version %d, default settings. An event is matched to a detection when the onsets lie\n"
              "within %.2f s or the two overlap, one to one, nearest onsets first.\n\n",
              kDetectorVersion, kOnsetWindow_s);
  const Accuracy accuracy = measure_accuracy(settings, options.is_full ? 20.0 * 3600.0 : 2.0 * 3600.0, invariants);
  report.add(accuracy.tables);
  const FalseEvents false_events = measure_false_events(settings, options.is_full ? 50 : 2, options.examples, invariants);
  report.add(false_events.tables);
  report.add(measure_gyroscope(settings, options.is_full ? 60 : 8, options.is_full ? 30 : 2, invariants));
  if (!folder.empty()) report.add(measure_real_backgrounds(folder, settings, invariants));
  report.add(compare(settings, options.is_full ? ComparisonSize{} : smallest_comparison(), options.is_full ? std::nullopt : std::optional(Split::Test), options.is_full ? folder : ""));
  report.add(measure_drift(settings, options.is_full ? 8.0 : 1.0));
  const Throughput throughput = measure_throughput(settings, options.is_full ? 15 : 5);
  report.add(throughput.table);

  report.json()["visible"] = {{"recall", accuracy.visible.recall()},
                              {"precision", accuracy.visible.precision()},
                              {"f1", accuracy.visible.f1()}};
  report.json()["false_per_hour"] = false_events.per_hour;
  report.json()["throughput_samples_per_s"] = throughput.samples_per_s;
  report.json()["detector_version"] = kDetectorVersion;
  report.json()["run"] = options.is_full ? "full" : "short";
  report.json()["broken"] = invariants.complaints();
  if (!options.json_file.empty())
    invariants.require(write_json(options.json_file, report.json()), "the file of figures could not be written");
  for (const std::string& complaint : invariants.complaints()) std::printf("broken: %s\n", complaint.c_str());
  std::printf("bench: visible recall %.4f precision %.4f f1 %.4f false_per_hour %.3f throughput %.0f\n",
              accuracy.visible.recall(), accuracy.visible.precision(), accuracy.visible.f1(), false_events.per_hour,
              throughput.samples_per_s);
  return invariants.complaints().empty() ? 0 : 1;
}
