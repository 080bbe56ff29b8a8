// EMG in what is handed over: figures once, the same in JSON, CSV and on the page.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "base/words.hpp"
#include "report/emg_data.hpp"
#include "patterns/emg_figures.hpp"
#include "report/report_model.hpp"

namespace klono::report {
namespace {

EmgBurst burst(double onset_s, double length_s, double peak, EmgKind kind) {
  EmgBurst one;
  one.onset_s = onset_s;
  one.end_s = onset_s + length_s;
  one.duration_s = length_s;
  one.peak_uv = peak;
  one.kind = kind;
  return one;
}

/// Half an hour of two channels; the second in units of the file and with a hostile name.
ReportModel model_with_emg(bool with_movement) {
  ReportModel model;
  model.file_name = "leg.edf";
  model.duration_s = 1800.0;
  model.program_version = "1.2.3";
  if (with_movement) model.channel_names = {"x", "y", "z"};
  EmgChannelAnalysis leg;
  leg.name = "TIB L";
  leg.unit = "uV";
  leg.rate_hz = 1000.0;
  leg.recorded_s = leg.analysable_s = 1800.0;
  leg.floor_uv = 3.0;
  leg.bursts = {burst(10.0, 0.040, 100.0, EmgKind::Burst), burst(20.0, 0.060, 300.0, EmgKind::Burst), burst(30.0, 0.080, 200.0, EmgKind::Burst),
                burst(40.0, 0.010, 70.0, EmgKind::Potential), burst(50.0, 1.5, 90.0, EmgKind::Activity)};
  leg.not_counted = {burst(60.0, 0.1, 50.0, EmgKind::Burst)};
  leg.not_counted.front().reason = EmgReason::Heart;
  leg.silences = {{51.0, 51.1, 0.1, 40.0, 4.0}};
  leg.limb_movements = {{70.0, 71.0, 1.0, 30.0, 2.0, true}, {90.0, 91.0, 1.0, 30.0, 2.0, false}};
  leg.masks = {{{0.0, 1.0}, EmgReason::Saturation}};
  EmgChannelAnalysis other = leg;
  other.name = "<b>,\"x\"";
  other.unit = "counts";
  other.microvolts = false;
  other.limb_movements.clear();
  model.emg = EmgAnalysis{{leg, other}, {{0, 1, 3, 0.004, 0.002, 0.006}}, {}, kEmgVersion};
  return model;
}

}  // namespace

TEST_CASE("the figures of an EMG channel keep bursts, potentials and longer activity apart") {
  const ReportModel model = model_with_emg(false);
  const patterns::EmgFigures figures = patterns::figures_of(model.emg->channels[0]);
  CHECK(figures.bursts.count == 3);
  CHECK(figures.bursts.per_hour == doctest::Approx(6.0));  // in half an hour
  CHECK(figures.burst_length_s == doctest::Approx(0.060));
  CHECK(figures.burst_peak == doctest::Approx(200.0));
  CHECK(figures.potentials.count == 1);
  CHECK(figures.activities == 1);
  CHECK(figures.activity_s == doctest::Approx(1.5));
  CHECK(figures.silences == 1);
  CHECK(figures.limb.count == 2);
  CHECK(figures.limb_in_series == 1);
  CHECK(std::isnan(patterns::figures_of(EmgChannelAnalysis{}).burst_length_s));
}

TEST_CASE("the analysis as JSON carries all of EMG with its settings, and nothing of it where there is none") {
  const auto json = nlohmann::json::parse(analysis_json(model_with_emg(true)));
  const auto& emg = json.at("emg");
  CHECK(emg.at("version") == kEmgVersion);
  REQUIRE(emg.at("channels").size() == 2);
  CHECK(emg.at("channels")[0].at("bursts").size() == 5);
  CHECK(emg.at("channels")[0].at("not_counted")[0].at("reason") == "heart");
  CHECK(emg.at("channels")[0].at("limb_movements")[0].at("in_series") == true);
  CHECK(emg.at("channels")[0].at("masks")[0].at("reason") == "saturation");
  CHECK(emg.at("channels")[1].at("unit") == "counts");
  CHECK(emg.at("together")[0].at("second") == "<b>,\"x\"");
  CHECK(emg.at("settings").size() == emg_setting_table().size());
  CHECK_FALSE(nlohmann::json::parse(analysis_json(ReportModel{})).contains("emg"));
}

TEST_CASE("EMG alone is a table of bursts, one row a burst, with cells that no name can break") {
  const std::string csv = emg_csv(model_with_emg(false));
  CHECK(std::count(csv.begin(), csv.end(), '\n') == static_cast<std::ptrdiff_t>(4 + emg_setting_table().size() + 1 + 12));
  CHECK(csv.find("\"<b>,\"\"x\"\"\"") != std::string::npos);
  CHECK(csv.find("# program: klonograph 1.2.3\r\n") == 0);
}

TEST_CASE("the page tells EMG beside movement, and alone without figures of movement") {
  const std::string both = summary_html(model_with_emg(true));
  const std::string alone = summary_html(model_with_emg(false));
  for (const std::string& page : {both, alone}) {
    CHECK(page.find(std::string(word(Word::emg_page_heading))) != std::string::npos);
    CHECK(page.find("&lt;b&gt;") != std::string::npos);
    CHECK(page.find("<b>,") == std::string::npos);
    CHECK(page.find("60 ms") != std::string::npos);
  }
  CHECK(both.find(std::string(word(Word::report_figures_heading))) != std::string::npos);
  CHECK(alone.find(std::string(word(Word::report_figures_heading))) == std::string::npos);
  CHECK(alone.find(std::string(word(Word::emg_page_title))) != std::string::npos);
}

}  // namespace klono::report
