#include "cli/two_threads.hpp"

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

constexpr std::size_t kUnderWay = 4;           // batches
constexpr std::int64_t kSamplesInBatch = 8192;

/// Batches from one thread to another, in order, each used again once it was taken.
class Handover {
 public:
  /// Waits for one that may be filled; give() hands it over.
  Prepared& room() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return given_ - done_ < kUnderWay; });
    return batches_[given_ % kUnderWay];
  }
  void give() { change([&] { ++given_; }); }
  void end() { change([&] { ended_ = true; }); }

  /// Waits for the next; null after the last. done() gives it back.
  Prepared* next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return done_ < given_ || ended_; });
    return done_ < given_ ? &batches_[done_ % kUnderWay] : nullptr;
  }
  void done() { change([&] { ++done_; }); }

 private:
  template <class Change>
  void change(Change what) {
    {
      const std::scoped_lock lock(mutex_);
      what();
    }
    changed_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::array<Prepared, kUnderWay> batches_;
  std::size_t given_ = 0;
  std::size_t done_ = 0;
  bool ended_ = false;
};

void prepare(StretchReader& reader, const DetectorSettings& settings, Handover& handover) {
  detection::Preparation preparation(settings, reader.input());
  while (const std::optional<Stretch> stretch = reader.next(kSamplesInBatch)) {
    Prepared& batch = handover.room();
    batch.clear();
    if (stretch->first) preparation.begin_segment(stretch->segment->start_s, stretch->segment->rate_hz, batch);
    preparation.push(stretch->axes[0], stretch->axes[1], stretch->axes[2], stretch->rotation, batch);
    if (stretch->last) preparation.end_segment(batch);
    handover.give();
  }
  handover.end();
}

}  // namespace

Analysis analyse_on_two_threads(const Recording& recording, const DetectorSettings& settings) {
  StretchReader reader(recording);
  if (KLONO_BATCH_THREADS < 2 || std::thread::hardware_concurrency() < 2 || !recording.blocks.empty() || !reader.has_movement()) return analyse(recording, settings);
  Handover handover;
  Detector detector(settings, reader.input());
  std::thread preparing([&] { prepare(reader, settings, handover); });
  while (const Prepared* batch = handover.next()) {
    detector.take(*batch);
    handover.done();
  }
  preparing.join();
  detector.finish();
  Analysis analysis = detector.analysis();
  analysis.rest = reader.rest();
  return analysis;
}

}  // namespace klono::cli
