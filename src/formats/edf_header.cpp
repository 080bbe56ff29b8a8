#include "formats/edf_header.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <string_view>

#include "base/units.hpp"
#include "base/words.hpp"
#include "formats/number_text.hpp"

namespace klono::formats {
namespace {

constexpr std::int64_t kBlock = 256;                     // of the file, and of each signal
constexpr std::int64_t kMostRecordBytes = 64 << 20;      // the format allows 61440 bytes, and some write more (chosen)
constexpr double kShortestRecord_s = 1e-4;
constexpr double kLongestRecord_s = 1e7;
constexpr std::size_t kMostNames = 3;                    // of channels in one warning

/// Fields of the file: place and width.
struct Field {
  std::size_t at;
  std::size_t size;
};
constexpr Field kDate{168, 8};
constexpr Field kTime{176, 8};
constexpr Field kHeaderBytes{184, 8};
constexpr Field kReserved{192, 44};
constexpr Field kRecords{236, 8};
constexpr Field kRecordSeconds{244, 8};
constexpr Field kSignals{252, 4};

/// Fields of a signal: each comes for all signals before the next one comes for any.
constexpr Field kLabel{0, 16};
constexpr Field kUnit{96, 8};
constexpr Field kPhysicalLow{104, 8};
constexpr Field kPhysicalHigh{112, 8};
constexpr Field kDigitalLow{120, 8};
constexpr Field kDigitalHigh{128, 8};
constexpr Field kCount{216, 8};

Error broken(Word what) {
  return {ErrorCode::Malformed, fill(Word::clinical_edf_header, {{"what", std::string(word(what))}}), std::string(word(Word::clinical_edf_header_advice))};
}

bool is_blank(char c) { return c == ' ' || c == '\0'; }

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<double> number_in(std::string_view field) {
  const std::string_view text = without_blanks(field);
  if (text.empty()) return std::nullopt;
  const std::optional<double> value = parse_number(text, contains(text, ","));
  return value && std::isfinite(*value) ? value : std::nullopt;
}

/// Three numbers of one or two digits with anything between them.
bool three_numbers(std::string_view text, int (&numbers)[3], bool& with_points) {
  std::size_t at = 0;
  with_points = true;
  for (int k = 0; k < 3; ++k) {
    std::size_t digits = 0;
    numbers[k] = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++digits) numbers[k] = numbers[k] * 10 + (text[at] - '0');
    if (digits == 0 || digits > 2) return false;
    if (k == 2) break;
    if (at >= text.size()) return false;
    with_points = with_points && text[at] == '.';
    ++at;
  }
  return without_blanks(text.substr(at)).empty();
}

bool continues_utf8(std::string_view text, std::size_t at, std::size_t count) {
  for (std::size_t k = 1; k <= count; ++k)
    if (at + k >= text.size() || (static_cast<unsigned char>(text[at + k]) & 0xC0U) != 0x80U) return false;
  return true;
}

/// Bytes of the character at `at`; 0 where it is no UTF-8.
std::size_t utf8_length(std::string_view text, std::size_t at) {
  const auto c = static_cast<unsigned char>(text[at]);
  if (c < 0x80) return 1;
  const std::size_t more = c >= 0xC2 && c < 0xE0 ? 1 : c >= 0xE0 && c < 0xF0 ? 2 : c >= 0xF0 && c < 0xF5 ? 3 : 0;
  return more > 0 && continues_utf8(text, at, more) ? more + 1 : 0;
}

double told_bytes(std::string_view head) { return number_in(head.substr(kHeaderBytes.at, kHeaderBytes.size)).value_or(0.0); }

/// Told twice: as a number, and by the length of the header.
double told_signals(std::string_view head) {
  return number_in(head.substr(kSignals.at, kSignals.size)).value_or(told_bytes(head) / static_cast<double>(kBlock) - 1.0);
}

class HeaderReader {
 public:
  HeaderReader(std::string bytes, std::int64_t file_bytes) : bytes_(std::move(bytes)), file_bytes_(file_bytes) {}

  Result<EdfHeader> run() {
    KLONO_CHECK(read_size());
    read_kind();
    read_start();
    KLONO_CHECK(read_signals());
    KLONO_CHECK(read_records());
    return std::move(header_);
  }

 private:
  std::string_view field(Field field) const { return std::string_view(bytes_).substr(field.at, field.size); }

  std::string_view field(Field field, std::size_t signal) const {
    const std::size_t begin = static_cast<std::size_t>(kBlock) + field.at * num_signals_ + field.size * signal;
    return std::string_view(bytes_).substr(begin, field.size);
  }

  void warn(const char* code, Word id, std::initializer_list<std::pair<std::string_view, std::string>> values = {}) {
    header_.warnings.push_back({code, fill(id, values)});
  }

  Status read_size() {
    const double signals = told_signals(bytes_);
    if (!(signals >= 1.0 && signals < 10000.0)) return broken(Word::clinical_edf_what_signals);
    num_signals_ = static_cast<std::size_t>(signals);
    header_.begin = static_cast<std::int64_t>(num_signals_ + 1) * kBlock;
    if (static_cast<std::int64_t>(bytes_.size()) < header_.begin) return broken(Word::clinical_edf_what_size);
    told_begin_ = static_cast<std::int64_t>(std::clamp(told_bytes(bytes_), 0.0, 1e9));
    bytes_.resize(static_cast<std::size_t>(header_.begin));
    return Done{};
  }

  void read_kind() {
    header_.width = bytes_.front() == '\xFF' ? 3 : 2;
    const std::string_view kind = without_blanks(field(kReserved));
    if (kind.starts_with("EDF+D") || kind.starts_with("BDF+D")) header_.kind = EdfHeader::Kind::Interrupted;
    else if (kind.starts_with("EDF+") || kind.starts_with("BDF+")) header_.kind = EdfHeader::Kind::Continuous;
    if (header_.is_bdf() && kind.starts_with("24BIT")) warn("biosemi-kind", Word::clinical_warn_biosemi_kind);
    const auto foreign = [](char c) { return c < ' ' || c > '~'; };
    if (std::any_of(bytes_.begin() + 1, bytes_.end(), foreign)) warn("header-characters", Word::clinical_warn_header_characters);
  }

  void read_start() {
    int date[3] = {};
    int time[3] = {};
    bool date_points = true;
    bool time_points = true;
    const bool read = three_numbers(field(kDate), date, date_points) && three_numbers(field(kTime), time, time_points);
    const std::chrono::year_month_day day{std::chrono::year((date[2] < 85 ? 2000 : 1900) + date[2]), std::chrono::month(static_cast<unsigned>(date[1])),
                                          std::chrono::day(static_cast<unsigned>(date[0]))};
    if (!read || !day.ok() || time[0] > 23 || time[1] > 59 || time[2] > 59) return warn("no-date", Word::clinical_warn_no_date);
    if (!date_points || !time_points) warn("time-marks", Word::clinical_warn_time_marks);
    const std::int64_t days = std::chrono::sys_days(day).time_since_epoch().count();
    header_.start.basis = ClockBasis::Local;
    header_.start.unix_ns = (((days * 24 + time[0]) * 60 + time[1]) * 60 + time[2]) * kSecond_ns;
  }

  Status read_signals() {
    bool only_annotations = true;
    for (std::size_t s = 0; s < num_signals_; ++s) {
      EdfSignal signal;
      signal.label = edf_text(field(kLabel, s));
      const double count = number_in(field(kCount, s)).value_or(-1.0);
      if (!(count >= 0.0 && count <= static_cast<double>(kMostRecordBytes))) return broken(Word::clinical_edf_what_samples);
      signal.count = static_cast<std::int64_t>(count);
      signal.at = header_.record_bytes;
      header_.record_bytes += signal.count * header_.width;
      if (header_.record_bytes > kMostRecordBytes) return broken(Word::clinical_edf_what_samples);
      signal.annotations = header_.kind != EdfHeader::Kind::Plain && (signal.label == "EDF Annotations" || signal.label == "BDF Annotations");
      if (!signal.annotations) read_scale(signal, s);
      only_annotations = only_annotations && signal.annotations;
      header_.signals.push_back(std::move(signal));
    }
    if (header_.record_bytes == 0) return broken(Word::clinical_edf_what_samples);
    header_.record_s = number_in(field(kRecordSeconds)).value_or(-1.0);
    const bool plausible = header_.record_s >= kShortestRecord_s && header_.record_s <= kLongestRecord_s;
    if (!plausible && !only_annotations) return broken(Word::clinical_edf_what_duration);
    if (!plausible) header_.record_s = 0.0;
    tell_scales();
    return Done{};
  }

  void read_scale(EdfSignal& signal, std::size_t s) {
    const std::optional<double> low = number_in(field(kPhysicalLow, s));
    const std::optional<double> high = number_in(field(kPhysicalHigh, s));
    const std::optional<double> digital_low = number_in(field(kDigitalLow, s));
    const std::optional<double> digital_high = number_in(field(kDigitalHigh, s));
    const double gain = low && high && digital_low && digital_high ? (*high - *low) / (*digital_high - *digital_low) : 0.0;
    if (!std::isfinite(gain) || gain == 0.0) {
      unscaled_.push_back(signal.label);
      return;
    }
    if (*digital_high < *digital_low) reversed_.push_back(signal.label);
    signal.unit = edf_text(field(kUnit, s));
    signal.gain = gain;
    signal.offset = *low - gain * *digital_low;
    signal.largest = std::max(std::abs(*low), std::abs(*high));
  }

  static std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), kMostNames); ++i) text += (i > 0 ? ", " : "") + names[i];
    return text + (names.size() > kMostNames ? ", …" : "");
  }

  void tell_scales() {
    if (!unscaled_.empty()) warn("physical-range", Word::clinical_warn_physical_range, {{"name", listed(unscaled_)}});
    if (!reversed_.empty()) warn("digital-range", Word::clinical_warn_digital_range, {{"name", listed(reversed_)}});
  }

  Status read_records() {
    const auto rest_behind = [&](std::int64_t begin) { return (file_bytes_ - begin) % header_.record_bytes; };
    if (told_begin_ != header_.begin) {
      warn("header-size", Word::clinical_warn_header_size, {{"told", std::to_string(told_begin_)}, {"real", std::to_string(header_.begin)}});
      const bool padded = told_begin_ > header_.begin && told_begin_ < file_bytes_ && rest_behind(told_begin_) == 0 && rest_behind(header_.begin) != 0;
      if (padded) header_.begin = told_begin_;
    }
    const std::int64_t there = (file_bytes_ - header_.begin) / header_.record_bytes;
    const std::int64_t rest = rest_behind(header_.begin);
    if (there == 0) return Error{ErrorCode::Empty, std::string(word(Word::clinical_edf_no_records)), std::string(word(Word::formats_empty_advice))};
    const auto told = static_cast<std::int64_t>(std::clamp(number_in(field(kRecords)).value_or(-1.0), -1.0, 1e12));
    header_.records = there;
    const std::string n = std::to_string(there);
    if (told <= 0) warn("records-unknown", Word::clinical_warn_records_unknown, {{"n", n}});
    else if (told > there) warn("records-fewer", Word::clinical_warn_records_fewer, {{"told", std::to_string(told)}, {"n", n}});
    else if (told < there && rest == 0) warn("records-more", Word::clinical_warn_records_more, {{"told", std::to_string(told)}, {"n", n}});
    else header_.records = told;
    const std::int64_t trailing = file_bytes_ - header_.begin - header_.records * header_.record_bytes;
    if (trailing > 0 && told <= there) warn("trailing-bytes", Word::clinical_warn_trailing, {{"n", std::to_string(trailing)}});
    return Done{};
  }

  std::string bytes_;
  std::int64_t file_bytes_;
  std::size_t num_signals_ = 0;
  std::int64_t told_begin_ = 0;
  std::vector<std::string> unscaled_;
  std::vector<std::string> reversed_;
  EdfHeader header_;
};

}  // namespace

std::string edf_text(std::string_view bytes) {
  const std::string_view text = without_blanks(bytes);
  bool utf8 = true;
  for (std::size_t at = 0, length = 0; utf8 && at < text.size(); at += length) {
    length = utf8_length(text, at);
    utf8 = length > 0;
  }
  std::string printable;
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (code < ' ' || code == 0x7F) {
      printable += ' ';
    } else if (code < 0x80 || utf8) {
      printable += c;
    } else {
      printable += static_cast<char>(0xC0U | code >> 6U);
      printable += static_cast<char>(0x80U | (code & 0x3FU));
    }
  }
  return printable;
}

Result<EdfHeader> read_edf_header(const ByteSource& source) {
  std::string head(static_cast<std::size_t>(kBlock), '\0');
  KLONO_TRY(const std::size_t first, source.read_at(0, std::as_writable_bytes(std::span(head))));
  head.resize(first);
  if (first < static_cast<std::size_t>(kBlock)) return broken(Word::clinical_edf_what_size);
  // The rest is asked for once the number of signals is known, and never beyond the file.
  const auto wanted = static_cast<std::int64_t>((std::clamp(told_signals(head), 0.0, 1e4) + 1.0) * static_cast<double>(kBlock));
  head.resize(static_cast<std::size_t>(std::clamp(std::min(wanted, source.size()), kBlock, kBlock * 10001)));
  KLONO_TRY(const std::size_t got, source.read_at(0, std::as_writable_bytes(std::span(head))));
  head.resize(got);
  return HeaderReader(std::move(head), source.size()).run();
}

}  // namespace klono::formats
