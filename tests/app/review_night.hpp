#pragma once
/// A night at the left ankle with its samples, and an engine that answers requests for pixels from them.

#include <array>
#include <cstdint>
#include <vector>

#include "protocol/messages.hpp"
#include "signal/recording.hpp"
#include "view/pyramid.hpp"

namespace klono::test {

class ReviewNight {
 public:
  explicit ReviewNight(std::uint32_t seed = 11);

  protocol::Opened opened(protocol::RecordingId id) const;
  protocol::TraceReply answer(const protocol::TraceRequest& request) const;
  protocol::SpectrogramReply answer(const protocol::SpectrogramRequest& request) const;

 private:
  struct Shape {
    Event event;
    std::array<double, 3> direction{};
    double hz = 5.0;
    double decay_s = 0.1;
  };

  void make_events(std::uint32_t seed);
  void make_samples(std::uint32_t seed);

  std::vector<Shape> shapes_;
  std::vector<Mask> masks_;
  std::vector<Gap> gaps_;
  Recording recording_;
  std::array<view::Pyramid, 3> pyramids_;
};

}  // namespace klono::test
