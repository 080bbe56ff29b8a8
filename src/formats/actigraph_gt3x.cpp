#include "formats/actigraph_gt3x.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/words.hpp"
#include "formats/device_bytes.hpp"
#include "formats/joined_reader.hpp"
#include "formats/number_text.hpp"
#include "formats/packets.hpp"

namespace klono::formats {
namespace {

// Layout: actigraph/GT3X-File-Format and NHANES-GT3X-File-Format. Of info.txt and the records only what is named here is read:
// the rest may hold a name or a date of birth.
constexpr std::size_t kMostInfo = 1 << 16;
constexpr std::size_t kAtOnce = 1 << 20;
constexpr std::size_t kHead = 8;
constexpr std::size_t kAround = kHead + 1;       // head and checksum
constexpr std::size_t kMostSought = 4096;        // payload of a record that is looked for behind damage
constexpr unsigned kSeparator = 0x1E;
constexpr unsigned kMostTypes = 30;
constexpr std::int64_t kTicksTo1970 = 62135596800;
constexpr std::size_t kOldPacket = 2000;         // samples that are decoded at once where there are no records

enum Type : unsigned { kActivity = 0, kBattery = 2, kLux = 5, kParameters = 21, kActivity2 = 26, kActivity3 = 27 };

struct Info {
  double rate_hz = 0.0;
  std::int64_t start_unix_s = 0;
  double scale = 0.0;    ///< counts in 1 g, 0 where not told
  double range_g = 0.0;
  bool six_g = false;    ///< an older sensor
  bool turned = false;   ///< firmware that turned the axes about z
};

std::string_view value_of(std::string_view text, std::string_view key) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = trimmed(text.substr(at, end - at));
    if (line.starts_with(key) && line.substr(key.size()).starts_with(":")) return trimmed(line.substr(key.size() + 1));
    at = end + 1;
  }
  return {};
}

double number_of(std::string_view text, std::string_view key) {
  const std::string_view value = value_of(text, key);
  const std::optional<double> number = parse_number(value, contains(value, ","));
  return number && std::isfinite(*number) ? *number : 0.0;
}

Info parse_info(std::string_view text) {
  Info info;
  info.rate_hz = number_of(text, "Sample Rate");
  info.start_unix_s = parse_integer(value_of(text, "Start Date")).value_or(0) / 10'000'000 - kTicksTo1970;
  info.scale = number_of(text, "Acceleration Scale");
  const std::string_view serial = value_of(text, "Serial Number");
  info.six_g = starts_with_any(serial, {"NEO", "CLE", "MRA"});
  info.range_g = number_of(text, "Acceleration Max");
  if (!(info.range_g > 0.0)) info.range_g = info.six_g ? 6.0 : 8.0;
  info.turned = serial.starts_with("MOS") && value_of(text, "Firmware") == "1.6.0";
  return info;
}

/// Twelve bits, two's complement, most significant first; `place` counts values.
int twelve_bits(Bytes bytes, std::size_t place) {
  const std::size_t at = place * 3 / 2;
  const auto a = static_cast<unsigned>(bytes[at]);
  const auto b = static_cast<unsigned>(bytes[at + 1]);
  const unsigned value = place % 2 == 0 ? a << 4 | b >> 4 : (a & 15U) << 8 | b;
  return static_cast<int>(value) - (value >= 2048U ? 4096 : 0);
}

std::vector<PacketChannel> axes() {
  return {{"accel_x", "g", "g", ChannelRole::AccelerationX}, {"accel_y", "g", "g", ChannelRole::AccelerationY}, {"accel_z", "g", "g", ChannelRole::AccelerationZ}};
}

/// Version 2: records of a second each, with its time.
class Log final : public PacketFormat {
 public:
  Log(std::shared_ptr<const ByteSource> source, const Info& info) : room_(std::move(source)), info_(info), scale_(info.scale) {
    if (!(scale_ > 0.0)) scale_ = info.six_g ? 341.0 : 256.0;
  }

  Result<bool> scan(PacketList& list) override {
    KLONO_TRY(const bool at_end, room_.read_on(kAtOnce));
    std::size_t at = 0;
    while (at < room_.size()) {
      const std::size_t step = take_record(at, at_end, list);
      if (step == 0) break;
      at += step;
    }
    room_.forget(at);
    return !at_end;
  }

  std::int64_t bytes_done() const override { return room_.bytes_done(); }
  std::int64_t bytes_total() const override { return room_.source().size(); }

  PacketFacts facts() const override {
    PacketFacts facts;
    facts.format = word(Word::devices_name_gt3x);
    facts.start = local_clock(origin_s_, 0.0);
    facts.channels = axes();
    facts.nominal_rate_hz = info_.rate_hz;
    facts.range_g = info_.range_g;
    for (const SlowMeasure* slow : {&battery_, &light_})
      if (!slow->measure().values.empty()) facts.sides.push_back(slow->measure());
    if (damaged_ > 0) facts.warnings.push_back({"damaged-records", fill(Word::devices_warn_records, {{"n", std::to_string(damaged_)}})});
    if (doubled_ > 0) facts.warnings.push_back({"doubled-seconds", fill(Word::devices_warn_doubled, {{"n", std::to_string(doubled_)}})});
    return facts;
  }

  const ByteSource& bytes() const override { return room_.source(); }

  bool decode(const Packet& packet, Bytes bytes, std::span<const std::span<float>> into) const override {
    const auto type = static_cast<unsigned>(bytes[1]);
    const Bytes payload = bytes.subspan(kHead, bytes.size() - kAround);
    if (samples_in(type, payload.size()) != packet.count) return false;
    const double g = 1.0 / scale_;
    for (std::size_t k = 0; k < std::min<std::size_t>(into.size(), 3); ++k) {
      const bool other = info_.turned && k < 2;  // x' = y, y' = -x
      const std::size_t axis = other ? 1 - k : k;
      const auto scale = static_cast<float>(other && k == 1 ? -g : g);
      if (type == kActivity2)
        for (std::size_t i = 0; i < into[k].size(); ++i) into[k][i] = static_cast<float>(number_at<std::int16_t>(payload, 6 * i + 2 * axis)) * scale;
      else
        for (std::size_t i = 0; i < into[k].size(); ++i) into[k][i] = static_cast<float>(twelve_bits(payload, 3 * i + place_of(type, axis))) * scale;
    }
    return true;
  }

 private:
  /// ACTIVITY has y before x.
  static std::size_t place_of(unsigned type, std::size_t axis) { return type == kActivity && axis < 2 ? 1 - axis : axis; }

  /// A payload of one byte tells that the device was plugged in.
  static std::size_t samples_in(unsigned type, std::size_t bytes) {
    if (bytes <= 1) return 0;
    if (type == kActivity2) return bytes / 6;
    return type == kActivity || type == kActivity3 ? 2 * bytes / 9 : 0;
  }

  bool begins_record(std::size_t at) const {
    return static_cast<unsigned>(room_[at]) == kSeparator && at + 1 < room_.size() && static_cast<unsigned>(room_[at + 1]) < kMostTypes;
  }

  bool has_checksum(std::size_t at, std::size_t total) const {
    std::uint8_t all = 0;
    for (const std::byte byte : Bytes(room_).subspan(at, total - 1)) all ^= static_cast<std::uint8_t>(byte);
    return static_cast<std::uint8_t>(~all) == static_cast<std::uint8_t>(room_[at + total - 1]);
  }

  /// Bytes to go on by; 0 where more of the file is needed.
  std::size_t take_record(std::size_t at, bool at_end, PacketList& list) {
    if (room_.size() - at < kAround) return at_end ? room_.size() - at : 0;
    if (!begins_record(at)) {
      seeking_ = seeking_ || room_[at] != std::byte{0};  // stray zeros lie between records
      return 1;
    }
    const std::size_t size = number_at<std::uint16_t>(room_, at + 6);
    const std::size_t total = size + kAround;
    if (!seeking_ && !at_end && room_.size() - at < total + 2) return 0;
    if (room_.size() - at < total || (seeking_ && size > kMostSought)) {
      if (seeking_ && !at_end && size <= kMostSought) return 0;
      seeking_ = true;
      return 1;
    }
    if (!has_checksum(at, total)) {
      if (!seeking_ && at + total < room_.size() && begins_record(at + total)) {
        ++unread_;
        return total;
      }
      seeking_ = true;
      return 1;
    }
    // Inside damage any byte may look like the beginning of a record, but hardly like two in a row.
    if (seeking_ && at + total < room_.size() && !begins_record(at + total) && room_[at + total] != std::byte{0}) return 1;
    damaged_ += std::exchange(unread_, 0) + (seeking_ ? 1 : 0);
    seeking_ = false;
    use(at, size, list);
    return total;
  }

  void use(std::size_t at, std::size_t size, PacketList& list) {
    const auto type = static_cast<unsigned>(room_[at + 1]);
    const auto second = static_cast<std::int64_t>(number_at<std::uint32_t>(room_, at + 2));
    const Bytes payload = Bytes(room_).subspan(at + kHead, size);
    if (type == kParameters) return read_parameters(payload);
    if (size == 2 && !list.empty() && (type == kBattery || type == kLux)) {
      const auto value = static_cast<float>(number_at<std::uint16_t>(payload, 0));
      if (type == kBattery) battery_.add(static_cast<double>(second - origin_s_), value / 1000.0F);
      else light_.add(static_cast<double>(second - origin_s_), value);
      return;
    }
    const std::size_t samples = samples_in(type, size);
    if (samples == 0) return;
    if (list.empty()) origin_s_ = second;
    else if (second == last_s_) {
      ++doubled_;
      return;
    }
    last_s_ = second;
    Packet packet;
    packet.offset = room_.place_of(at);
    packet.bytes = static_cast<std::uint32_t>(size + kAround);
    packet.count = static_cast<std::uint16_t>(samples);
    packet.start_s = static_cast<double>(second - origin_s_);
    list.add(packet);
  }

  /// Pairs of an address and a value; the scale is a fraction of 24 bits and an exponent of 8.
  void read_parameters(Bytes payload) {
    constexpr std::uint32_t kScaleAddress = 55U << 16;
    for (std::size_t at = 0; at + 8 <= payload.size(); at += 8) {
      if (number_at<std::uint32_t>(payload, at) != kScaleAddress) continue;
      const auto value = number_at<std::uint32_t>(payload, at + 4);
      const double fraction = static_cast<double>(static_cast<std::int32_t>(value << 8) >> 8) / 8388608.0;
      const double scale = std::ldexp(fraction, static_cast<std::int8_t>(value >> 24));
      if (scale >= 1.0 && scale <= 65536.0) scale_ = scale;
    }
  }

  ReadingRoom room_;
  Info info_;
  double scale_ = 0.0;
  bool seeking_ = false;       ///< behind damage, for the next record
  std::int64_t origin_s_ = 0;
  std::int64_t last_s_ = 0;
  std::int64_t unread_ = 0;    ///< damaged records since the last good one: at the end the file may just be cut
  std::int64_t damaged_ = 0;
  std::int64_t doubled_ = 0;
  SlowMeasure battery_{"battery", "V", ChannelRole::Battery};
  SlowMeasure light_{"light", "lux", ChannelRole::Light};
};

/// Version 1: samples one after another, no times.
class OldActivity final : public PacketFormat {
 public:
  OldActivity(std::shared_ptr<const ByteSource> source, const Info& info) : source_(std::move(source)), info_(info) {}

  Result<bool> scan(PacketList& list) override {
    room_.resize(kAtOnce / kPacketBytes * kPacketBytes);
    KLONO_TRY(const std::size_t got, source_->read_at(offset_, room_));
    for (std::size_t at = 0; at < got; at += kPacketBytes) {
      Packet packet;
      packet.offset = offset_ + static_cast<std::int64_t>(at);
      packet.bytes = static_cast<std::uint32_t>(std::min(kPacketBytes, got - at));
      packet.count = static_cast<std::uint16_t>(2 * packet.bytes / 9);
      packet.start_s = static_cast<double>(list.num_samples()) / info_.rate_hz;
      list.add(packet);
    }
    offset_ += static_cast<std::int64_t>(got);
    return got == room_.size();
  }

  std::int64_t bytes_done() const override { return std::min(offset_, source_->size()); }
  std::int64_t bytes_total() const override { return source_->size(); }

  PacketFacts facts() const override {
    PacketFacts facts;
    facts.format = word(Word::devices_name_gt3x);
    if (info_.start_unix_s > 0) facts.start = local_clock(info_.start_unix_s, 0.0);
    facts.channels = axes();
    facts.nominal_rate_hz = info_.rate_hz;
    facts.has_clock = false;
    facts.range_g = info_.range_g;
    return facts;
  }

  const ByteSource& bytes() const override { return *source_; }

  /// To a thousandth of a g, as the maker's documents ask: so the file and ActiLife's csv of it are the same recording.
  bool decode(const Packet& packet, Bytes bytes, std::span<const std::span<float>> into) const override {
    if (2 * bytes.size() / 9 != packet.count) return false;
    constexpr std::array<std::size_t, 3> kPlaces{1, 0, 2};
    for (std::size_t k = 0; k < std::min<std::size_t>(into.size(), 3); ++k)
      for (std::size_t i = 0; i < into[k].size(); ++i)
        into[k][i] = static_cast<float>(std::nearbyint(twelve_bits(bytes, 3 * i + kPlaces[k]) * (1000.0 / 341.0)) / 1000.0);
    return true;
  }

 private:
  static constexpr std::size_t kPacketBytes = kOldPacket / 2 * 9;

  std::shared_ptr<const ByteSource> source_;
  Info info_;
  std::vector<std::byte> room_;
  std::int64_t offset_ = 0;
};

}  // namespace

Result<std::unique_ptr<TableReader>> open_gt3x(std::shared_ptr<const FileSet> files, const ReadOptions&) {
  const FileMember* about = member_at(*files, "info.txt");
  const FileMember* log = member_at(*files, "log.bin");
  const FileMember* activity = member_at(*files, "activity.bin");
  if (about == nullptr || (log == nullptr && activity == nullptr))
    return Error{ErrorCode::UnknownFormat, std::string(word(Word::formats_archive_nothing)), std::string(word(Word::formats_unknown_advice))};
  KLONO_TRY(const std::vector<std::byte> head, read_head(*files->read_up_to_damage(*about), kMostInfo));
  const Info info = parse_info({reinterpret_cast<const char*>(head.data()), head.size()});
  if (!(info.rate_hz >= 1.0 && info.rate_hz <= 10000.0))
    return Error{ErrorCode::Malformed, std::string(word(Word::devices_gt3x_no_rate)), std::string(word(Word::devices_gt3x_no_rate_advice))};
  if (log != nullptr && (log->size > 0 || activity == nullptr)) return read_packets(std::make_unique<Log>(files->read_up_to_damage(*log), info));
  return read_packets(std::make_unique<OldActivity>(files->read_up_to_damage(*activity), info));
}

}  // namespace klono::formats
