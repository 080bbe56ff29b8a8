#pragma once
/// The header of EDF, EDF+, BDF and BDF+. It is read tolerantly: what strict readers refuse and can be read nevertheless is read,
/// and a warning tells what is off. The fields that tell of a person are passed over.

#include <cstdint>
#include <string>
#include <vector>

#include "base/byte_source.hpp"
#include "signal/recording.hpp"

namespace klono::formats {

struct EdfSignal {
  std::string label;       ///< UTF-8, printable
  std::string unit;        ///< as written, UTF-8; empty where none is told
  double gain = 1.0;       ///< value in `unit` = offset + gain * digital value
  double offset = 0.0;
  double largest = 0.0;    ///< full scale in `unit`, 0 when unknown
  std::int64_t count = 0;  ///< samples a record
  std::int64_t at = 0;     ///< bytes from the start of a record to its first sample
  bool annotations = false;
};

struct EdfHeader {
  enum class Kind : std::uint8_t { Plain, Continuous, Interrupted };  ///< EDF, EDF+C, EDF+D

  Kind kind = Kind::Plain;
  std::int64_t width = 2;         ///< bytes a sample; 3 in BDF
  WallClock start;                ///< to the second, as the header tells it
  double record_s = 0.0;          ///< 0 only where there is no signal but annotations
  std::int64_t begin = 0;         ///< of the first record, bytes
  std::int64_t record_bytes = 0;  ///< > 0
  std::int64_t records = 0;       ///< whole ones in the file, > 0
  std::vector<EdfSignal> signals;
  std::vector<Warning> warnings;

  bool is_bdf() const { return width == 3; }
  double rate_of(const EdfSignal& signal) const { return record_s > 0.0 ? static_cast<double>(signal.count) / record_s : 0.0; }
};

/// Errors: Malformed, Empty (no whole record), CannotRead.
Result<EdfHeader> read_edf_header(const ByteSource& source);

/// Bytes of a header or an annotation as printable UTF-8: Latin-1 where they are no UTF-8, without blanks at the ends.
std::string edf_text(std::string_view bytes);

}  // namespace klono::formats
