#pragma once

#include "base/byte_source.hpp"
#include "formats/journal.hpp"

namespace klono::formats::journal {

/// What a list of recordings tells of one, without reading all of it.
struct Description {
  Header header;
  WallClock begun;        ///< of the first reading, else of the first anchor
  double length_s = 0.0;  ///< first to last reading, with the time the clock stood still where the tail has an anchor
  bool finished = false;  ///< it was stopped, not cut off
};

/// Reads the first and the last 64 kB. Errors: CannotRead, UnknownFormat, Malformed where no header can be read.
Result<Description> describe(const ByteSource& source);

}  // namespace klono::formats::journal
