#pragma once
/// Long synthetic recordings as actigraphs write them, and as text, in the memory of an hour.

#include <cstdint>
#include <optional>

#include "synth/synthetic.hpp"
#include "synth/zip_stream.hpp"

namespace klono::synth {

enum class DeviceFile : std::uint8_t {
  Cwa,           ///< Axivity AX3: packed blocks of 120 in 1/256 g, checksums, parts of seconds; 50 or 100 Hz by the setting
  Gt3x,          ///< ActiGraph: a zip, log.bin in records of a second in 1/256 g; whole rates
  Gt3xDeflated,  ///< the same, deflated
  Csv            ///< csv_export's table
};

/// Whether the file can hold this rate: whole ones from 30 to 100 Hz, or for Cwa within 5 % of 50 or 100 Hz.
bool can_hold(DeviceFile kind, double rate_hz);

/// Writes a LongRecording of `spec` and gives its truth: events, disturbed spans, and a recording without samples but with rate and
/// length. Nothing where the sink refused bytes or the file cannot hold the rate. The last samples that fill no second are
/// left out of a .gt3x.
std::optional<SyntheticRecording> write_device_file(const SyntheticSpec& spec, DeviceFile kind, const ByteSink& sink);

}  // namespace klono::synth
