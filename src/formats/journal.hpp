#pragma once
/// The file of a recording made here. Append-only: a signature, then frames, each with its length and a
/// checksum; the header frame first, no trailer. Whatever is cut off or torn costs no frame before it.
///
///   file   := "KLONOJ1\n" frame*
///   frame  := "KLJF" u32 length of payload, u8 type, u32 sequence, payload, u32 CRC-32 of type..payload
///
/// Little-endian. `sequence` counts from 0, so that a lost frame is noticed. Stamps are the browser's or the sensor's
/// own, in milliseconds of one monotonic clock; Anchor frames tie them to the wall clock.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "signal/recording.hpp"

namespace klono::formats::journal {

inline constexpr std::string_view kSignature = "KLONOJ1\n";
inline constexpr std::string_view kExtension = ".klono";
/// A declared length beyond this is damage (*chosen*: a frame holds about a second). Longer batches are split.
inline constexpr std::size_t kMostPayload = 1 << 17;

/// A stamp as it is kept: to the microsecond, and so the same before and after storing. What is no number, or beyond
/// a century, stays as it is.
double stored_stamp(double stamp_ms);

enum class SensorKind : std::uint8_t {
  DeviceMotion,   ///< one event carries all three sensors
  GenericSensor,  ///< Generic Sensor API: each sensor has its own events
  PolarBluetooth  ///< Polar PMD accelerometer
};

/// First frame.
struct Header {
  SensorKind sensor = SensorKind::DeviceMotion;
  std::string id;              ///< name in the store; no meaning beyond it
  std::string context;         ///< JSON, see history/recording_context.hpp
  std::string program_version;
  double planned_s = 0.0;      ///< 0: until stopped
  double interval_as_told = 0.0;  ///< `interval` of the first event, whatever its unit; 0 without one
};

/// Ties the monotonic clock to the wall clock; at the start, each minute, and after each return.
struct Anchor {
  double stamp_ms = 0.0;
  std::int64_t unix_ms = 0;
  std::int32_t offset_min = 0;  ///< east of UTC
};

/// Which sensors a reading holds: bits of Readings::present, three values each.
inline constexpr std::uint8_t kAcceleration = 1;  ///< with gravity, m/s², signs as delivered
inline constexpr std::uint8_t kLinear = 2;        ///< without gravity, m/s²
inline constexpr std::uint8_t kRotation = 4;      ///< degrees per second

/// One delivered event; not-a-number where the browser said null. Kept without loss, but for stamps (stored_stamp) and
/// the sign of zero.
struct Reading {
  double stamp_ms = 0.0;
  std::array<float, 3> acceleration{};
  std::array<float, 3> linear{};
  std::array<float, 3> rotation{};
};

/// A batch of events in the order they came.
struct Readings {
  std::vector<Reading> readings;
};

struct GapRecord {
  double begin_ms = 0.0;
  double end_ms = 0.0;
  GapReason reason = GapReason::Silent;
};

/// The person's mark; `taken_back` undoes the one of that number.
struct MarkRecord {
  std::uint32_t number = 0;
  double stamp_ms = 0.0;
  std::int8_t strength = -1;
  bool taken_back = false;
};

/// A part of the guided test begins (or, with `end`, is over).
struct BlockRecord {
  double stamp_ms = 0.0;
  Task task = Task::Rest;
  bool end = false;
};

/// How the axes point, settled by measurement: +1 as specified, -1 all three negated, 0 not known. Readings
/// stay as delivered.
struct SignRecord {
  std::int8_t sign = 0;
};

struct End {
  double stamp_ms = 0.0;
};

using Frame = std::variant<Header, Anchor, Readings, GapRecord, MarkRecord, BlockRecord, SignRecord, End>;

/// Encodes one frame after another. The first bytes it gives begin with the signature. Texts longer than 32 kB are cut.
class Writer {
 public:
  std::vector<std::byte> encode(const Frame& frame);

 private:
  void append(std::vector<std::byte>& out, std::uint8_t type, std::span<const std::byte> payload);

  std::uint32_t sequence_ = 0;
};

/// What happened to the bytes while frames were taken out of them.
struct Damage {
  std::int64_t torn_bytes = 0;     ///< after the last whole frame: one that was being written
  std::int64_t skipped_bytes = 0;  ///< before it: damaged, passed over to the next whole frame
  std::int64_t lost_frames = 0;    ///< by their sequence numbers
};

/// Takes frames out of bytes that come in any pieces. What is damaged is skipped and counted; where the header is
/// damaged the frames after it come without one.
class Parser {
 public:
  /// Appends bytes; whole frames are appended to `out` in order. Error: UnknownFormat when the signature is wrong.
  Status push(std::span<const std::byte> bytes, std::vector<Frame>& out);
  /// No more bytes will come: whole frames behind a damaged length still come out, the rest is the torn tail.
  const Damage& finish(std::vector<Frame>& out);
  const Damage& damage() const { return damage_; }

 private:
  enum class Found : std::uint8_t { Whole, Damaged, Incomplete };
  void take_frames(std::vector<Frame>& out, bool at_end);
  Found take_one(std::span<const std::byte> bytes, std::size_t& length, std::vector<Frame>& out);

  std::vector<std::byte> pending_;
  Damage damage_;
  std::int64_t passed_over_ = 0;  ///< since the last whole frame
  std::uint32_t next_sequence_ = 0;
  bool signed_ = false;
};

}  // namespace klono::formats::journal
