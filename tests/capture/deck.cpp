#include "deck.hpp"

#include <algorithm>

namespace klono::test {

using formats::journal::Reading;

void play(Deck& deck, const std::vector<Reading>& readings, std::vector<Happening> happenings, std::uint64_t seed,
          const std::function<void(Deck&)>& after_tick) {
  Random random(seed);
  const auto uniform = [&](double low, double high) { return low + (high - low) * static_cast<double>(random() % 10007) / 10007.0; };
  std::ranges::sort(happenings, {}, &Happening::at_ms);
  std::size_t next_happening = 0;
  double now_ms = readings.empty() ? 0.0 : readings.front().stamp_ms;
  double next_tick_ms = now_ms;
  std::size_t at = 0;
  while (at < readings.size() || next_happening < happenings.size()) {
    // What is delivered now happened up to 0.3 s ago.
    now_ms += uniform(5.0, 300.0);
    while (next_happening < happenings.size() && happenings[next_happening].at_ms <= now_ms) happenings[next_happening++].act(deck);
    const double until_ms = now_ms - uniform(0.0, 300.0);
    std::size_t end = at;
    while (end < readings.size() && readings[end].stamp_ms <= until_ms) ++end;
    deck.recorder.readings(formats::journal::SensorKind::DeviceMotion, std::span(readings).subspan(at, end - at), 16.0);
    at = end;
    if (now_ms < next_tick_ms) continue;
    deck.recorder.tick(now_ms);
    next_tick_ms = now_ms + uniform(50.0, 700.0);
    if (after_tick) after_tick(deck);
  }
}

std::vector<formats::journal::Frame> frames_of(std::span<const std::byte> bytes) {
  formats::journal::Parser parser;
  std::vector<formats::journal::Frame> frames;
  (void)parser.push(bytes, frames);
  (void)parser.finish(frames);
  return frames;
}

}  // namespace klono::test
