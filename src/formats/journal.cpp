#include "formats/journal.hpp"

#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "base/words.hpp"
#include "formats/journal_payload.hpp"

namespace klono::formats::journal {
namespace {

constexpr std::string_view kMagic = "KLJF";
constexpr std::size_t kHead = 13;       // magic, length, type, sequence
constexpr std::size_t kChecked = 8;     // the checksum begins with the type
constexpr std::size_t kSum = 4;
constexpr std::size_t kMostReadings = 2048;  // 45 bytes each at most: below kMostPayload
constexpr double kMostStamp_ms = 3.2e12;     // a century

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text.data(), text.size())); }

std::uint32_t checksum(std::span<const std::byte> bytes) {
  return static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

/// Where the next frame may begin: the magic, or as much of it as the bytes still hold.
std::size_t next_magic(std::span<const std::byte> bytes, std::size_t from) {
  const std::span<const std::byte> magic = bytes_of(kMagic);
  for (std::size_t at = from; at < bytes.size(); ++at) {
    const std::size_t length = std::min(magic.size(), bytes.size() - at);
    if (std::ranges::equal(bytes.subspan(at, length), magic.first(length))) return at;
  }
  return bytes.size();
}

}  // namespace

double stored_stamp(double stamp_ms) {
  if (!(std::abs(stamp_ms) < kMostStamp_ms)) return stamp_ms;
  return std::round(stamp_ms * 1000.0) / 1000.0;
}

std::vector<std::byte> Writer::encode(const Frame& frame) {
  std::vector<std::byte> out;
  if (sequence_ == 0) out.assign(bytes_of(kSignature).begin(), bytes_of(kSignature).end());
  const auto* batch = std::get_if<Readings>(&frame);
  if (batch == nullptr) {
    append(out, type_of(frame), payload_of(frame));
    return out;
  }
  const std::span<const Reading> all = batch->readings;
  std::size_t begin = 0;
  do {
    const std::size_t count = std::min(kMostReadings, all.size() - begin);
    append(out, type_of(frame), payload_of(all.subspan(begin, count)));
    begin += count;
  } while (begin < all.size());
  return out;
}

void Writer::append(std::vector<std::byte>& out, std::uint8_t type, std::span<const std::byte> payload) {
  PayloadWriter frame;
  for (const std::byte byte : bytes_of(kMagic)) frame.put(std::to_integer<std::uint8_t>(byte));
  frame.put(static_cast<std::uint32_t>(payload.size()));
  frame.put(type);
  frame.put(sequence_++);
  std::vector<std::byte> bytes = frame.take();
  bytes.insert(bytes.end(), payload.begin(), payload.end());
  const std::uint32_t sum = checksum(std::span(bytes).subspan(kChecked));
  for (unsigned k = 0; k < kSum; ++k) bytes.push_back(static_cast<std::byte>(sum >> (8 * k) & 0xFF));
  out.insert(out.end(), bytes.begin(), bytes.end());
}

Status Parser::push(std::span<const std::byte> bytes, std::vector<Frame>& out) {
  pending_.insert(pending_.end(), bytes.begin(), bytes.end());
  if (!signed_) {
    const std::span<const std::byte> signature = bytes_of(kSignature);
    const std::size_t length = std::min(signature.size(), pending_.size());
    if (!std::ranges::equal(std::span(pending_).first(length), signature.first(length)))
      return Error{ErrorCode::UnknownFormat, std::string(word(Word::formats_unknown)),
                   std::string(word(Word::formats_unknown_advice))};
    if (length < signature.size()) return Done{};
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(length));
    signed_ = true;
  }
  take_frames(out, false);
  return Done{};
}

const Damage& Parser::finish(std::vector<Frame>& out) {
  if (signed_) take_frames(out, true);
  damage_.torn_bytes += passed_over_ + static_cast<std::int64_t>(pending_.size());
  passed_over_ = 0;
  pending_.clear();
  return damage_;
}

/// At the end an incomplete frame is damage too: behind its length whole ones may lie.
void Parser::take_frames(std::vector<Frame>& out, bool at_end) {
  const std::span<const std::byte> all = pending_;
  std::size_t at = 0;
  for (;;) {
    const std::size_t begin = next_magic(all, at);
    passed_over_ += static_cast<std::int64_t>(begin - at);
    at = begin;
    if (at >= all.size()) break;
    std::size_t length = 0;
    const Found found = take_one(all.subspan(at), length, out);
    if (found == Found::Incomplete && !at_end) break;
    if (found != Found::Whole) {
      length = 1;
      ++passed_over_;
    }
    at += length;
  }
  pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(at));
}

Parser::Found Parser::take_one(std::span<const std::byte> bytes, std::size_t& length, std::vector<Frame>& out) {
  if (bytes.size() < kHead) return Found::Incomplete;
  PayloadReader head(bytes.subspan(kMagic.size()));
  const auto declared = head.get<std::uint32_t>();
  const auto type = head.get<std::uint8_t>();
  const auto sequence = head.get<std::uint32_t>();
  if (declared > kMostPayload) return Found::Damaged;
  length = kHead + declared + kSum;
  if (bytes.size() < length) return Found::Incomplete;
  PayloadReader sum(bytes.subspan(kHead + declared, kSum));
  if (sum.get<std::uint32_t>() != checksum(bytes.subspan(kChecked, kHead - kChecked + declared))) return Found::Damaged;
  damage_.skipped_bytes += std::exchange(passed_over_, 0);
  if (sequence > next_sequence_) damage_.lost_frames += sequence - next_sequence_;
  next_sequence_ = sequence + 1;
  if (std::optional<Frame> frame = frame_of(type, bytes.subspan(kHead, declared))) out.push_back(std::move(*frame));
  else if (is_known(type)) ++damage_.lost_frames;
  return Found::Whole;
}

}  // namespace klono::formats::journal
