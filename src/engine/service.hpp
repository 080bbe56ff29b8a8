#pragma once
/// Module engine: the analysis service behind module protocol. Allowed dependencies: protocol,
/// formats, detection, dsp, synth, report, patterns, history, view, signal, base.

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/byte_source.hpp"

namespace klono::engine {

/// One service for one app. Single-threaded and cooperative: work is cut into slices, so that a cancel or
/// a request for pixels is answered within a slice (about 20 ms).
class Service {
 public:
  using Send = std::function<void(std::vector<std::uint8_t> reply)>;
  using OpenSource = std::function<Result<std::shared_ptr<const ByteSource>>(std::uint32_t source)>;
  using Now = std::function<double()>;  ///< monotonic seconds, for slices and progress pacing

  Service(Send send, OpenSource open_source, Now now);
  ~Service();

  /// Takes one encoded request. Garbage is answered by Failed, never by a crash.
  void receive(std::span<const std::uint8_t> message);

  /// Works for one slice. True while there is more to do: call again soon.
  bool step();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace klono::engine
