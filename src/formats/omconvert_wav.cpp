#include "formats/omconvert_wav.hpp"

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>

#include "base/words.hpp"
#include "formats/device_bytes.hpp"
#include "formats/number_text.hpp"
#include "formats/packets.hpp"

namespace klono::formats {
namespace {

// Layout: digitalinteraction/openmovement, Software/AX3/omconvert/README.md. The session's text is not read: it may hold names.
constexpr int kMostChunks = 200;
constexpr std::size_t kMostComment = 1 << 16;
constexpr std::size_t kRowsInPacket = 2048;
constexpr std::size_t kAtOnce = 1 << 20;
constexpr unsigned kPlain = 1;
constexpr unsigned kExtensible = 0xFFFE;

struct WavHeader {
  unsigned tag = 0;
  std::size_t channels = 0;
  double rate_hz = 0.0;
  unsigned bits = 0;
  std::string comment;
  std::string created;
  std::int64_t data_at = -1;
  std::int64_t data_bytes = 0;
};

std::string_view text_of(Bytes bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return text.substr(0, text.find('\0'));
}

void read_information(Bytes list, WavHeader& header) {
  if (list.size() < 4 || text_of(list.first(4)) != "INFO") return;
  for (std::size_t at = 4; at + 8 <= list.size();) {
    const auto declared = static_cast<std::size_t>(number_at<std::uint32_t>(list, at + 4));
    const Bytes body = list.subspan(at + 8, std::min(declared, list.size() - at - 8));
    if (text_of(list.subspan(at, 4)) == "ICMT") header.comment = text_of(body);
    if (text_of(list.subspan(at, 4)) == "ICRD") header.created = text_of(body);
    at += 8 + body.size() + body.size() % 2;
  }
}

/// Chunk by chunk up to the samples. What is declared may be more than is there.
Result<WavHeader> read_header(const ByteSource& source) {
  WavHeader header;
  std::vector<std::byte> room(kMostComment);
  std::int64_t at = 12;
  for (int chunk = 0; chunk < kMostChunks && header.data_at < 0; ++chunk) {
    KLONO_TRY(const std::size_t got, source.read_at(at, room));
    if (got < 8) break;
    const auto declared = static_cast<std::int64_t>(number_at<std::uint32_t>(room, 4));
    const Bytes body = Bytes(room).subspan(8, static_cast<std::size_t>(std::min<std::int64_t>(declared, static_cast<std::int64_t>(got) - 8)));
    const std::string_view id = text_of(Bytes(room).first(4));
    if (id == "fmt " && body.size() >= 16) {
      header.tag = number_at<std::uint16_t>(body, 0);
      header.channels = number_at<std::uint16_t>(body, 2);
      header.rate_hz = static_cast<double>(number_at<std::uint32_t>(body, 4));
      header.bits = number_at<std::uint16_t>(body, 14);
    } else if (id == "LIST") {
      read_information(body, header);
    } else if (id == "data") {
      header.data_at = at + 8;
      header.data_bytes = declared;
    }
    at += 8 + declared + declared % 2;
  }
  return header;
}

/// The value of a line "key: value" of the comment.
std::string_view value_of(std::string_view comment, const std::string& key) {
  for (std::size_t at = 0; at < comment.size();) {
    const std::size_t end = std::min(comment.find('\n', at), comment.size());
    const std::string_view line = trimmed(comment.substr(at, end - at));
    if (line.starts_with(key + ":")) return trimmed(line.substr(key.size() + 1));
    at = end + 1;
  }
  return {};
}

struct WavChannel {
  PacketChannel named;
  float scale = 1.0F;
};

WavChannel channel_of(const WavHeader& header, std::size_t number) {
  const std::string_view name = value_of(header.comment, "Channel-" + std::to_string(number + 1));
  if (name.empty()) return {{"Aux", "raw", "raw", ChannelRole::Other}, 1.0F};
  const double full = parse_number(value_of(header.comment, "Scale-" + std::to_string(number + 1)), false).value_or(32768.0);
  WavChannel channel{{std::string(name), "", "", ChannelRole::Other}, static_cast<float>((full > 0.0 ? full : 32768.0) / 32768.0)};
  constexpr std::string_view kAxes = "XYZ";
  const std::size_t axis = kAxes.find(name.back());
  const bool accel = name.starts_with("Accel-");
  if ((!accel && !name.starts_with("Gyro-")) || axis == std::string_view::npos) return channel;
  channel.named.unit = channel.named.unit_in_file = accel ? "g" : "deg/s";
  channel.named.role = static_cast<ChannelRole>(static_cast<std::size_t>(accel ? ChannelRole::AccelerationX : ChannelRole::RotationX) + axis);
  return channel;
}

WallClock clock_of(const std::string& text) {
  int part[7] = {};
  if (std::sscanf(text.c_str(), "%4d-%2d-%2d %2d:%2d:%2d.%3d", &part[0], &part[1], &part[2], &part[3], &part[4], &part[5], &part[6]) < 6) return {};
  return local_clock(seconds_of_clock(part[0], static_cast<unsigned>(part[1]), static_cast<unsigned>(part[2]), part[3], part[4], part[5]), part[6] / 1000.0);
}

class OmconvertWav final : public PacketFormat {
 public:
  OmconvertWav(std::shared_ptr<const ByteSource> source, WavHeader header) : source_(std::move(source)), header_(std::move(header)) {
    for (std::size_t k = 0; k < header_.channels; ++k) channels_.push_back(channel_of(header_, k));
    for (std::size_t k = 0; k < header_.channels; ++k)
      if (channels_[k].named.name == "Aux") aux_ = k;
  }

  Result<bool> scan(PacketList& list) override {
    const std::size_t row = 2 * header_.channels;
    room_.resize(kAtOnce / row * row);
    const std::int64_t left = header_.data_bytes - done_;
    const auto wanted = static_cast<std::size_t>(std::clamp<std::int64_t>(left, 0, static_cast<std::int64_t>(room_.size())));
    KLONO_TRY(const std::size_t got, source_->read_at(header_.data_at + done_, std::span(room_).first(wanted)));
    const std::size_t rows = got / row;
    for (std::size_t i = 0; i < rows;) {
      if (!is_recorded(i)) {
        ++missing_;
        broken_ = true;
        ++i;
        continue;
      }
      std::size_t end = i + 1;
      while (end < rows && end - i < kRowsInPacket && is_recorded(end)) ++end;
      add(i, end - i, list);
      i = end;
    }
    done_ += static_cast<std::int64_t>(rows * row);
    return got == room_.size();
  }

  std::int64_t bytes_done() const override { return std::min(header_.data_at + done_, source_->size()); }
  std::int64_t bytes_total() const override { return source_->size(); }

  PacketFacts facts() const override {
    PacketFacts facts;
    facts.format = word(Word::devices_name_wav);
    facts.start = clock_of(header_.created);
    if (facts.start.basis == ClockBasis::None) facts.start = clock_of(std::string(value_of(header_.comment, "Time")));
    if (facts.start.basis != ClockBasis::None) facts.start.unix_ns += static_cast<std::int64_t>(first_s_ * 1e9);
    for (const WavChannel& channel : channels_) facts.channels.push_back(channel.named);
    facts.nominal_rate_hz = header_.rate_hz;
    facts.has_clock = false;
    for (const WavChannel& channel : channels_)
      if (channel.named.role == ChannelRole::AccelerationX) facts.range_g = static_cast<double>(channel.scale) * 32768.0;
    if (missing_ > 0) facts.warnings.push_back({"rows-not-recorded", fill(Word::devices_warn_no_data, {{"n", std::to_string(missing_)}})});
    return facts;
  }

  const ByteSource& bytes() const override { return *source_; }

  bool decode(const Packet& packet, Bytes bytes, std::span<const std::span<float>> into) const override {
    for (std::size_t k = 0; k < into.size(); ++k)
      for (std::size_t i = 0; i < into[k].size(); ++i)
        into[k][i] = static_cast<float>(number_at<std::int16_t>(bytes, 2 * (i * header_.channels + k))) * channels_[k].scale;
    return bytes.size() == 2 * header_.channels * packet.count;
  }

 private:
  /// The highest bits of the auxiliary channel are 10 where no sample was there to resample.
  bool is_recorded(std::size_t row) const {
    return aux_ >= header_.channels || (number_at<std::uint16_t>(room_, 2 * (row * header_.channels + aux_)) >> 14) != 2;
  }

  void add(std::size_t row, std::size_t count, PacketList& list) {
    const std::size_t bytes = 2 * header_.channels;
    Packet packet;
    packet.offset = header_.data_at + done_ + static_cast<std::int64_t>(row * bytes);
    packet.bytes = static_cast<std::uint32_t>(count * bytes);
    packet.count = static_cast<std::uint16_t>(count);
    packet.start_s = static_cast<double>(done_ / static_cast<std::int64_t>(bytes) + static_cast<std::int64_t>(row)) / header_.rate_hz;
    if (list.empty()) first_s_ = packet.start_s;
    packet.join = broken_ ? PacketJoin::Lost : PacketJoin::Follows;
    broken_ = false;
    list.add(packet);
  }

  std::shared_ptr<const ByteSource> source_;
  WavHeader header_;
  std::vector<WavChannel> channels_;
  std::size_t aux_ = ~std::size_t{0};
  std::vector<std::byte> room_;
  std::int64_t done_ = 0;
  std::int64_t missing_ = 0;
  double first_s_ = 0.0;
  bool broken_ = false;
};

}  // namespace

Result<std::unique_ptr<TableReader>> open_omconvert_wav(std::shared_ptr<const ByteSource> source, const ReadOptions&) {
  KLONO_TRY(WavHeader header, read_header(*source));
  if (!value_of(header.comment, "Channel-1").starts_with("Accel-"))
    return Error{ErrorCode::RefusedFormat, std::string(word(Word::devices_wav_sound)), std::string(word(Word::devices_wav_sound_advice))};
  const bool plain = (header.tag == kPlain || header.tag == kExtensible) && header.bits == 16 && header.channels >= 3 && header.channels <= 32 && header.rate_hz >= 1.0;
  if (!plain || header.data_at < 0) return Error{ErrorCode::Malformed, std::string(word(Word::devices_wav_coded)), std::string(word(Word::devices_wav_sound_advice))};
  return read_packets(std::make_unique<OmconvertWav>(std::move(source), std::move(header)));
}

}  // namespace klono::formats
