#include "engine/clip.hpp"

#include <algorithm>
#include <cmath>

namespace klono::engine {

Clip clip_of(const Recording& recording, double begin_s, double end_s) {
  Clip clip;
  for (const Segment& segment : recording.segments) {
    if (segment.end_s() <= begin_s || segment.start_s >= end_s) continue;
    const auto near = [&](double t_s, std::int64_t beside) {
      const double place = std::clamp((t_s - segment.start_s) * segment.rate_hz, -2.0, static_cast<double>(segment.count) + 2.0);
      return segment.first_index + std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(place)) + beside, 0, segment.count);
    };
    const std::int64_t from = near(begin_s, -1);
    const std::int64_t to = near(end_s, 2);
    if (to <= from) continue;
    if (clip.end == 0) clip.first = from;
    clip.end = to;
    clip.view.segments.push_back({from - clip.first, to - from, segment.time_of(from), segment.rate_hz});
  }
  return clip;
}

}  // namespace klono::engine
