#pragma once
/// Rows of plain numbers, read straight from the block they lie in. What is not plain is left to the general way, so that
/// both give the same values bit for bit.

#include <string>
#include <string_view>
#include <vector>

#include "formats/raw_table.hpp"
#include "formats/text_dialect.hpp"
#include "formats/time_column.hpp"

namespace klono::formats {

class FastRows {
 public:
  /// `field_count` is that of the row the general way has read before; every row read here has as many.
  FastRows(const TextDialect& dialect, std::size_t field_count);

  /// False where fields are quoted, separated by runs of spaces or added up: nothing here is plain then.
  static bool can_read(const TextDialect& dialect);

  /// A written time of the column, from which the way of writing is learnt: only its like is read here.
  void learn_stamp(std::string_view field);

  struct Taken {
    std::size_t bytes = 0;
    std::size_t rows = 0;
  };

  /// Appends the rows from the beginning of `lines` up to the first one that is not plain, `most_rows` at most. `lines` ends
  /// with a line feed, and 32 bytes behind it may be read.
  Taken read(std::string_view lines, std::size_t most_rows, TimeColumn& time, std::vector<RawColumn>& columns);

 private:
  struct Stamp;
  enum class Kind : std::uint8_t { Skipped, Value, Time };
  struct Field {
    Kind kind = Kind::Skipped;
    std::size_t column = 0;
    double offset = 0.0;
    double factor = 1.0;
  };

  const char* read_row(const char* at, Stamp& stamp);
  bool read_value(const char*& at, double& value) const;
  bool read_number_stamp(const char*& at, Stamp& stamp) const;
  bool read_written_stamp(const char*& at, Stamp& stamp) const;
  void flush(std::vector<RawColumn>& columns);

  std::vector<Field> fields_;
  char separator_;
  char mark_;           // decimal point or comma
  TimeKind time_kind_;
  std::string date_;    // "2024-05-07T", as the rows before began
  std::string zone_;    // what follows the fraction: "", "Z", "+02:00"
  std::int64_t date_ns_ = 0;
  std::optional<int> offset_min_;
  std::vector<float> batch_;  // of each column one stretch
  std::size_t batched_ = 0;   // rows in it
  std::size_t width_ = 0;     // columns
};

}  // namespace klono::formats
