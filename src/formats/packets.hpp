#pragma once
/// Block formats: files made of packets that decode by themselves (an Axivity block, a GENEActiv page, a second of an ActiGraph).
/// A format only finds its packets and decodes one; clock, gaps, windows and rows are the same for all of them.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/byte_source.hpp"
#include "formats/reader.hpp"
#include "signal/recording.hpp"

namespace klono::formats {

/// How a packet follows the one before it in the file.
enum class PacketJoin : std::uint8_t {
  Follows,  ///< as far as the format can tell; its clock may still show a gap
  Lost,     ///< something between them is missing or damaged
  Restart   ///< the recorder began anew
};

/// A stretch of bytes that decodes to `count` samples of every channel.
struct Packet {
  std::int64_t offset = 0;  ///< of its bytes
  std::int64_t first = 0;   ///< number of its first sample; set by PacketList
  double start_s = 0.0;     ///< time of its first sample by the device's clock, seconds since an origin the format chooses
  std::uint32_t bytes = 0;
  std::uint16_t count = 0;  ///< samples of each channel; 1 to 65535
  PacketJoin join = PacketJoin::Follows;
};

/// The packets found so far, in file order.
class PacketList {
 public:
  /// Numbers the samples. A packet without samples is left out.
  void add(Packet packet);

  const std::vector<Packet>& packets() const { return packets_; }
  bool empty() const { return packets_.empty(); }
  std::int64_t num_samples() const { return packets_.empty() ? 0 : packets_.back().first + packets_.back().count; }

 private:
  std::vector<Packet> packets_;
};

struct PacketChannel {
  std::string name;          ///< as in the file, or as the format's documents call it
  std::string unit;          ///< of the decoded values: "g", "deg/s", "uV"
  std::string unit_in_file;
  ChannelRole role = ChannelRole::Other;
};

/// What a format knows of the whole file once it was scanned.
struct PacketFacts {
  std::string format;              ///< name for people
  WallClock start;                 ///< of the first packet's first sample
  std::vector<PacketChannel> channels;
  double nominal_rate_hz = 0.0;    ///< > 0
  double clock_step_s = 0.0;       ///< resolution of Packet::start_s; 0 where it is finer than a sample
  double told_step_s = 0.0;        ///< the maker's own programs tell starts in whole steps of this: so do rows; 0: as they are
  bool has_clock = true;           ///< false: starts are counted, the nominal rate holds
  double range_g = 0.0;            ///< full scale, 0 when unknown
  bool has_gravity = true;
  std::vector<Warning> warnings;
  std::vector<SideMeasure> sides;        ///< at_s on the packets' clock
  std::vector<Annotation> annotations;   ///< at_s on the packets' clock
  std::shared_ptr<const Recording> emg;  ///< on its own clock from the first packet on; null where there is none
};

/// One block format over one file.
class PacketFormat {
 public:
  virtual ~PacketFormat() = default;

  /// Reads on through at most about 1 MB and adds the packets found. True while there is more. Damage costs its packet
  /// only. Errors: Malformed where nothing can follow, CannotRead.
  virtual Result<bool> scan(PacketList& list) = 0;

  virtual std::int64_t bytes_done() const = 0;
  virtual std::int64_t bytes_total() const = 0;

  /// After the last scan, or after as many as there were.
  virtual PacketFacts facts() const = 0;

  /// Where the packets' bytes are; the offsets of Packet are places in it.
  virtual const ByteSource& bytes() const = 0;

  /// Decodes one packet from its bytes: one span of `packet.count` values a channel, empty where not wanted. False where
  /// the bytes do not decode; the values are then NaN.
  virtual bool decode(const Packet& packet, std::span<const std::byte> bytes, std::span<const std::span<float>> into) const = 0;
};

/// A reader whose recording stays in its file and is decoded on demand.
std::unique_ptr<TableReader> read_packets(std::unique_ptr<PacketFormat> format);

/// The recording of packets that were found otherwise; for formats that make more than one recording of a file.
Result<Recording> recording_from_packets(std::shared_ptr<const PacketFormat> format, PacketList list);

}  // namespace klono::formats
