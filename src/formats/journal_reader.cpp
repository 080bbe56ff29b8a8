#include "formats/journal_reader.hpp"

#include <array>
#include <limits>

#include "base/words.hpp"
#include "formats/journal.hpp"
#include "formats/journal_stream.hpp"

namespace klono::formats {
namespace {

using namespace journal;

constexpr std::size_t kBlock = 1 << 20;

/// Collects what the stream gives.
class RecordingMaker {
 public:
  RecordingMaker()
      : stream_({.begin_segment = [this](double start_s, double rate_hz, std::optional<Task>) {
                   segments_.push_back({count(), 0, start_s, rate_hz});
                 },
                 .samples = [this](const auto& acceleration, const auto& rotation) {
                   for (std::size_t k = 0; k < 3; ++k) {
                     samples_[k].insert(samples_[k].end(), acceleration[k].begin(), acceleration[k].end());
                     samples_[3 + k].insert(samples_[3 + k].end(), rotation[k].begin(), rotation[k].end());
                   }
                 },
                 .end_segment = [this] { segments_.back().count = count() - segments_.back().first_index; },
                 .gap = {}}) {}

  void push(const std::vector<Frame>& frames) {
    for (const Frame& frame : frames) {
      has_header_ = has_header_ || std::holds_alternative<Header>(frame);
      stream_.push(frame);
    }
  }

  Recording finish(const Damage& damage) {
    stream_.finish();
    Recording recording = stream_.description();
    recording.segments = std::move(segments_);
    constexpr std::array<const char*, 6> kNames{"acceleration x", "acceleration y", "acceleration z", "rotation x", "rotation y", "rotation z"};
    constexpr std::array kRoles{ChannelRole::AccelerationX, ChannelRole::AccelerationY, ChannelRole::AccelerationZ,
                                ChannelRole::RotationX, ChannelRole::RotationY, ChannelRole::RotationZ};
    const std::size_t channels = (stream_.delivered() & kRotation) != 0 ? 6 : 3;
    for (std::size_t k = 0; k < channels; ++k)
      recording.channels.push_back({kNames[k], k < 3 ? "g" : "deg/s", k < 3 ? "m/s2" : "deg/s", kRoles[k], std::move(samples_[k])});
    const auto warn = [&](const char* code, Word id, std::int64_t n) {
      if (n > 0) recording.warnings.push_back({code, fill(id, {{"n", std::to_string(n)}})});
    };
    warn("journal-head", Word::formats_warn_journal_head, has_header_ ? 0 : 1);
    warn("journal-torn", Word::formats_warn_journal_torn, damage.torn_bytes);
    warn("journal-skipped", Word::formats_warn_journal_skipped, damage.skipped_bytes);
    warn("journal-lost", Word::formats_warn_journal_lost, damage.lost_frames);
    return recording;
  }

 private:
  std::int64_t count() const { return static_cast<std::int64_t>(samples_[0].size()); }

  std::array<std::vector<float>, 6> samples_;
  std::vector<Segment> segments_;
  bool has_header_ = false;
  Stream stream_;
};

/// Rows in the order they were delivered, as they were delivered.
class RowMaker {
 public:
  void push(const std::vector<Frame>& frames) {
    for (const Frame& frame : frames)
      if (const auto* batch = std::get_if<Readings>(&frame))
        for (const Reading& reading : batch->readings) push(reading);
  }

  RawTable finish() {
    constexpr std::array<const char*, 3> kSensors{"acceleration", "linear acceleration", "rotation"};
    for (std::size_t sensor = 0; sensor < 3; ++sensor) {
      if (!seen_[sensor]) continue;
      const char* unit = sensor < 2 ? "m/s2" : "deg/s";
      for (std::size_t axis = 0; axis < 3; ++axis)
        table_.columns.push_back({std::string(kSensors[sensor]) + ' ' + "xyz"[axis], unit, unit, role(sensor, axis),
                                  std::move(columns_[3 * sensor + axis])});
    }
    table_.time.name = "stamp";
    table_.unit_basis = UnitBasis::Written;
    return std::move(table_);
  }

 private:
  static ChannelRole role(std::size_t sensor, std::size_t axis) {
    if (sensor == 1) return ChannelRole::Other;
    const ChannelRole first = sensor == 0 ? ChannelRole::AccelerationX : ChannelRole::RotationX;
    return static_cast<ChannelRole>(static_cast<std::size_t>(first) + axis);
  }

  void push(const Reading& reading) {
    if (table_.time.seconds.empty()) table_.time.first_in_file_s = reading.stamp_ms / 1000.0;
    table_.time.seconds.push_back(reading.stamp_ms / 1000.0 - table_.time.first_in_file_s);
    const std::array<const std::array<float, 3>*, 3> sensors{&reading.acceleration, &reading.linear, &reading.rotation};
    for (std::size_t sensor = 0; sensor < 3; ++sensor)
      for (std::size_t axis = 0; axis < 3; ++axis) {
        const float value = (*sensors[sensor])[axis];
        seen_[sensor] = seen_[sensor] || value == value;
        columns_[3 * sensor + axis].push_back(value);
      }
  }

  RawTable table_;
  std::array<std::vector<float>, 9> columns_;
  std::array<bool, 3> seen_{};
};

class JournalReader final : public TableReader {
 public:
  explicit JournalReader(std::shared_ptr<const ByteSource> source) : source_(std::move(source)) {}

  Result<bool> step() override {
    std::vector<Frame> frames;
    KLONO_TRY(const bool more, read_block(offset_, parser_, frames));
    maker_.push(frames);
    at_end_ = !more;
    return more;
  }

  std::int64_t bytes_done() const override { return offset_; }
  std::int64_t bytes_total() const override { return source_->size(); }

  Result<Recording> take_recording(const ReadOptions&) override {
    std::vector<Frame> frames;
    Damage damage = parser_.damage();
    if (at_end_) damage = parser_.finish(frames);  // a reading that was stopped early has no torn tail
    maker_.push(frames);
    return maker_.finish(damage);
  }

  Result<RawTable> take() override {
    KLONO_TRY(Recording recording, take_recording({}));
    RowMaker rows;
    Parser parser;
    std::vector<Frame> frames;
    std::int64_t offset = 0;
    for (bool more = true; more && offset < offset_;) {
      frames.clear();
      KLONO_TRY(more, read_block(offset, parser, frames));
      rows.push(frames);
    }
    frames.clear();
    parser.finish(frames);
    rows.push(frames);
    RawTable table = rows.finish();
    table.format = recording.format;
    table.start = recording.start;
    table.warnings = recording.warnings;
    table.gravity_known = true;
    table.has_gravity = recording.has_gravity;
    table.recording = std::move(recording);
    return table;
  }

 private:
  Result<bool> read_block(std::int64_t& offset, Parser& parser, std::vector<Frame>& frames) {
    block_.resize(kBlock);
    KLONO_TRY(const std::size_t got, source_->read_at(offset, block_));
    KLONO_CHECK(parser.push(std::span(block_).first(got), frames));
    offset += static_cast<std::int64_t>(got);
    return got == block_.size();
  }

  std::shared_ptr<const ByteSource> source_;
  Parser parser_;
  RecordingMaker maker_;
  std::vector<std::byte> block_;
  std::int64_t offset_ = 0;
  bool at_end_ = false;
};

}  // namespace

Result<std::unique_ptr<TableReader>> open_journal(std::shared_ptr<const ByteSource> source) {
  return std::unique_ptr<TableReader>(std::make_unique<JournalReader>(std::move(source)));
}

}  // namespace klono::formats
