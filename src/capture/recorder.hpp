#pragma once
/// Module capture: what happens between a live sensor and the stored journal. Signal check, journal frames, live
/// detection. Allowed dependencies: protocol, formats, detection, dsp, signal, history, base. No I/O of its own: bytes go
/// out through a function. Thread rule: one thread, the recorder's worker.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "formats/journal.hpp"
#include "protocol/recorder.hpp"

namespace klono::capture {

/// Takes what the sensor delivers; first for the signal check, then for a recording. Total: whatever comes, it goes on.
class Recorder {
 public:
  struct World {
    /// Appends to the store, in order. Where the store is gone the caller keeps the bytes itself; nothing here changes.
    std::function<void(std::span<const std::byte>)> write;
    /// Makes what was written durable.
    std::function<void()> flush;
    std::function<void(const protocol::recorder::News&)> tell;
  };

  Recorder(World world, std::string program_version);
  ~Recorder();

  /// Orders of protocol/recorder.hpp that concern it; others are ignored. An order counts as of the latest stamp heard
  /// (reading, anchor or tick): tick before it, so that a mark stands where the person made it.
  void order(const protocol::recorder::Order& order);

  /// Events as delivered, oldest first. Between check_begin and record_begin they only feed the check.
  void readings(formats::journal::SensorKind sensor, std::span<const formats::journal::Reading> readings, double interval_as_told);

  /// A notification of a Polar sensor's data characteristic, at the time it came.
  void polar_bytes(std::span<const std::byte> bytes, double stamp_ms);

  void anchor(const formats::journal::Anchor& anchor);
  void gap(const formats::journal::GapRecord& gap);

  /// At least each second: writes and flushes what came, moves live detection on, tells Check or Running.
  void tick(double stamp_ms);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace klono::capture
