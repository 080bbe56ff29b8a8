#include "cli/threaded_analysis.hpp"

#include <array>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>

#include "detection/detector.hpp"
#include "detection/preparation.hpp"
#include "detection/stepwise_analysis.hpp"

#ifndef KLONO_BATCH_THREADS
#define KLONO_BATCH_THREADS 256
#endif

namespace klono::cli {
namespace {

using detection::Prepared;

constexpr std::size_t kUnderWay = 6;  // batches
constexpr std::int64_t kSamplesInBatch = 16384;

/// Who works on a batch, one after the other.
enum class Stage : std::uint8_t { Condition, Compare, Decide };
constexpr std::size_t kStages = 3;

/// Batches on their way through the stages, in order, each used again once it has passed the last.
class Handover {
 public:
  /// Waits for the next of this stage, to be given on by pass(); null after the last.
  Prepared* next(Stage stage) {
    const std::size_t& mine = passed_[place_of(stage)];
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return is_there(stage) || (ended_ && mine == passed_.front()); });
    return is_there(stage) ? &batches_[mine % kUnderWay] : nullptr;
  }
  void pass(Stage stage) {
    change([&] { ++passed_[place_of(stage)]; });
  }
  void end() { change([&] { ended_ = true; }); }

 private:
  static std::size_t place_of(Stage stage) { return static_cast<std::size_t>(stage); }
  bool is_there(Stage stage) const {
    const std::size_t place = place_of(stage);
    return place == 0 ? passed_.front() - passed_.back() < kUnderWay : passed_[place] < passed_[place - 1];
  }
  template <class Change>
  void change(Change what) {
    {
      const std::scoped_lock lock(mutex_);
      what();
    }
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::array<Prepared, kUnderWay> batches_;
  std::array<std::size_t, kStages> passed_{};  // how many have passed each stage
  bool ended_ = false;
};

void condition(StretchReader& reader, const DetectorSettings& settings, Handover& handover) {
  detection::Preparation preparation(settings, reader.input(), detection::Preparation::Forms::Later);
  while (const std::optional<Stretch> stretch = reader.next(kSamplesInBatch)) {
    Prepared& batch = *handover.next(Stage::Condition);
    batch.clear();
    if (stretch->first) preparation.begin_segment(stretch->segment->start_s, stretch->segment->rate_hz, batch);
    preparation.push(stretch->axes[0], stretch->axes[1], stretch->axes[2], stretch->rotation, batch);
    if (stretch->last) preparation.end_segment(batch);
    handover.pass(Stage::Condition);
  }
  handover.end();
}

void compare(const DetectorSettings& settings, Handover& handover) {
  detection::Comparison comparison(settings.stages);
  while (Prepared* batch = handover.next(Stage::Compare)) {
    comparison.add_all(*batch);
    handover.pass(Stage::Compare);
  }
}

}  // namespace

Analysis analyse_on_threads(const Recording& recording, const DetectorSettings& settings) {
  StretchReader reader(recording);
  if (KLONO_BATCH_THREADS < 2 || std::thread::hardware_concurrency() < 2 || !recording.blocks.empty() || !reader.has_movement()) return analyse(recording, settings);
  Handover handover;
  Detector detector(settings, reader.input());
  std::thread conditioning([&] { condition(reader, settings, handover); });
  std::thread comparing([&] { compare(settings, handover); });
  while (const Prepared* batch = handover.next(Stage::Decide)) {
    detector.take(*batch);
    handover.pass(Stage::Decide);
  }
  conditioning.join();
  comparing.join();
  detector.finish();
  Analysis analysis = detector.analysis();
  analysis.rest = reader.rest();
  return analysis;
}

}  // namespace klono::cli
