#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "cli/arguments.hpp"
#include "detection/emg/emg_settings.hpp"
#include "detection/settings.hpp"
#include "formats/read_options.hpp"

namespace klono::cli {

/// A person's choices, from a settings file and then from flags, which win.
struct Choices {
  formats::ReadOptions reading;
  DetectorSettings detector;
  EmgSettings emg;
  std::string context;  ///< where it was worn: JSON of history/recording_context.hpp; empty where not said
};

/// The flags that make choices: reading ones for every command, detector ones for analyze.
OptionList reading_options();
OptionList detector_options();

Result<Choices> choices_from(const Arguments& arguments);

/// Reads {"reading": {…}, "detector": {…}, "emg": {…}} into `choices`; keys of "emg" with or without their "emg.". Unknown keys are
/// an error (BadSetting).
Status apply_settings_json(Choices& choices, std::string_view file_name, std::string_view json);

/// All values with range, unit and source, one a line.
std::string settings_text(const Choices& choices);

}  // namespace klono::cli
