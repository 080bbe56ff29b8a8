#include "formats/axivity_cwa.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/words.hpp"
#include "formats/device_bytes.hpp"
#include "formats/packets.hpp"

namespace klono::formats {
namespace {

// Layout: digitalinteraction/openmovement, Docs/ax3/cwa.h. The header's text of the person who set the device up is not read.
constexpr std::int64_t kHeader = 1024;
constexpr std::size_t kBlock = 512;
constexpr std::size_t kSamples = 480;           // bytes of samples in a block
constexpr std::size_t kSamplesAt = 30;
constexpr std::size_t kBlocksAtOnce = 2048;     // 1 MB
constexpr std::uint16_t kBlockSignature = 0x5841;  // "AX"
constexpr std::uint16_t kBlockLength = 508;
constexpr std::uint8_t kResumed = 1;

std::uint8_t byte_at(Bytes bytes, std::size_t at) { return number_at<std::uint8_t>(bytes, at); }

/// 256 words that add up to 0.
bool adds_up(Bytes block) {
  std::array<std::uint16_t, kBlock / 2> words;
  std::memcpy(words.data(), block.data(), kBlock);
  std::uint16_t sum = 0;
  for (const std::uint16_t word : words) sum = static_cast<std::uint16_t>(sum + word);
  return sum == 0;
}

/// YYYYYYMM MMDDDDDh hhhhmmmm mmssssss
std::int64_t seconds_of(std::uint32_t stamp) {
  return seconds_of_clock(2000 + static_cast<int>(stamp >> 26), (stamp >> 22) & 15U, (stamp >> 17) & 31U, static_cast<int>((stamp >> 12) & 31U),
                          static_cast<int>((stamp >> 6) & 63U), static_cast<int>(stamp & 63U));
}

struct Layout {
  int axes = 3;
  bool packed = true;
};

/// Nothing where the block's description of itself does not fit into it.
std::optional<Layout> layout_of(Bytes block) {
  const std::uint8_t code = byte_at(block, 25);
  const Layout layout{code >> 4, (code & 15) == 0};
  const std::size_t each = layout.packed ? 4 : 2 * static_cast<std::size_t>(layout.axes);
  if (layout.packed ? layout.axes != 3 : (code & 15) != 2 || (layout.axes != 3 && layout.axes != 6 && layout.axes != 9)) return std::nullopt;
  if (number_at<std::uint16_t>(block, 28) * each > kSamples) return std::nullopt;
  return layout;
}

struct BlockHead {
  Layout layout;
  double rate_hz = 0.0;
  double range_g = 0.0;         ///< 0 where not told
  std::int64_t second = 0;      ///< of the clock
  double first_s = 0.0;         ///< of the first sample, after that second
  bool has_fraction = true;
  std::uint32_t sequence = 0;
  std::uint16_t count = 0;
  bool resumed = false;
};

std::optional<BlockHead> head_of(Bytes block) {
  if (number_at<std::uint16_t>(block, 0) != kBlockSignature || number_at<std::uint16_t>(block, 2) != kBlockLength) return std::nullopt;
  const std::uint8_t code = byte_at(block, 24);
  if (code != 0 && !adds_up(block)) return std::nullopt;
  const std::optional<Layout> layout = layout_of(block);
  if (!layout) return std::nullopt;
  BlockHead head;
  head.layout = *layout;
  auto place = static_cast<std::int64_t>(number_at<std::int16_t>(block, 26));
  if (code == 0) {  // the oldest files: the rate stands where later the sample of the whole second does, and there is no checksum
    head.rate_hz = static_cast<double>(place);
    place = 0;
  } else {
    head.rate_hz = 3200.0 / static_cast<double>(1 << (15 - (code & 15)));
    head.range_g = static_cast<double>(16 >> (code >> 6));
  }
  if (!(head.rate_hz >= 1.0)) return std::nullopt;
  const auto device = number_at<std::uint16_t>(block, 4);
  head.has_fraction = (device & 0x8000U) != 0;
  const std::int64_t fraction = head.has_fraction ? (device & 0x7FFF) << 1 : 0;
  // The place was put back by the fraction, for programs that do not know of it.
  place += (fraction * static_cast<std::int64_t>(head.rate_hz)) >> 16;
  head.second = seconds_of(number_at<std::uint32_t>(block, 14));
  head.first_s = static_cast<double>(fraction) / 65536.0 - static_cast<double>(place) / head.rate_hz;
  head.sequence = number_at<std::uint32_t>(block, 10);
  head.count = number_at<std::uint16_t>(block, 28);
  head.resumed = (byte_at(block, 22) & kResumed) != 0;
  return head;
}

/// eezzzzzz zzzzyyyy yyyyyyxx xxxxxxxx: ten bits an axis from `low` on, times 2^e, in 1/256 g.
void unpack(Bytes words, int low, std::span<float> into) {
  for (std::size_t i = 0; i < into.size(); ++i) {
    const auto word = number_at<std::uint32_t>(words, 4 * i);
    const std::int32_t value = static_cast<std::int32_t>(word << (22 - low)) >> 22;
    const auto scale = std::bit_cast<float>((127U - 8U + (word >> 30)) << 23);
    into[i] = static_cast<float>(value) * scale;
  }
}

void read_axis(Bytes samples, std::size_t axis, std::size_t axes, float scale, std::span<float> into) {
  for (std::size_t i = 0; i < into.size(); ++i) into[i] = static_cast<float>(number_at<std::int16_t>(samples, 2 * (i * axes + axis))) * scale;
}

class Cwa final : public PacketFormat {
 public:
  explicit Cwa(std::shared_ptr<const ByteSource> source) : source_(std::move(source)) {}

  Result<bool> scan(PacketList& list) override {
    room_.resize(kBlocksAtOnce * kBlock);
    KLONO_TRY(const std::size_t got, source_->read_at(offset_, room_));
    for (std::size_t at = 0; at + kBlock <= got; at += kBlock) take_block(Bytes(room_).subspan(at, kBlock), offset_ + static_cast<std::int64_t>(at), list);
    offset_ += static_cast<std::int64_t>(got / kBlock * kBlock);
    return got == room_.size();
  }

  std::int64_t bytes_done() const override { return std::min(offset_, source_->size()); }
  std::int64_t bytes_total() const override { return source_->size(); }

  PacketFacts facts() const override {
    PacketFacts facts;
    facts.format = word(Word::devices_name_cwa);
    facts.start = local_clock(origin_s_, first_.first_s);
    constexpr std::array<const char*, 6> kNames{"accel_x", "accel_y", "accel_z", "gyro_x", "gyro_y", "gyro_z"};
    constexpr std::array kRoles{ChannelRole::AccelerationX, ChannelRole::AccelerationY, ChannelRole::AccelerationZ,
                                ChannelRole::RotationX, ChannelRole::RotationY, ChannelRole::RotationZ};
    for (std::size_t k = 0; k < (first_.layout.axes >= 6 ? 6U : 3U); ++k) {
      const char* unit = k < 3 ? "g" : "deg/s";
      facts.channels.push_back({kNames[k], unit, unit, kRoles[k]});
    }
    facts.nominal_rate_hz = first_.rate_hz;
    facts.clock_step_s = first_.has_fraction ? 0.0 : 1.0 / first_.rate_hz;
    facts.told_step_s = 1.0 / first_.rate_hz;
    facts.range_g = first_.range_g;
    for (const SlowMeasure* slow : {&temperature_, &battery_, &light_}) facts.sides.push_back(slow->measure());
    if (damaged_ > 0) facts.warnings.push_back({"damaged-blocks", fill(Word::devices_warn_blocks, {{"n", std::to_string(damaged_)}})});
    return facts;
  }

  const ByteSource& bytes() const override { return *source_; }

  bool decode(const Packet& packet, Bytes bytes, std::span<const std::span<float>> into) const override {
    const std::optional<Layout> layout = layout_of(bytes);
    if (!layout || number_at<std::uint16_t>(bytes, 28) != packet.count) return false;
    const Bytes samples = bytes.subspan(kSamplesAt, kSamples);
    const unsigned scales = number_at<std::uint16_t>(bytes, 18);
    const float g = 1.0F / static_cast<float>(1 << (8 + (scales >> 13)));
    const float dps = 8000.0F / static_cast<float>(1 << ((scales >> 10) & 7U)) / 32768.0F;
    const auto axes = static_cast<std::size_t>(layout->axes);
    for (std::size_t k = 0; k < into.size(); ++k) {
      if (into[k].empty()) continue;
      if (k >= 3 && axes < 6) std::fill(into[k].begin(), into[k].end(), std::numeric_limits<float>::quiet_NaN());
      else if (layout->packed) unpack(samples, static_cast<int>(10 * k), into[k]);
      // Rotation comes first in the file.
      else read_axis(samples, k < 3 ? (axes >= 6 ? k + 3 : k) : k - 3, axes, k < 3 ? g : dps, into[k]);
    }
    return true;
  }

 private:
  void take_block(Bytes block, std::int64_t offset, PacketList& list) {
    const std::optional<BlockHead> head = head_of(block);
    if (!head) {
      damaged_ += number_at<std::uint32_t>(block, 0) != 0xFFFFFFFFU ? 1 : 0;  // a store that was never written holds ones
      return;
    }
    if (head->count == 0) return;
    if (list.empty()) {
      first_ = *head;
      origin_s_ = head->second;
    }
    Packet packet;
    packet.offset = offset;
    packet.bytes = kBlock;
    packet.count = head->count;
    packet.start_s = static_cast<double>(head->second - origin_s_) + head->first_s;
    if (head->resumed || head->sequence == 0) packet.join = PacketJoin::Restart;
    else if (head->sequence != sequence_ + 1) packet.join = PacketJoin::Lost;
    sequence_ = head->sequence;
    list.add(packet);
    const auto coarse = static_cast<float>(number_at<std::uint16_t>(block, 20) & 1023U);
    temperature_.add(packet.start_s, coarse * 75.0F / 256.0F - 50.0F);
    battery_.add(packet.start_s, 3.0F * (static_cast<float>(byte_at(block, 23)) / 512.0F + 1.0F));
    light_.add(packet.start_s, static_cast<float>(number_at<std::uint16_t>(block, 18) & 1023U));
  }

  std::shared_ptr<const ByteSource> source_;
  std::vector<std::byte> room_;
  std::int64_t offset_ = kHeader;
  std::int64_t origin_s_ = 0;
  std::int64_t damaged_ = 0;
  std::uint32_t sequence_ = 0;
  BlockHead first_;
  SlowMeasure temperature_{"temperature", "degC", ChannelRole::Temperature};
  SlowMeasure battery_{"battery", "V", ChannelRole::Battery};
  SlowMeasure light_{"light", "count", ChannelRole::Light};
};

}  // namespace

Result<std::unique_ptr<TableReader>> open_axivity(std::shared_ptr<const ByteSource> source, const ReadOptions&) {
  return read_packets(std::make_unique<Cwa>(std::move(source)));
}

}  // namespace klono::formats
