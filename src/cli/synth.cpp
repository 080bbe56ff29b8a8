#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

#include "base/words.hpp"
#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/journal_making.hpp"
#include "cli/refusals.hpp"
#include "synth/csv_export.hpp"
#include "synth/device_files.hpp"
#include "synth/edf_file.hpp"
#include "synth/emg.hpp"
#include "synth/synthetic.hpp"

namespace klono::cli {
namespace {

constexpr std::pair<std::string_view, synth::BackgroundKind> kBackgrounds[] = {
    {"still", synth::BackgroundKind::Still},       {"breathing", synth::BackgroundKind::Breathing},
    {"posture-changes", synth::BackgroundKind::PostureChanges}, {"handling", synth::BackgroundKind::Handling},
    {"walking", synth::BackgroundKind::Walking},   {"tremor", synth::BackgroundKind::Tremor}};

Result<synth::BackgroundKind> background_from(const std::string& name) {
  std::string choices;
  for (const auto& [known, kind] : kBackgrounds) {
    if (known == name) return kind;
    choices += (choices.empty() ? "" : ", ") + std::string(known);
  }
  return usage(fill(Word::cli_usage_bad_choice, {{"name", "--background"}, {"choices", choices}, {"value", name}}));
}

/// Numeric options and where they go; each in the unit of the help page.
Status set_numbers(synth::SyntheticSpec& spec, const Arguments& arguments) {
  KLONO_TRY(const double seed, arguments.number("--seed", 1));
  KLONO_TRY(const double minutes, arguments.number("--minutes", 10));
  KLONO_TRY(spec.rate_hz, arguments.number("--rate", 100));
  KLONO_TRY(const double noise_mg, arguments.number("--noise", 2));
  KLONO_TRY(const double step_mg, arguments.number("--step", 0));
  KLONO_TRY(spec.singles_per_hour, arguments.number("--singles", 60));
  KLONO_TRY(spec.series_per_hour, arguments.number("--series", 0));
  KLONO_TRY(spec.rhythmic_per_hour, arguments.number("--rhythmic", 0));
  KLONO_TRY(spec.limb_per_hour, arguments.number("--limb", 0));
  KLONO_TRY(spec.fasciculations_per_hour, arguments.number("--fasciculations", 0));
  const bool in_range = seed >= 0 && minutes > 0 && minutes <= 24 * 60 && spec.rate_hz >= 10 && spec.rate_hz <= 1000 &&
                        noise_mg >= 0 && step_mg >= 0 && spec.singles_per_hour >= 0 && spec.series_per_hour >= 0 &&
                        spec.rhythmic_per_hour >= 0 && spec.limb_per_hour >= 0 && spec.fasciculations_per_hour >= 0;
  if (!in_range) return usage(std::string(word(Word::cli_synth_out_of_range)));
  spec.seed = static_cast<std::uint64_t>(seed);
  spec.duration_s = minutes * 60.0;
  spec.noise_g = noise_mg / 1000.0;
  spec.quantisation_step_g = step_mg / 1000.0;
  return Done{};
}

/// How something known delivers the readings; takes the place of rate and step.
Status set_rounding(synth::SyntheticSpec& spec, const Arguments& arguments) {
  const auto name = arguments.value("--round");
  if (!name) return Done{};
  if (*name != "browser")
    return usage(fill(Word::cli_usage_bad_choice, {{"name", "--round"}, {"choices", "browser"}, {"value", *name}}));
  synth::deliver_as_browser(spec);
  return Done{};
}

Status write_truth(const Arguments& arguments, const synth::SyntheticRecording& made) {
  const auto path = arguments.value("--truth");
  if (!path) return Done{};
  std::ofstream file(*path, std::ios::binary);
  file << synth::truth_json(made) << "\n";
  if (!file.flush()) return cannot_write(*path);
  return Done{};
}

constexpr std::pair<std::string_view, synth::DeviceFile> kDeviceFiles[] = {{"cwa", synth::DeviceFile::Cwa},
                                                                           {"gt3x", synth::DeviceFile::Gt3x},
                                                                           {"gt3x-deflated", synth::DeviceFile::Gt3xDeflated},
                                                                           {"csv", synth::DeviceFile::Csv}};

/// A recording of days in the form of a device, straight into its file.
Result<Outcome> write_days(synth::SyntheticSpec spec, const Arguments& arguments) {
  const auto name = arguments.value("--as");
  const auto path = arguments.value("--to");
  const auto* const kind = std::find_if(std::begin(kDeviceFiles), std::end(kDeviceFiles), [&](const auto& known) { return name && known.first == *name; });
  if (kind == std::end(kDeviceFiles) || !path) return usage(std::string(word(Word::devices_synth_as)));
  KLONO_TRY(const double days, arguments.number("--days", spec.duration_s / 86400.0));
  if (!(days > 0.0 && days <= 31.0) || !synth::can_hold(kind->second, spec.rate_hz)) return usage(std::string(word(Word::devices_synth_as_range)));
  spec.duration_s = days * 86400.0;
  std::ofstream file(*path, std::ios::binary);
  const auto made = synth::write_device_file(spec, kind->second, [&](std::string_view bytes) {
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return file.good();
  });
  if (!made || !file.flush()) return cannot_write(*path);
  KLONO_CHECK(write_truth(arguments, *made));
  return Outcome{};
}

/// EMG of two legs, alone or beside the movement of the recipe.
Result<Outcome> write_muscle(const synth::SyntheticSpec& spec, const Arguments& arguments) {
  KLONO_TRY(const double rate_hz, arguments.number("--emg-rate", 1000));
  if (!(rate_hz >= 100 && rate_hz <= 4000)) return usage(std::string(word(Word::cli_synth_out_of_range)));
  const synth::SyntheticEmg legs = synth::make_legs(spec.seed, spec.duration_s, rate_hz);
  const bool beside = arguments.has("--emg-beside");
  const std::string path = *arguments.value(beside ? "--emg-beside" : "--emg");
  std::optional<synth::SyntheticRecording> movement;
  if (beside) movement = synth::make(spec);
  std::ofstream file(path, std::ios::binary);
  file << synth::to_edf(legs.recording, movement ? &movement->recording : nullptr);
  if (!file.flush()) return cannot_write(path);
  return Outcome{};
}

}  // namespace

Result<Outcome> run_synth(const std::vector<std::string>& words) {
  const OptionList known{{"--example", false}, {"--truth", true},  {"--journal", true},  {"--seed", true},   {"--minutes", true},
                         {"--rate", true},     {"--noise", true},  {"--step", true},   {"--background", true},
                         {"--singles", true},  {"--series", true}, {"--rhythmic", true}, {"--limb", true},
                         {"--fasciculations", true}, {"--gyroscope", false}, {"--round", true}, {"--as", true}, {"--to", true}, {"--days", true},
                         {"--emg", true}, {"--emg-beside", true}, {"--emg-rate", true}};
  KLONO_TRY(const Arguments arguments, Arguments::parse("synth", words, known));
  if (!arguments.files().empty())
    return usage(fill(Word::cli_usage_unknown_option, {{"command", "synth"}, {"name", arguments.files().front()}}));
  synth::SyntheticSpec spec;
  KLONO_CHECK(set_numbers(spec, arguments));
  KLONO_TRY(spec.background, background_from(arguments.value("--background").value_or("breathing")));
  spec.gyroscope = arguments.has("--gyroscope");
  KLONO_CHECK(set_rounding(spec, arguments));
  if (arguments.has("--emg") || arguments.has("--emg-beside")) return write_muscle(spec, arguments);
  if (arguments.has("--as") || arguments.has("--days")) return write_days(spec, arguments);
  const synth::SyntheticRecording made = arguments.has("--example") ? synth::make_example() : synth::make(spec);
  KLONO_CHECK(write_truth(arguments, made));
  if (const auto path = arguments.value("--journal")) {
    const std::vector<std::byte> bytes = journal_of(made.recording);
    std::ofstream file(*path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) return cannot_write(*path);
    return Outcome{};
  }
  return Outcome{synth::to_csv(made), ""};
}

}  // namespace klono::cli
