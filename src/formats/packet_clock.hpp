#pragma once
/// From the starts of packets to segments with a fitted rate, and gaps.

#include <span>
#include <vector>

#include "formats/packets.hpp"

namespace klono::formats {

struct PacketTimes {
  std::vector<Segment> segments;
  std::vector<Gap> gaps;
  double furthest_s = 0.0;  ///< largest distance of a packet's start from the line of its segment

  /// Seconds that packet times were moved by before the first sample became 0: time = start_s + shift of its segment.
  std::vector<double> shift_s;  ///< one a segment
};

/// Packets that follow each other without a jump of their clock (within a tenth of their length, and the clock's resolution)
/// are one segment; its rate is the least-squares line through their starts, or that of the longest segment where it is
/// shorter than 30 s (chosen: the starts of a few packets tell no rate). A clock that steps back by more than 1 s is a restart.
PacketTimes times_of_packets(std::span<const Packet> packets, const PacketFacts& facts);

/// A packet's start as it is told with rows (PacketFacts::told_step_s).
double told_start_s(double start_s, const PacketFacts& facts);

/// One time a row, as the file tells it: evenly from a packet's start to that of the next one, at the nominal rate where none
/// follows; by the line of the segment where the clock is coarse.
std::vector<double> row_times_of_packets(std::span<const Packet> packets, const PacketFacts& facts, const PacketTimes& times);

}  // namespace klono::formats
