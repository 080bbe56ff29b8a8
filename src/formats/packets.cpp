#include "formats/packets.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <limits>

#include "base/words.hpp"
#include "formats/packet_clock.hpp"
#include "formats/resting_unit.hpp"

namespace klono::formats {
namespace {

constexpr std::int64_t kReadAhead = 1 << 18;     // bytes asked for at once
constexpr double kWander_s = 0.1;                // a clock that strays further from its line is told
constexpr std::int64_t kProbes = 400;            // windows that tell the resting level
constexpr std::int64_t kProbe = 50;              // samples each

std::string fixed(double value, int digits) {
  char text[48];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

class PacketStore final : public SampleStore {
 public:
  PacketStore(std::shared_ptr<const PacketFormat> format, PacketList list) : format_(std::move(format)), list_(std::move(list)) {}

  std::int64_t num_samples() const override { return list_.num_samples(); }

  void read(std::int64_t begin, std::span<const std::span<float>> into) const override {
    std::int64_t count = 0;
    for (const std::span<float> channel : into) {
      std::fill(channel.begin(), channel.end(), std::numeric_limits<float>::quiet_NaN());
      count = std::max(count, static_cast<std::int64_t>(channel.size()));
    }
    const std::int64_t end = std::min(begin + count, num_samples());
    const std::vector<Packet>& packets = list_.packets();
    const auto after = std::upper_bound(packets.begin(), packets.end(), begin, [](std::int64_t place, const Packet& packet) { return place < packet.first; });
    std::size_t i = after == packets.begin() ? 0 : static_cast<std::size_t>(after - packets.begin()) - 1;
    while (i < packets.size() && packets[i].first < end) i = read_some(i, begin, end, into);
  }

  const PacketList& list() const { return list_; }

 private:
  /// Packets from `i` on whose bytes lie close together, in one reading; the number of the first one left.
  std::size_t read_some(std::size_t i, std::int64_t begin, std::int64_t end, std::span<const std::span<float>> into) const {
    const std::vector<Packet>& packets = list_.packets();
    const std::int64_t from = packets[i].offset;
    std::int64_t until = from + packets[i].bytes;
    std::size_t last = i + 1;
    for (; last < packets.size() && packets[last].first < end; ++last) {
      const std::int64_t its_end = packets[last].offset + packets[last].bytes;
      if (packets[last].offset < from || its_end - from > kReadAhead) break;
      until = std::max(until, its_end);
    }
    bytes_.resize(static_cast<std::size_t>(until - from));
    const Result<std::size_t> got = format_->bytes().read_at(from, bytes_);
    if (!got.ok()) return last;
    const std::span<const std::byte> there = std::span<const std::byte>(bytes_).first(got.value());
    for (; i < last; ++i) {
      const auto at = static_cast<std::size_t>(packets[i].offset - from);
      if (at + packets[i].bytes <= there.size()) decode(packets[i], there.subspan(at, packets[i].bytes), begin, end, into);
    }
    return last;
  }

  void decode(const Packet& packet, std::span<const std::byte> bytes, std::int64_t begin, std::int64_t end, std::span<const std::span<float>> into) const {
    const bool whole = packet.first >= begin && packet.first + packet.count <= end;
    part_.assign(into.size(), {});
    rooms_.resize(into.size());
    for (std::size_t c = 0; c < into.size(); ++c) {
      if (into[c].empty()) continue;
      if (whole) {
        part_[c] = into[c].subspan(static_cast<std::size_t>(packet.first - begin), packet.count);
      } else {
        rooms_[c].resize(packet.count);
        part_[c] = rooms_[c];
      }
    }
    if (!format_->decode(packet, bytes, part_))
      for (const std::span<float> channel : part_) std::fill(channel.begin(), channel.end(), std::numeric_limits<float>::quiet_NaN());
    if (whole) return;
    const std::int64_t from = std::max(begin, packet.first);
    const std::int64_t to = std::min<std::int64_t>(end, packet.first + packet.count);
    for (std::size_t c = 0; c < into.size(); ++c)
      if (!into[c].empty())
        std::copy(rooms_[c].begin() + (from - packet.first), rooms_[c].begin() + (to - packet.first), into[c].begin() + (from - begin));
  }

  std::shared_ptr<const PacketFormat> format_;
  PacketList list_;
  mutable std::vector<std::byte> bytes_;
  mutable std::vector<std::span<float>> part_;
  mutable std::vector<std::vector<float>> rooms_;
};

/// Windows all over the recording, as rows: they tell at what level the sensor rests.
double probed_resting_level(const Recording& recording) {
  RawTable table;
  const std::int64_t samples = recording.num_samples();
  const std::int64_t windows = std::min(kProbes, samples / kProbe);
  if (windows == 0) return std::numeric_limits<double>::quiet_NaN();
  for (const Channel& channel : recording.channels) table.columns.push_back({channel.name, channel.unit, channel.unit_in_file, channel.role, {}});
  for (RawColumn& column : table.columns)
    if (column.role <= ChannelRole::AccelerationMagnitude) column.values.resize(static_cast<std::size_t>(windows * kProbe));
  for (std::int64_t w = 0; w < windows; ++w) {
    std::vector<std::span<float>> into(table.columns.size());
    for (std::size_t c = 0; c < into.size(); ++c)
      if (!table.columns[c].values.empty()) into[c] = std::span(table.columns[c].values).subspan(static_cast<std::size_t>(w * kProbe), static_cast<std::size_t>(kProbe));
    recording.stored->read(windows > 1 ? (samples - kProbe) * w / (windows - 1) : 0, into);
  }
  std::erase_if(table.columns, [](const RawColumn& column) { return column.values.empty(); });
  return resting_magnitude(table);
}

void move(Recording& recording, double by_s) {
  for (Annotation& annotation : recording.annotations) annotation.at_s += by_s;
  for (SideMeasure& side : recording.sides)
    for (double& at : side.at_s) at += by_s;
}

Error no_packets() { return {ErrorCode::Empty, std::string(word(Word::formats_no_rows)), std::string(word(Word::formats_unknown_advice))}; }

class PacketReader final : public TableReader {
 public:
  explicit PacketReader(std::unique_ptr<PacketFormat> format) : format_(std::move(format)) {}

  Result<bool> step() override { return format_->scan(list_); }
  std::int64_t bytes_done() const override { return format_->bytes_done(); }
  std::int64_t bytes_total() const override { return format_->bytes_total(); }

  Result<Recording> take_recording(const ReadOptions&) override { return recording_from_packets(std::move(format_), std::move(list_)); }

  Result<RawTable> take() override {
    const PacketFacts facts = format_->facts();
    KLONO_TRY(Recording recording, recording_from_packets(std::move(format_), std::move(list_)));
    RawTable table;
    table.format = recording.format;
    table.start = facts.start;
    const double first_s = static_cast<const PacketStore&>(*recording.stored).list().packets().front().start_s;
    table.start.unix_ns -= static_cast<std::int64_t>(std::llround((first_s - told_start_s(first_s, facts)) * 1e9));
    table.warnings = recording.warnings;
    table.annotations = recording.annotations;
    table.unit_basis = UnitBasis::Written;
    table.gravity_known = true;
    table.has_gravity = recording.has_gravity;
    table.range_g = recording.range_g;
    table.time.nominal_rate_hz = facts.nominal_rate_hz;
    const PacketList& list = static_cast<const PacketStore&>(*recording.stored).list();
    if (facts.has_clock) {
      table.time.name = "clock";
      table.time.seconds = row_times_of_packets(list.packets(), facts, times_of_packets(list.packets(), facts));
    }
    std::vector<std::span<float>> into;
    for (const Channel& channel : recording.channels) table.columns.push_back({channel.name, channel.unit, channel.unit_in_file, channel.role, std::vector<float>(static_cast<std::size_t>(recording.num_samples()))});
    for (RawColumn& column : table.columns) into.push_back(column.values);
    recording.stored->read(0, into);
    for (const SideMeasure& side : recording.sides)
      if (recording.find(side.role) == nullptr) table.columns.push_back({side.name, side.unit, side.unit, side.role, side.values, side_rate(side)});
    table.recording = std::move(recording);
    return table;
  }

 private:
  static double side_rate(const SideMeasure& side) {
    const double length = side.at_s.size() > 1 ? side.at_s.back() - side.at_s.front() : 0.0;
    return length > 0.0 ? static_cast<double>(side.at_s.size() - 1) / length : 1.0;
  }

  std::unique_ptr<PacketFormat> format_;
  PacketList list_;
};

}  // namespace

void PacketList::add(Packet packet) {
  if (packet.count == 0) return;
  packet.first = num_samples();
  packets_.push_back(packet);
}

Result<Recording> recording_from_packets(std::shared_ptr<const PacketFormat> format, PacketList list) {
  if (list.empty()) return no_packets();
  const PacketFacts facts = format->facts();
  if (!(facts.nominal_rate_hz > 0.0)) return no_packets();
  PacketTimes times = times_of_packets(list.packets(), facts);
  Recording recording;
  recording.format = facts.format;
  recording.start = facts.start;
  for (const PacketChannel& channel : facts.channels) recording.channels.push_back({channel.name, channel.unit, channel.unit_in_file, channel.role, {}});
  recording.segments = std::move(times.segments);
  recording.gaps = std::move(times.gaps);
  recording.warnings = facts.warnings;
  if (times.furthest_s > std::max(kWander_s, facts.clock_step_s))
    recording.warnings.push_back({"clock-wander", fill(Word::formats_warn_clock_wander, {{"seconds", fixed(times.furthest_s, 1)}})});
  double weighted = 0.0;
  for (const Segment& segment : recording.segments) weighted += static_cast<double>(segment.count) * segment.rate_hz;
  recording.rate_hz = weighted / static_cast<double>(list.num_samples());
  recording.has_gravity = facts.has_gravity;
  recording.range_g = facts.range_g;
  recording.sides = facts.sides;
  recording.annotations = facts.annotations;
  recording.emg = facts.emg;
  move(recording, times.shift_s.front());
  recording.stored = std::make_shared<PacketStore>(std::move(format), std::move(list));
  if (facts.has_gravity && recording.find(ChannelRole::AccelerationX) != nullptr) judge_resting_level(probed_resting_level(recording), recording);
  return recording;
}

std::unique_ptr<TableReader> read_packets(std::unique_ptr<PacketFormat> format) { return std::make_unique<PacketReader>(std::move(format)); }

}  // namespace klono::formats
