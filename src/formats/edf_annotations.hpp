#pragma once
/// Annotations of EDF+ and BDF+: lists of onset, duration and texts, and the start of each record.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "signal/recording.hpp"

namespace klono::formats {

/// What the annotation signals of one record tell.
struct EdfNotes {
  std::optional<double> start_s;        ///< of the record, seconds since the start the header tells
  std::vector<Annotation> annotations;  ///< at_s on the same clock; texts of 200 bytes at most
  std::int64_t broken = 0;              ///< lists that could not be read
};

/// Reads one annotation signal of one record and adds to `notes`. `keeps_time`: it is the record's first one, whose first list
/// tells the start.
void read_edf_annotations(std::span<const std::byte> bytes, bool keeps_time, EdfNotes& notes);

}  // namespace klono::formats
