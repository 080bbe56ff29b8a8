#include "formats/geneactiv.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/words.hpp"
#include "formats/device_bytes.hpp"
#include "formats/number_text.hpp"
#include "formats/packets.hpp"

namespace klono::formats {
namespace {

// A text of "Key:Value" lines, padded with spaces or NULs; of the header only what is needed is read: it may hold names.
constexpr std::string_view kPage = "Recorded Data";
constexpr std::string_view kLastKey = "Measurement Frequency:";
constexpr std::size_t kDigits = 12;           // of a sample
constexpr std::size_t kAtOnce = 1 << 20;
constexpr std::size_t kMostInPage = 1 << 16;  // a page has 4 kB; what is longer is no page
constexpr std::size_t kMostHeader = 1 << 16;
constexpr double kClockStep_s = 0.5;
constexpr double kRange_g = 8.0;

std::string_view text_of(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

std::string_view value_of(std::string_view text, std::string_view key) {
  const std::size_t at = text.find(key);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = text.substr(at + key.size());
  return trimmed(rest.substr(0, rest.find_first_of(std::string_view("\r\n\0", 3))));
}

double number_of(std::string_view text, std::string_view key, double otherwise) {
  std::string_view value = value_of(text, key);
  value = value.substr(0, value.find(' '));
  const std::optional<double> number = parse_number(value, contains(value, ","));
  return number && std::isfinite(*number) ? *number : otherwise;
}

struct Calibration {
  std::array<double, 3> gain{};
  std::array<double, 3> offset{};
};

/// The digits of a page: behind its last line of words, up to the end of their line.
std::string_view digits_of(std::string_view page) {
  const std::size_t key = page.find(kLastKey);
  if (key == std::string_view::npos) return {};
  const std::size_t begin = page.find('\n', key);
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = page.substr(begin + 1);
  return rest.substr(0, rest.find_first_of("\r\n"));
}

constexpr std::array<std::int8_t, 256> make_digit_values() {
  std::array<std::int8_t, 256> values{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto c = static_cast<char>(i);
    values[i] = static_cast<std::int8_t>(c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1);
  }
  return values;
}
constexpr std::array<std::int8_t, 256> kDigitValues = make_digit_values();

/// Three digits; below 0 where one of them is none.
int three_digits(const char* text) {
  const int a = kDigitValues[static_cast<unsigned char>(text[0])];
  const int b = kDigitValues[static_cast<unsigned char>(text[1])];
  const int c = kDigitValues[static_cast<unsigned char>(text[2])];
  return (a | b | c) < 0 ? -1 : a << 8 | b << 4 | c;
}

std::optional<double> clock_of(std::string_view text) {
  int part[7] = {};
  if (std::sscanf(std::string(text).c_str(), "%4d-%2d-%2d %2d:%2d:%2d:%3d", &part[0], &part[1], &part[2], &part[3], &part[4], &part[5], &part[6]) < 6) return std::nullopt;
  if (part[0] < 1971 || part[0] > 2200) return std::nullopt;
  return static_cast<double>(seconds_of_clock(part[0], static_cast<unsigned>(part[1]), static_cast<unsigned>(part[2]), part[3], part[4], part[5])) + part[6] / 1000.0;
}

class GeneActiv final : public PacketFormat {
 public:
  explicit GeneActiv(std::shared_ptr<const ByteSource> source) : room_(std::move(source)) {}

  Result<bool> scan(PacketList& list) override {
    KLONO_TRY(const bool at_end, room_.read_on(kAtOnce));
    std::size_t at = text_of(room_).find(kPage);
    if (!begun_ && at != std::string_view::npos) KLONO_CHECK(begin(text_of(room_).substr(0, std::min(at, kMostHeader))));
    while (at != std::string_view::npos) {
      const std::size_t next = text_of(room_).find(kPage, at + kPage.size());
      if (next == std::string_view::npos && !at_end && room_.size() - at < kMostInPage) break;
      take_page(at, std::min({next, room_.size(), at + kMostInPage}), list);
      at = next;
    }
    // What may be the beginning of a page is read on from.
    const std::size_t left = at != std::string_view::npos ? at : room_.size() - std::min(room_.size(), kPage.size());
    room_.forget(left);
    if (at_end) flush(list);
    return !at_end;
  }

  std::int64_t bytes_done() const override { return room_.bytes_done(); }
  std::int64_t bytes_total() const override { return room_.source().size(); }

  PacketFacts facts() const override {
    PacketFacts facts;
    facts.format = word(Word::devices_name_geneactiv);
    if (origin_s_) facts.start = local_clock(0, *origin_s_);
    facts.channels = {{"accel_x", "g", "g", ChannelRole::AccelerationX}, {"accel_y", "g", "g", ChannelRole::AccelerationY},
                      {"accel_z", "g", "g", ChannelRole::AccelerationZ}, {"temperature", "degC", "degC", ChannelRole::Temperature},
                      {"light_raw_10bit", "count", "count", ChannelRole::Light}};
    facts.nominal_rate_hz = rate_hz_;
    facts.clock_step_s = kClockStep_s;
    facts.range_g = kRange_g;
    for (const SlowMeasure* slow : {&temperature_, &battery_}) facts.sides.push_back(slow->measure());
    if (damaged_ > 0) facts.warnings.push_back({"damaged-pages", fill(Word::devices_warn_pages, {{"n", std::to_string(damaged_)}})});
    return facts;
  }

  const ByteSource& bytes() const override { return room_.source(); }

  bool decode(const Packet& packet, Bytes bytes, std::span<const std::span<float>> into) const override {
    const std::string_view page = text_of(bytes);
    const std::string_view digits = digits_of(page);
    if (digits.size() < kDigits * packet.count) return false;
    for (std::size_t k = 0; k < into.size(); ++k) {
      if (k == 3) std::fill(into[k].begin(), into[k].end(), static_cast<float>(number_of(page, "Temperature:", std::numeric_limits<double>::quiet_NaN())));
      else
        for (std::size_t i = 0; i < into[k].size(); ++i) into[k][i] = value_at(digits.data() + kDigits * i, k);
    }
    return true;
  }

 private:
  float value_at(const char* sample, std::size_t channel) const {
    const int raw = three_digits(sample + (channel < 3 ? 3 * channel : 9));
    if (raw < 0) return std::numeric_limits<float>::quiet_NaN();
    if (channel >= 3) return static_cast<float>(raw >> 2);
    const int value = raw >= 2048 ? raw - 4096 : raw;  // twelve bits, two's complement
    return static_cast<float>((value * 100.0 - calibration_.offset[channel]) / calibration_.gain[channel]);
  }

  Status begin(std::string_view header) {
    begun_ = true;
    rate_hz_ = number_of(header, kLastKey, 0.0);
    constexpr std::array<std::string_view, 3> kGains{"x gain:", "y gain:", "z gain:"};
    constexpr std::array<std::string_view, 3> kOffsets{"x offset:", "y offset:", "z offset:"};
    for (std::size_t k = 0; k < 3; ++k) {
      calibration_.gain[k] = number_of(header, kGains[k], 0.0);
      calibration_.offset[k] = number_of(header, kOffsets[k], 0.0);
      if (!(calibration_.gain[k] > 0.0))
        return Error{ErrorCode::Malformed, std::string(word(Word::devices_geneactiv_no_calibration)), std::string(word(Word::devices_geneactiv_no_calibration_advice))};
    }
    return Done{};
  }

  void take_page(std::size_t begin, std::size_t end, PacketList& list) {
    const std::string_view page = text_of(room_).substr(begin, end - begin);
    const std::string_view digits = digits_of(page);
    const std::size_t count = std::min<std::size_t>(digits.size() / kDigits, std::numeric_limits<std::uint16_t>::max());
    if (count == 0) {
      ++unread_;
      return;
    }
    damaged_ += std::exchange(unread_, 0);  // the last one may just be cut
    if (!(rate_hz_ > 0.0)) rate_hz_ = number_of(page, kLastKey, 0.0);
    Packet packet;
    packet.offset = room_.place_of(begin);
    packet.bytes = static_cast<std::uint32_t>(digits.data() + digits.size() - page.data());
    packet.count = static_cast<std::uint16_t>(count);
    const std::optional<double> clock = clock_of(value_of(page, "Page Time:"));
    if (!origin_s_) origin_s_ = clock;
    const double expected_s = pending_.count > 0 ? pending_.start_s + pending_.count / std::max(rate_hz_, 1.0) : 0.0;
    packet.start_s = clock && origin_s_ ? *clock - *origin_s_ : expected_s;
    const double number = number_of(page, "Sequence Number:", -1.0);
    if (pending_.count > 0 && number != sequence_ + 1.0) packet.join = PacketJoin::Lost;
    sequence_ = number;
    temperature_.add(packet.start_s, static_cast<float>(number_of(page, "Temperature:", std::numeric_limits<double>::quiet_NaN())));
    battery_.add(packet.start_s, static_cast<float>(number_of(page, "Battery voltage:", std::numeric_limits<double>::quiet_NaN())));
    settle_clock(packet.start_s);
    flush(list);
    pending_ = packet;
  }

  /// A page whose clock alone is off, between two that fit each other, had its digits damaged.
  void settle_clock(double next_s) {
    if (before_.count == 0 || pending_.count == 0 || !(rate_hz_ > 0.0)) return;
    const double due_s = before_.start_s + before_.count / rate_hz_;
    const double most_s = 3.0 * kClockStep_s;
    if (std::abs(pending_.start_s - due_s) > most_s && std::abs(next_s - due_s - pending_.count / rate_hz_) < most_s) pending_.start_s = due_s;
  }

  void flush(PacketList& list) {
    list.add(pending_);
    before_ = std::exchange(pending_, {});
  }

  ReadingRoom room_;
  bool begun_ = false;
  Calibration calibration_;
  double rate_hz_ = 0.0;
  std::optional<double> origin_s_;
  double sequence_ = -1.0;
  Packet pending_;  ///< the page that was read last; added once the next one is known
  Packet before_;
  std::int64_t damaged_ = 0;
  std::int64_t unread_ = 0;
  SlowMeasure temperature_{"temperature", "degC", ChannelRole::Temperature};
  SlowMeasure battery_{"battery", "V", ChannelRole::Battery};
};

}  // namespace

Result<std::unique_ptr<TableReader>> open_geneactiv(std::shared_ptr<const ByteSource> source, const ReadOptions&) {
  return read_packets(std::make_unique<GeneActiv>(std::move(source)));
}

}  // namespace klono::formats
