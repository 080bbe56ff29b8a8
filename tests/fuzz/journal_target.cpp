#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "formats/journal_description.hpp"
#include "formats/journal_payload.hpp"
#include "formats/journal_stream.hpp"
#include "fuzz/targets.hpp"

namespace klono::fuzz {
namespace {

using namespace formats::journal;

constexpr std::size_t kMostBytes = 1 << 16;

struct Parsed {
  std::vector<Frame> frames;
  Damage damage;
  bool good = true;
};

Parsed parse(std::span<const std::byte> bytes, std::size_t piece) {
  Parsed parsed;
  Parser parser;
  for (std::size_t at = 0; at < bytes.size() && parsed.good; at += piece)
    parsed.good = parser.push(bytes.subspan(at, std::min(piece, bytes.size() - at)), parsed.frames).ok();
  parsed.damage = parser.finish(parsed.frames);
  return parsed;
}

std::vector<std::byte> written(std::span<const Frame> frames) {
  std::vector<std::byte> bytes;
  Writer writer;
  for (const Frame& frame : frames) {
    const std::vector<std::byte> more = writer.encode(frame);
    bytes.insert(bytes.end(), more.begin(), more.end());
  }
  return bytes;
}

/// What a stream gave, as numbers that can be compared bit by bit.
struct Heard {
  std::vector<double> edges;
  std::vector<float> samples;
  Recording description;
};

Heard hear(std::span<const Frame> frames, bool one_by_one) {
  Heard heard;
  double end_s = -1.0;
  double rate_hz = 0.0;
  double start_s = 0.0;
  double count = 0.0;
  Stream stream({.begin_segment = [&](double begin_s, double rate, std::optional<Task>) {
                   promise(std::isfinite(begin_s) && std::isfinite(rate) && rate > 0.0, "a segment has a start and a rate");
                   promise(begin_s >= end_s - 1e-6, "segments do not overlap");
                   start_s = begin_s;
                   rate_hz = rate;
                   count = 0.0;
                   heard.edges.insert(heard.edges.end(), {begin_s, rate});
                 },
                 .samples = [&](const auto& acceleration, const auto& rotation) {
                   promise(rate_hz > 0.0, "samples come inside a segment");
                   for (std::size_t k = 0; k < 3; ++k) {
                     promise(acceleration[k].size() == acceleration[0].size() && rotation[k].size() == acceleration[0].size(), "axes are of one length");
                   }
                   for (std::size_t i = 0; i < acceleration[0].size(); ++i)
                     for (std::size_t k = 0; k < 3; ++k) heard.samples.insert(heard.samples.end(), {acceleration[k][i], rotation[k][i]});
                   count += static_cast<double>(acceleration[0].size());
                 },
                 .end_segment = [&] {
                   promise(count > 0.0, "a segment has samples");
                   end_s = start_s + count / rate_hz;
                 },
                 .gap = {}});
  for (const Frame& frame : frames) {
    const auto* batch = one_by_one ? std::get_if<Readings>(&frame) : nullptr;
    if (batch == nullptr) stream.push(frame);
    else
      for (const Reading& reading : batch->readings) stream.push(Readings{{reading}});
  }
  stream.finish();
  heard.description = stream.description();
  return heard;
}

void check_description(const Recording& recording) {
  double end_s = -1.0;
  for (const Gap& gap : recording.gaps) {
    promise(gap.span.begin_s >= end_s && gap.span.end_s > gap.span.begin_s, "gaps are sorted and disjoint");
    end_s = gap.span.end_s;
  }
  end_s = -1.0;
  for (const Block& block : recording.blocks) {
    promise(block.span.begin_s >= end_s && block.span.end_s > block.span.begin_s, "blocks are sorted and disjoint");
    end_s = block.span.end_s;
  }
  double last_s = 0.0;
  for (const OwnMark& mark : recording.marks) {
    promise(mark.at_s >= last_s && mark.strength >= -1 && mark.strength <= 10, "marks are sorted and have a strength or none");
    last_s = mark.at_s;
  }
}

/// Streams the frames and holds both ways of batching against each other.
void check_stream(std::span<const Frame> frames) {
  const Heard whole = hear(frames, false);
  const Heard single = hear(frames, true);
  promise(whole.edges == single.edges, "segments do not depend on batches");
  promise(whole.samples.size() == single.samples.size() &&
              (whole.samples.empty() || std::memcmp(whole.samples.data(), single.samples.data(), whole.samples.size() * sizeof(float)) == 0),
          "samples do not depend on batches");
  check_description(whole.description);
}

void check_bytes(std::span<const std::byte> bytes) {
  const Parsed whole = parse(bytes, bytes.size());
  for (const std::size_t piece : {std::size_t{1}, std::size_t{61}}) {
    const Parsed pieces = parse(bytes, piece);
    promise(pieces.good == whole.good, "a signature is told in any pieces");
    if (!whole.good) return;
    promise(pieces.frames.size() == whole.frames.size() && pieces.damage.torn_bytes == whole.damage.torn_bytes &&
                pieces.damage.skipped_bytes == whole.damage.skipped_bytes && pieces.damage.lost_frames == whole.damage.lost_frames,
            "any pieces give the same frames");
  }
  promise(whole.damage.torn_bytes + whole.damage.skipped_bytes <= static_cast<std::int64_t>(bytes.size()), "not more is damaged than is there");
  check_stream(whole.frames);
  const Result<Description> described =
      describe(MemorySource(std::vector<std::byte>(bytes.begin(), bytes.end())));
  if (described) promise(std::isfinite(described.value().length_s) && described.value().length_s >= 0.0, "a length is a number");
  else promise(!described.error().what.empty(), "an error says what");
}

/// Frames from bytes without lengths and checksums that a fuzzer would have to guess: type, u16 length, payload.
std::vector<Frame> frames_from(std::span<const std::byte> bytes) {
  std::vector<Frame> frames;
  while (bytes.size() >= 3) {
    const auto type = static_cast<std::uint8_t>(std::to_integer<unsigned>(bytes[0]) % 9);
    const std::size_t length = std::to_integer<std::size_t>(bytes[1]) | std::to_integer<std::size_t>(bytes[2]) << 8;
    bytes = bytes.subspan(3);
    const std::size_t taken = std::min(length, bytes.size());
    if (std::optional<Frame> frame = frame_of(type, bytes.first(taken))) frames.push_back(std::move(*frame));
    bytes = bytes.subspan(taken);
  }
  return frames;
}

}  // namespace

void feed_journal(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::byte> bytes = std::as_bytes(std::span(data, size)).first(std::min(size, kMostBytes));
  const std::span<const std::byte> signature = std::as_bytes(std::span(kSignature));
  if (bytes.size() >= signature.size() && std::ranges::equal(bytes.first(signature.size()), signature)) {
    check_bytes(bytes);
    feed_reader(data, bytes.size());
    return;
  }
  const std::vector<Frame> frames = frames_from(bytes);
  if (frames.empty()) return check_bytes(bytes);
  check_stream(frames);
  const std::vector<std::byte> file = written(frames);
  const Parsed parsed = parse(file, file.size());
  promise(parsed.good && parsed.damage.torn_bytes + parsed.damage.skipped_bytes + parsed.damage.lost_frames == 0, "what is written is whole");
  promise(written(parsed.frames) == file, "what was read is written again byte for byte");
  feed_reader(reinterpret_cast<const std::uint8_t*>(file.data()), file.size());
}

}  // namespace klono::fuzz
