#include "formats/journal_description.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/words.hpp"
#include "formats/journal_clock.hpp"

namespace klono::formats::journal {
namespace {

constexpr std::int64_t kEnd_bytes = 64 * 1024;

Result<std::vector<Frame>> frames_at(const ByteSource& source, std::int64_t offset) {
  std::vector<std::byte> bytes(static_cast<std::size_t>(std::min(kEnd_bytes, source.size() - offset)));
  KLONO_TRY(const std::size_t got, source.read_at(offset, bytes));
  Parser parser;
  std::vector<Frame> frames;
  if (offset > 0) KLONO_CHECK(parser.push(std::as_bytes(std::span(kSignature)), frames));  // the tail has none of its own
  KLONO_CHECK(parser.push(std::span(bytes).first(got), frames));
  parser.finish(frames);
  return frames;
}

template <class T>
const T* first_of(const std::vector<Frame>& frames) {
  for (const Frame& frame : frames)
    if (const T* value = std::get_if<T>(&frame)) return value;
  return nullptr;
}

/// First and last stamp, the clock between them.
class Span {
 public:
  void add(const Frame& frame) {
    if (const auto* anchor = std::get_if<Anchor>(&frame)) clock_.jumped(*anchor, last_ms_.value_or(-1e300));
    if (const auto* batch = std::get_if<Readings>(&frame))
      for (const Reading& reading : batch->readings) add(reading.stamp_ms);
    if (std::holds_alternative<End>(frame)) finished_ = true;
  }

  void fill(Description& description, const std::vector<Frame>& head) const {
    description.begun = clock_.start();
    description.length_s = last_ms_ ? std::max(0.0, clock_.time_of(*last_ms_)) : 0.0;
    description.finished = finished_;
    const auto* anchor = first_of<Anchor>(head);
    if (clock_.begun() || anchor == nullptr) return;
    Clock clock;
    clock.jumped(*anchor, 0.0);
    clock.begin(anchor->stamp_ms);
    description.begun = clock.start();
  }

 private:
  void add(double stamp_ms) {
    if (!std::isfinite(stamp_ms)) return;
    if (!clock_.begun()) clock_.begin(stamp_ms);
    last_ms_ = std::max(last_ms_.value_or(stamp_ms), stamp_ms);
  }

  Clock clock_;
  std::optional<double> last_ms_;
  bool finished_ = false;
};

}  // namespace

Result<Description> describe(const ByteSource& source) {
  KLONO_TRY(const std::vector<Frame> head, frames_at(source, 0));
  const auto* header = first_of<Header>(head);
  if (header == nullptr)
    return Error{ErrorCode::Malformed, std::string(word(Word::formats_journal_no_head)), std::string(word(Word::formats_journal_no_head_advice))};
  Description description;
  description.header = *header;
  Span span;
  for (const Frame& frame : head) span.add(frame);
  if (source.size() > kEnd_bytes) {
    KLONO_TRY(const std::vector<Frame> tail, frames_at(source, std::max(kEnd_bytes, source.size() - kEnd_bytes)));
    for (const Frame& frame : tail) span.add(frame);
  }
  span.fill(description, head);
  return description;
}

}  // namespace klono::formats::journal
