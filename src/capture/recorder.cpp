#include "capture/recorder.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "capture/journal_maker.hpp"
#include "capture/live_detection.hpp"
#include "capture/polar.hpp"
#include "capture/signal_check.hpp"

namespace klono::capture {
namespace {

namespace journal = formats::journal;
namespace messages = protocol::recorder;

constexpr double kCheckEvery_ms = 200.0;    // the eye sees a tap at once
constexpr double kRunningEvery_ms = 5000.0;
constexpr double kReceiving_ms = 3000.0;    // chosen: longer than any batch, short enough to be told
// Readings the detector looks at in one tick: 10 s at 200 a second. Enough to catch up tenfold, too few to be felt.
constexpr std::size_t kLiveReadings = 2000;
constexpr std::size_t kMostWaiting = 4096;  // readings; a tick that stays away does not fill the memory

/// A recording under way.
struct Running {
  messages::RecordBegin order;
  double begin_ms = 0.0;
  double told_ms = 0.0;
  double last_reading_ms = 0.0;
  double bytes = 0.0;
  std::size_t waiting = 0;  // readings that are not stored
  bool receiving = true;
  bool changed = false;
  JournalMaker maker;
  journal::Writer writer;
  LiveDetection live{DetectorSettings{}};
};

}  // namespace

class Recorder::Impl {
 public:
  Impl(World world, std::string program_version) : world_(std::move(world)), program_version_(std::move(program_version)) {}

  // ---- orders; those of the page and of the store do not concern it

  template <class Order>
  void take(const Order&) {}

  void take(const messages::CheckBegin& order) {
    if (running_) return;
    check_.emplace();
    check_told_ms_ = -1e18;
    sensor_ = order.source == messages::Source::Polar ? journal::SensorKind::PolarBluetooth : journal::SensorKind::DeviceMotion;
    interval_as_told_ = 0.0;
    polar_ = {};
  }

  void take(const messages::CheckEnd&) { check_.reset(); }

  void take(const messages::RecordBegin& order) {
    if (running_) return;
    const int sign = check_ ? check_->sign() : 0;
    check_.reset();
    running_.emplace();
    running_->order = order;
    running_->begin_ms = running_->last_reading_ms = now_ms_;
    running_->maker.header({sensor_, order.id, order.context, program_version_, order.planned_s, interval_as_told_});
    if (anchor_) running_->maker.anchor(*anchor_);
    if (sign != 0) running_->maker.sign(static_cast<std::int8_t>(sign));
    store();
    tell_running();
  }

  void take(const messages::Mark& order) {
    change([&](JournalMaker& maker) { maker.mark(order.number, now_ms_); });
  }
  void take(const messages::Unmark& order) {
    change([&](JournalMaker& maker) { maker.unmark(order.number); });
  }
  void take(const messages::Strength& order) {
    change([&](JournalMaker& maker) { maker.strength(order.number, order.strength); });
  }
  void take(const messages::Pause&) {
    change([&](JournalMaker& maker) { maker.pause(now_ms_); });
  }
  void take(const messages::Resume&) {
    change([&](JournalMaker& maker) { maker.resume(now_ms_); });
  }
  void take(const messages::TaskBegin& order) {
    change([&](JournalMaker& maker) { maker.begin_task(order.task, now_ms_); });
  }
  void take(const messages::TaskEnd&) {
    change([&](JournalMaker& maker) { maker.end_task(now_ms_); });
  }

  void take(const messages::RecordEnd&) {
    if (!running_) return;
    running_->maker.end(now_ms_);
    store();
    running_->live.finish();
    tell_running();
    messages::Saved saved{running_->order.id, running_->live.recorded_s(), elapsed_s(), running_->bytes, {}};
    for (const Event& event : running_->live.analysis().events) saved.onsets_s.push_back(event.onset_s);
    running_.reset();
    world_.tell(saved);
  }

  // ---- what comes in

  void readings(journal::SensorKind sensor, std::span<const journal::Reading> readings, double interval_as_told) {
    sensor_ = sensor;
    if (interval_as_told > 0.0) interval_as_told_ = interval_as_told;
    for (const journal::Reading& reading : readings) hear(reading.stamp_ms);
    if (check_) check_->push(sensor, readings, interval_as_told);
    if (!running_ || readings.empty()) return;
    running_->maker.readings(readings);
    running_->last_reading_ms = now_ms_;
    running_->waiting += readings.size();
    if (running_->waiting >= kMostWaiting) store();
  }

  void polar_bytes(std::span<const std::byte> bytes, double stamp_ms) {
    hear(stamp_ms);
    readings(journal::SensorKind::PolarBluetooth, polar_.decode(bytes, stamp_ms), 0.0);
  }

  void anchor(const journal::Anchor& anchor) {
    hear(anchor.stamp_ms);
    if (running_) {
      running_->maker.anchor(anchor);
      if (!anchor_) running_->changed = true;
    }
    anchor_ = anchor;
  }

  void gap(const journal::GapRecord& gap) {
    if (running_) running_->maker.gap(gap);
  }

  void tick(double stamp_ms) {
    hear(stamp_ms);
    if (check_ && now_ms_ - check_told_ms_ >= kCheckEvery_ms) {
      check_told_ms_ = now_ms_;
      world_.tell(check_->result());
    }
    if (!running_) return;
    running_->maker.settle(now_ms_);
    store();
    running_->live.advance(kLiveReadings);
    const bool receiving = now_ms_ - running_->last_reading_ms <= kReceiving_ms;
    if (receiving != std::exchange(running_->receiving, receiving)) running_->changed = true;
    if (running_->changed || now_ms_ - running_->told_ms >= kRunningEvery_ms) tell_running();
  }

 private:
  void hear(double stamp_ms) {
    if (std::isfinite(stamp_ms)) now_ms_ = std::max(now_ms_, stamp_ms);
  }

  /// What a person does is stored at once, and told at once.
  template <class Change>
  void change(Change make) {
    if (!running_) return;
    make(running_->maker);
    store();
    tell_running();
  }

  /// Writes what came and makes it durable; then the live detector may see it.
  void store() {
    running_->waiting = 0;
    std::vector<std::byte> bytes;
    for (const journal::Frame& frame : running_->maker.take()) {
      const std::vector<std::byte> encoded = running_->writer.encode(frame);
      bytes.insert(bytes.end(), encoded.begin(), encoded.end());
    }
    if (bytes.empty()) return;
    running_->bytes += static_cast<double>(bytes.size());
    world_.write(bytes);
    world_.flush();
    running_->live.add(bytes);
  }

  /// The store's kind and the screen's state are filled in by the scripts on the way.
  void tell_running() {
    running_->told_ms = now_ms_;
    running_->changed = false;
    messages::Running news;
    news.id = running_->order.id;
    if (anchor_) {
      news.since_unix_ms = static_cast<double>(anchor_->unix_ms) + running_->begin_ms - anchor_->stamp_ms;
      news.offset_min = anchor_->offset_min;
    }
    news.elapsed_s = elapsed_s();
    news.recorded_s = running_->live.recorded_s();
    news.bytes = running_->bytes;
    news.paused = running_->maker.paused();
    news.receiving = running_->receiving;
    news.marks = running_->maker.marks();
    if (running_->order.live_count) news.live_events = static_cast<int>(running_->live.analysis().events.size());
    world_.tell(news);
  }

  double elapsed_s() const { return (now_ms_ - running_->begin_ms) / 1000.0; }

  World world_;
  std::string program_version_;
  double now_ms_ = 0.0;  // the latest stamp heard; an order carries none and counts as of then
  journal::SensorKind sensor_ = journal::SensorKind::DeviceMotion;
  double interval_as_told_ = 0.0;
  std::optional<journal::Anchor> anchor_;
  PolarDecoder polar_;
  std::optional<SignalCheck> check_;
  double check_told_ms_ = 0.0;
  std::optional<Running> running_;
};

Recorder::Recorder(World world, std::string program_version) : impl_(std::make_unique<Impl>(std::move(world), std::move(program_version))) {}
Recorder::~Recorder() = default;

void Recorder::order(const messages::Order& order) {
  std::visit([this](const auto& body) { impl_->take(body); }, order);
}
void Recorder::readings(journal::SensorKind sensor, std::span<const journal::Reading> readings, double interval_as_told) {
  impl_->readings(sensor, readings, interval_as_told);
}
void Recorder::polar_bytes(std::span<const std::byte> bytes, double stamp_ms) { impl_->polar_bytes(bytes, stamp_ms); }
void Recorder::anchor(const journal::Anchor& anchor) { impl_->anchor(anchor); }
void Recorder::gap(const journal::GapRecord& gap) { impl_->gap(gap); }
void Recorder::tick(double stamp_ms) { impl_->tick(stamp_ms); }

}  // namespace klono::capture
