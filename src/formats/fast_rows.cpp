#include "formats/fast_rows.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include "base/units.hpp"
#include "formats/number_text.hpp"

namespace klono::formats {
namespace {

constexpr std::size_t kBatchRows = 2048;
constexpr std::size_t kBatchStride = kBatchRows + 16;  // columns a power of two apart would share their places in the cache
constexpr int kMostDigits = 18;                        // fit 64 bits
constexpr std::uint64_t kExact = std::uint64_t{1} << 53;  // whole numbers up to here are exact
constexpr int kMostExactPower = 22;

constexpr std::array<double, kMostExactPower + 1> kPowers{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                                          1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr std::array<std::uint64_t, 9> kWholePowers{1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};

bool is_digit(char c) { return static_cast<unsigned char>(c - '0') < 10; }

/// Up to eight digits at once: their bytes become numbers, those that are no digits are shifted out, and pairs, fours and
/// eights are summed up side by side. Returns how many digits there were.
int take_digits(const char* at, std::uint64_t& value) {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, at, sizeof bytes);
  bytes ^= 0x3030303030303030;
  const std::uint64_t others = ((bytes + 0x7676767676767676) | bytes) & 0x8080808080808080;
  const int count = others == 0 ? 8 : std::countr_zero(others) / 8;
  if (count == 0) return 0;
  bytes <<= 64 - 8 * count;
  const std::uint64_t pairs = bytes * 10 + (bytes >> 8);
  const std::uint64_t first = (pairs & 0x000000FF000000FF) * (100 + (std::uint64_t{1000000} << 32));
  const std::uint64_t second = ((pairs >> 16) & 0x000000FF000000FF) * (1 + (std::uint64_t{10000} << 32));
  value = (first + second) >> 32;
  return count;
}

/// A decimal as it stands: sign, digits and where the mark was.
struct Decimal {
  std::uint64_t digits = 0;
  int exponent = 0;     ///< of ten
  bool negative = false;
  bool whole = false;   ///< neither mark nor exponent
};

/// Adds a run of digits; false where there are too many.
bool take_run(const char*& at, Decimal& decimal, int& count) {
  for (;;) {
    std::uint64_t part = 0;
    const int taken = take_digits(at, part);
    count += taken;
    if (count > kMostDigits) return false;
    decimal.digits = decimal.digits * kWholePowers[static_cast<std::size_t>(taken)] + part;
    at += taken;
    if (taken < 8) return true;
  }
}

/// "-12", "1.5", ".5", "5.", "1.5E-03"; false for anything else, `at` is of no use then.
bool take_decimal(const char*& at, char mark, Decimal& decimal) {
  decimal.negative = *at == '-';
  at += decimal.negative ? 1 : 0;
  int count = 0;
  if (!take_run(at, decimal, count)) return false;
  decimal.whole = *at != mark;
  if (!decimal.whole) {
    ++at;
    const int before = count;
    if (!take_run(at, decimal, count)) return false;
    decimal.exponent = before - count;
  }
  if (count == 0) return false;
  if (*at != 'E' && *at != 'e') return true;
  decimal.whole = false;
  ++at;
  const bool down = *at == '-';
  if (down || *at == '+') ++at;
  int power = 0;
  int digits = 0;
  for (; is_digit(*at) && digits < 4; ++at, ++digits) power = power * 10 + (*at - '0');
  decimal.exponent += down ? -power : power;
  return digits > 0 && digits < 4;
}

/// The nearest double: both parts are exact, so that one rounding remains. False where they are not.
bool is_exact(const Decimal& decimal, double& value) {
  if (decimal.digits > kExact || decimal.exponent < -kMostExactPower || decimal.exponent > kMostExactPower) return false;
  value = static_cast<double>(decimal.digits);
  if (decimal.exponent < 0) value /= kPowers[static_cast<std::size_t>(-decimal.exponent)];
  else if (decimal.exponent > 0) value *= kPowers[static_cast<std::size_t>(decimal.exponent)];
  if (decimal.negative) value = -value;
  return true;
}

/// Two digits below `limit`; -1 for anything else.
int two_digits(const char* at, int limit) {
  if (!is_digit(at[0]) || !is_digit(at[1])) return -1;
  const int value = (at[0] - '0') * 10 + (at[1] - '0');
  return value < limit ? value : -1;
}

constexpr std::size_t kDateLength = 11;  // "2024-05-07T"

/// "18:55:46" as nanoseconds of the day, with the limits the general reader has; -1 for anything else.
std::int64_t clock_ns(const char* at) {
  const int hour = two_digits(at, 25);
  if (hour < 0 || at[2] != ':') return -1;
  const int minute = two_digits(at + 3, 60);
  if (minute < 0 || at[5] != ':') return -1;
  const int second = two_digits(at + 6, 61);
  return second < 0 ? -1 : (hour * 3600LL + minute * 60LL + second) * kSecond_ns;
}

}  // namespace

struct FastRows::Stamp {
  bool is_whole = false;
  std::int64_t whole = 0;  ///< or nanoseconds since 1970 where times are written
  double number = 0.0;
};

FastRows::FastRows(const TextDialect& dialect, std::size_t field_count)
    : fields_(field_count), separator_(dialect.separator), mark_(dialect.decimal_comma ? ',' : '.'), time_kind_(dialect.time_kind),
      width_(dialect.columns.size()) {
  if (time_kind_ != TimeKind::None && dialect.time_index < field_count) fields_[dialect.time_index].kind = Kind::Time;
  for (std::size_t c = 0; c < width_; ++c) {
    const ColumnPlan& plan = dialect.columns[c];
    if (plan.index < field_count) fields_[plan.index] = {Kind::Value, c, plan.offset, plan.factor};
  }
  batch_.resize(width_ * kBatchStride);
}

bool FastRows::can_read(const TextDialect& dialect) {
  if (dialect.separator == ' ' || dialect.columns.empty()) return false;
  if (dialect.decimal_comma && dialect.separator == ',') return false;
  std::vector<std::size_t> places;
  if (dialect.time_kind != TimeKind::None) places.push_back(dialect.time_index);
  for (const ColumnPlan& plan : dialect.columns) {
    if (plan.added_index) return false;
    places.push_back(plan.index);
  }
  std::sort(places.begin(), places.end());
  return std::adjacent_find(places.begin(), places.end()) == places.end();
}

void FastRows::learn_stamp(std::string_view field) {
  if (time_kind_ != TimeKind::Written) return;
  date_.clear();
  const std::string_view text = trimmed(field);
  const std::optional<WrittenTime> time = parse_written_time(text);
  if (!time || !time->has_date || time->either_order || text.size() < kDateLength + 8) return;
  const auto digits = [&](std::size_t from, std::size_t count) { return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(from), text.begin() + static_cast<std::ptrdiff_t>(from + count), is_digit); };
  if (!digits(0, 4) || !digits(5, 2) || !digits(8, 2) || (text[10] != 'T' && text[10] != ' ')) return;
  const std::int64_t of_day = clock_ns(text.data() + kDateLength);
  if (of_day < 0) return;
  std::size_t at = kDateLength + 8;
  std::int64_t fraction_ns = 0;
  if (at < text.size() && (text[at] == '.' || text[at] == ',' || text[at] == ':')) {
    std::int64_t unit_ns = kSecond_ns;
    for (++at; at < text.size() && is_digit(text[at]); ++at) fraction_ns += (unit_ns /= 10) * (text[at] - '0');
  }
  const std::string_view zone = text.substr(at);
  // Half days and named zones mean more than their length.
  if (zone.find_first_not_of("Zz+-:0123456789 ") != std::string_view::npos) return;
  date_ = text.substr(0, kDateLength);
  zone_ = zone;
  date_ns_ = time->unix_ns - of_day - fraction_ns;
  offset_min_ = time->offset_min;
}

bool FastRows::read_value(const char*& at, double& value) const {
  const char* const begin = at;
  while (*at == ' ') ++at;
  Decimal decimal;
  bool plain = take_decimal(at, mark_, decimal) && is_exact(decimal, value);
  while (plain && *at == ' ') ++at;
  plain = plain && (*at == separator_ || *at == '\n' || *at == '\r');
  if (plain) return true;
  at = begin;
  while (*at != separator_ && *at != '\n' && *at != '\r') ++at;
  const std::optional<double> slow = parse_number({begin, static_cast<std::size_t>(at - begin)}, mark_ == ',');
  if (!slow || !std::isfinite(*slow)) return false;
  value = *slow;
  return true;
}

bool FastRows::read_number_stamp(const char*& at, Stamp& stamp) const {
  while (*at == ' ') ++at;
  Decimal decimal;
  if (!take_decimal(at, mark_, decimal)) return false;
  stamp.is_whole = decimal.whole;
  stamp.whole = static_cast<std::int64_t>(decimal.digits);
  if (decimal.negative) stamp.whole = -stamp.whole;
  if (!decimal.whole && !is_exact(decimal, stamp.number)) return false;
  while (*at == ' ') ++at;
  return *at == separator_ || *at == '\n' || *at == '\r';
}

bool FastRows::read_written_stamp(const char*& at, Stamp& stamp) const {
  if (date_.empty() || std::memcmp(at, date_.data(), kDateLength) != 0) return false;
  const std::int64_t of_day = clock_ns(at + kDateLength);
  if (of_day < 0) return false;
  at += kDateLength + 8;
  std::int64_t fraction_ns = 0;
  if ((*at == '.' || *at == ',' || *at == ':') && *at != separator_) {
    ++at;
    std::uint64_t part = 0;
    const int count = take_digits(at, part);
    if (count == 0 || count == 8) return false;
    at += count;
    fraction_ns = static_cast<std::int64_t>(part * kWholePowers[static_cast<std::size_t>(8 - count)] * 10);
  }
  for (const char c : zone_)
    if (*at++ != c) return false;
  stamp.whole = date_ns_ + of_day + fraction_ns;
  return *at == separator_ || *at == '\n' || *at == '\r';
}

/// The place behind one row, which is then in the batch; null where it is not plain.
const char* FastRows::read_row(const char* at, Stamp& stamp) {
  if (*at == '#') return nullptr;
  for (std::size_t f = 0; f < fields_.size(); ++f) {
    const Field& field = fields_[f];
    const bool last = f + 1 == fields_.size();
    if (field.kind == Kind::Value) {
      double value = 0.0;
      if (!read_value(at, value)) return nullptr;
      batch_[field.column * kBatchStride + batched_] = static_cast<float>(field.offset + field.factor * value);
    } else if (field.kind == Kind::Time) {
      if (!(time_kind_ == TimeKind::Number ? read_number_stamp(at, stamp) : read_written_stamp(at, stamp))) return nullptr;
    } else {
      if (*at == '"') return nullptr;
      bool blank = true;
      for (; *at != separator_ && *at != '\n' && *at != '\r'; ++at) blank = blank && (*at == ' ' || *at == '\t');
      if (last && blank) return nullptr;  // the general reader drops it
    }
    if (!last && *at++ != separator_) return nullptr;
  }
  if (*at == separator_) ++at;  // a separator at the end gives no field
  if (*at == '\r') ++at;
  return *at == '\n' ? at + 1 : nullptr;
}

void FastRows::flush(std::vector<RawColumn>& columns) {
  for (std::size_t c = 0; c < width_; ++c) {
    const float* values = batch_.data() + c * kBatchStride;
    columns[c].values.insert(columns[c].values.end(), values, values + batched_);
  }
  batched_ = 0;
}

FastRows::Taken FastRows::read(std::string_view lines, std::size_t most_rows, TimeColumn& time, std::vector<RawColumn>& columns) {
  Taken taken;
  const char* at = lines.data();
  const char* const end = at + lines.size();
  Stamp stamp;
  while (at < end && taken.rows < most_rows) {
    const char* const next = read_row(at, stamp);
    if (next == nullptr) break;
    if (time_kind_ == TimeKind::Written) {
      if (!time.take_written({stamp.whole, true, offset_min_, false})) break;
    } else if (time_kind_ == TimeKind::Number) {
      if (stamp.is_whole) time.take_whole(stamp.whole);
      else time.take_number(stamp.number);
    }
    at = next;
    ++taken.rows;
    if (++batched_ == kBatchRows) flush(columns);
  }
  flush(columns);
  taken.bytes = static_cast<std::size_t>(at - lines.data());
  return taken;
}

}  // namespace klono::formats
