#pragma once
/// Which channels of an EDF file hold movement and muscle activity, told from labels, units and rates.

#include <optional>
#include <vector>

#include "formats/edf_header.hpp"
#include "formats/read_options.hpp"

namespace klono::formats {

/// A signal that is used.
struct EdfChannel {
  std::size_t signal = 0;  ///< in EdfHeader::signals
  ChannelRole role = ChannelRole::Other;
  std::string unit;        ///< "g", "deg/s", "uV"
  double factor = 1.0;     ///< value in `unit` = factor * value in the file's unit
};

/// All channels of one list run at one rate.
struct EdfChoice {
  std::vector<EdfChannel> movement;  ///< three axes of one accelerometer, and rotation of the same rate; may be empty
  std::vector<EdfChannel> emg;       ///< at least 100 values a second; may be empty
  std::vector<Warning> warnings;     ///< what was left aside
  std::optional<Error> refusal;      ///< set where both are empty: NoAcceleration, NeedsChoice (a unit)
};

EdfChoice choose_edf_channels(const EdfHeader& header, const ReadOptions& options);

}  // namespace klono::formats
