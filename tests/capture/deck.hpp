#pragma once
/// A recorder with a store in memory, and what happens around it while it records.

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "capture/recorder.hpp"
#include "phone.hpp"

namespace klono::test {

inline protocol::recorder::RecordBegin begin_of(std::string id, std::string context = "{}") {
  protocol::recorder::RecordBegin order;
  order.id = std::move(id);
  order.context = std::move(context);
  return order;
}

class Deck {
 public:
  Deck()
      : recorder({[this](std::span<const std::byte> bytes) {
                    stored.insert(stored.end(), bytes.begin(), bytes.end());
                    ++writes;
                  },
                  [this] { flushed = stored.size(); },
                  [this](const protocol::recorder::News& told) { news.push_back(told); }},
                 "0.0.0-test") {}

  template <class T>
  std::vector<T> all() const {
    std::vector<T> found;
    for (const auto& told : news)
      if (const T* one = std::get_if<T>(&told)) found.push_back(*one);
    return found;
  }

  /// At the moment `stamp_ms`, as the worker's script does it: the time first, then the order.
  void order(double stamp_ms, const protocol::recorder::Order& order) {
    recorder.tick(stamp_ms);
    recorder.order(order);
  }

  std::vector<std::byte> stored;
  std::size_t flushed = 0;
  std::size_t writes = 0;
  std::vector<protocol::recorder::News> news;
  capture::Recorder recorder;
};

/// Something that happens while readings come.
struct Happening {
  double at_ms = 0.0;
  std::function<void(Deck&)> act;
};

/// Delivers in random batches that come up to 0.3 s late, ticks at random times of at most 1 s, and lets things happen at
/// their time. `after_tick` sees the deck after each tick.
void play(Deck& deck, const std::vector<formats::journal::Reading>& readings, std::vector<Happening> happenings, std::uint64_t seed,
          const std::function<void(Deck&)>& after_tick = {});

/// Frames of the stored bytes, or of the first `size` of them.
std::vector<formats::journal::Frame> frames_of(std::span<const std::byte> bytes);

}  // namespace klono::test
