#include "formats/edf_channels.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <numbers>
#include <string_view>

#include "base/words.hpp"
#include "formats/columns.hpp"
#include "formats/number_text.hpp"

namespace klono::formats {
namespace {

constexpr double kSlowestMovement_hz = 24.5;  // METHODS.md 1
constexpr double kSlowestEmg_hz = 100.0;      // METHODS.md 1c
constexpr double kFastest_hz = 1e6;

std::string rounded(double value) {
  char text[48];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

void list(std::string& names, const std::string& name) { names += (names.empty() ? "" : ", ") + name; }

/// Runs of letters of a label, lower case.
std::vector<std::string> letters_of(std::string_view label) {
  std::vector<std::string> runs(1);
  for (const char c : lower_case(label)) {
    if (c >= 'a' && c <= 'z') runs.back() += c;
    else if (!runs.back().empty()) runs.emplace_back();
  }
  return runs;
}

/// Muscles as laboratories label them: "EMG Chin", "CHIN1-CHIN2", "LLEG", "Leg/R", "TIB L", "RAT", "PLM1", …
bool names_muscle(std::string_view label) {
  bool muscle = false;
  for (const std::string& run : letters_of(label)) {
    for (const std::string_view other : {"eeg", "eog", "ecg", "ekg"})
      if (run.starts_with(other)) return false;
    for (const std::string_view part : {"emg", "chin", "leg", "tib", "subment", "mental", "masset", "deltoid", "biceps", "gastroc", "flexor", "extensor", "plm"})
      muscle = muscle || contains(run, part);
    muscle = muscle || run == "rat" || run == "lat";
  }
  return muscle;
}

/// Microvolts a unit; 0 for units that are no voltage.
double microvolts_in(std::string_view unit) {
  const std::string text = lower_case(unit);
  if (text == "uv" || text == "\xC2\xB5v" || text == "\xCE\xBCv" || text.starts_with("microv")) return 1.0;
  if (text == "nv") return 1e-3;
  if (text == "mv" || text.starts_with("milliv")) return 1e3;
  if (text == "v" || text == "volt" || text == "volts") return 1e6;
  return 0.0;
}

/// Signals that belong to one sensor: their labels differ only in the letter of the axis.
struct Triple {
  std::array<std::optional<EdfChannel>, 3> axes;
  double rate_hz = 0.0;
  bool unit_known = true;

  bool whole() const { return axes[0] && axes[1] && axes[2]; }
};

class Chooser {
 public:
  Chooser(const EdfHeader& header, const ReadOptions& options) : header_(header), options_(options) {}

  EdfChoice run() {
    for (std::size_t s = 0; s < header_.signals.size(); ++s) sort_in(s);
    choose_emg();
    choose_movement();
    if (choice_.movement.empty() && choice_.emg.empty()) refuse();
    return std::move(choice_);
  }

 private:
  void warn(const char* code, Word id, std::initializer_list<std::pair<std::string_view, std::string>> values) {
    choice_.warnings.push_back({code, fill(id, values)});
  }

  void sort_in(std::size_t s) {
    const EdfSignal& signal = header_.signals[s];
    const double rate = header_.rate_of(signal);
    if (signal.annotations || !(rate > 0.0) || rate > kFastest_hz) return;
    if (names_muscle(signal.label)) return sort_in_muscle(s);
    const ColumnGuess guess = guess_column(signal.label);
    const std::optional<UnitInfo> unit = parse_unit(signal.unit);
    const bool rotation = guess.kind == ColumnKind::Rotation && unit && (unit->target == "deg/s" || unit->target == "rad/s");
    const bool moves = guess.kind == ColumnKind::Acceleration || guess.kind == ColumnKind::LinearAcceleration;
    const bool acceleration = moves && (unit ? unit->target == "g" : signal.unit.empty() && contains(lower_case(signal.label), "acc"));
    if (guess.axis < 0 || (!rotation && !acceleration)) return;
    const double to_degrees = unit && unit->target == "rad/s" ? 180.0 / std::numbers::pi : 1.0;
    add_axis(rotation ? rotations_ : accelerations_, guess.axis,
             {s, rotation ? rotation_role(guess.axis) : acceleration_role(guess.axis), rotation ? "deg/s" : "g", unit ? unit->factor * to_degrees : 1.0}, unit.has_value());
  }

  void add_axis(std::vector<std::pair<std::string, Triple>>& triples, int axis, EdfChannel channel, bool unit_known) {
    const EdfSignal& signal = header_.signals[channel.signal];
    std::string stem = lower_case(signal.label) + "/" + std::to_string(signal.count);
    std::replace_if(stem.begin(), stem.end(), [](char c) { return c == 'x' || c == 'y' || c == 'z'; }, '*');
    const auto place = static_cast<std::size_t>(axis);
    for (auto& [known, triple] : triples) {
      if (known != stem || triple.axes[place]) continue;
      triple.axes[place] = std::move(channel);
      triple.unit_known = triple.unit_known && unit_known;
      return;
    }
    Triple triple;
    triple.rate_hz = header_.rate_of(signal);
    triple.unit_known = unit_known;
    triple.axes[place] = std::move(channel);
    triples.emplace_back(std::move(stem), std::move(triple));
  }

  void sort_in_muscle(std::size_t s) {
    const EdfSignal& signal = header_.signals[s];
    const double factor = microvolts_in(signal.unit);
    if (header_.rate_of(signal) < kSlowestEmg_hz) slow_.push_back(s);
    else if (factor == 0.0) list(no_voltage_, signal.label);
    else muscles_[signal.count].push_back({s, ChannelRole::Emg, "uV", factor});
  }

  void choose_emg() {
    std::string other_rates;
    if (!muscles_.empty()) choice_.emg = muscles_.rbegin()->second;
    for (const auto& [count, channels] : muscles_)
      if (count != muscles_.rbegin()->first)
        for (const EdfChannel& channel : channels) list(other_rates, header_.signals[channel.signal].label);
    if (!other_rates.empty()) warn("emg-rates", Word::clinical_warn_emg_rates, {{"names", other_rates}});
    if (!no_voltage_.empty()) warn("emg-unit", Word::clinical_warn_emg_unit, {{"names", no_voltage_}});
    for (const std::size_t s : slow_)
      warn("slow-emg", Word::clinical_warn_slow_emg, {{"name", header_.signals[s].label}, {"rate", rounded(header_.rate_of(header_.signals[s]))}});
  }

  /// The whole triple of the highest rate; of equal ones the first.
  static const Triple* best(const std::vector<std::pair<std::string, Triple>>& triples) {
    const Triple* found = nullptr;
    for (const auto& [stem, triple] : triples)
      if (triple.whole() && (found == nullptr || triple.rate_hz > found->rate_hz)) found = &triple;
    return found;
  }

  void choose_movement() {
    const Triple* chosen = best(accelerations_);
    if (chosen != nullptr && chosen->rate_hz < kSlowestMovement_hz && !choice_.emg.empty()) chosen = nullptr;  // muscles tell more
    const std::optional<UnitInfo> given = parse_unit(options_.unit);
    if (chosen != nullptr && !chosen->unit_known && !given) {
      ask_unit_ = true;
      chosen = nullptr;
    }
    if (chosen != nullptr)
      for (const std::optional<EdfChannel>& axis : chosen->axes) {
        choice_.movement.push_back(*axis);
        if (given) choice_.movement.back().factor = given->factor;
      }
    std::string aside;
    for (const auto& [stem, triple] : accelerations_)
      for (const std::optional<EdfChannel>& axis : triple.axes)
        if (&triple != chosen && axis) list(aside, header_.signals[axis->signal].label);
    if (!aside.empty() && (chosen != nullptr || !choice_.emg.empty())) warn("other-acceleration", Word::clinical_warn_other_acceleration, {{"names", aside}});
    const Triple* rotation = best(rotations_);
    if (chosen != nullptr && rotation != nullptr && rotation->rate_hz == chosen->rate_hz)
      for (const std::optional<EdfChannel>& axis : rotation->axes) choice_.movement.push_back(*axis);
  }

  void refuse() {
    if (ask_unit_) {
      Error error{ErrorCode::NeedsChoice, std::string(word(Word::clinical_edf_ask_unit)), std::string(word(Word::clinical_edf_unit_advice))};
      error.question = Question{Question::Kind::Unit, "--unit", std::string(word(Word::clinical_edf_ask_unit)), "mg\ng\nm/s2\n"};
      choice_.refusal = std::move(error);
      return;
    }
    const bool signals = std::any_of(header_.signals.begin(), header_.signals.end(), [](const EdfSignal& signal) { return !signal.annotations; });
    const auto say = [&](Word what, Word advice) { choice_.refusal = Error{ErrorCode::NoAcceleration, std::string(word(what)), std::string(word(advice))}; };
    if (!signals) return say(Word::clinical_edf_annotations_only, Word::clinical_edf_annotations_only_advice);
    if (slow_.empty()) return say(Word::clinical_edf_nothing, Word::clinical_edf_nothing_advice);
    const EdfSignal& slow = header_.signals[slow_.front()];
    say(Word::clinical_edf_slow_emg, Word::clinical_edf_slow_emg_advice);
    choice_.refusal->what = fill(Word::clinical_edf_slow_emg, {{"name", slow.label}, {"rate", rounded(header_.rate_of(slow))}});
  }

  const EdfHeader& header_;
  const ReadOptions& options_;
  EdfChoice choice_;
  std::vector<std::pair<std::string, Triple>> accelerations_;  // stem and axes, in file order
  std::vector<std::pair<std::string, Triple>> rotations_;
  std::map<std::int64_t, std::vector<EdfChannel>> muscles_;    // by samples a record
  std::vector<std::size_t> slow_;
  std::string no_voltage_;
  bool ask_unit_ = false;
};

}  // namespace

EdfChoice choose_edf_channels(const EdfHeader& header, const ReadOptions& options) { return Chooser(header, options).run(); }

}  // namespace klono::formats
