#pragma once

#include "formats/raw_table.hpp"
#include "formats/read_options.hpp"
#include "signal/recording.hpp"

namespace klono::formats {

/// Cleans rows into a recording: strictly increasing time (exact duplicates dropped, equal stamps
/// spread over the gap to the next, a step back of more than 1 s starts a new segment), gaps where a step
/// exceeds max(3 x median, median + 50 ms), one least-squares rate for each segment, held and
/// zero stretches of 1 s and more as gaps, acceleration in g, rotation in deg/s. The unit is
/// checked against the resting magnitude (METHODS.md 1). Errors: NeedsChoice (unit, rate,
/// scale), Empty, Malformed. A table that brings its recording, or the reason why there is none, gives that one as it is. A table without acceleration gives a recording without it.
Result<Recording> recording_from_table(RawTable&& table, const ReadOptions& options);

/// Whether events can be looked for. Errors: NoAcceleration, TooSlow (fitted rate below 24.5 Hz),
/// Empty (no segment longer than 2 s).
Status check_analysable(const Recording& recording);

}  // namespace klono::formats
