#pragma once
/// Numbers as a person reads them: one place for every screen, mirror and page. Two figures, whole
/// numbers from 10 up; what is not a number reads "not known".

#include <cstdint>
#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "detection/event.hpp"
#include "patterns/not_counted.hpp"
#include "patterns/rates.hpp"
#include "signal/recording.hpp"

namespace klono::view {

std::string two_digits(std::int64_t value);       ///< of a clock: "07"
std::string figure_words(double value);           ///< "42", "4.6", "0.056", "\u22120.53"
std::string duration_words(double seconds);       ///< "7 h 12 min", "3 min 20 s", "0.34 s"
std::string length_words(double seconds);         ///< of one event: "0.34 s", "1.2 s"
/// "22:41:07", or "+1:02:07" without a clock. A day and more after the start it carries its day: "Mon 4 22:41".
std::string clock_words(const WallClock& start, double t_s, bool with_seconds);
std::string day_label(std::chrono::sys_days day);  ///< "Mon 4"
std::string date_words(const WallClock& start);   ///< "24 Nov 2026"; empty without a clock
std::string expected_words(double count);         ///< "0.042", "0.30", "4.1", "12": a number of events that need not be whole
std::string acceleration_words(double g);         ///< "0.038 g", "0.42 g", "1.3 g": one unit, the axes' own
std::string rate_words(const patterns::Rate& rate);           ///< "42 per hour"
std::string interval_words(const patterns::Rate& rate);       ///< "95 % interval 31 to 55"
std::string frequency_words(double hz);           ///< "6.3 Hz"
std::string class_words(EventClass event_class);  ///< "twitch", "in a burst", …
std::string reason_words(Reason reason);
std::string reason_counts_words(std::span<const patterns::ReasonCount> rows);  ///< "moving 12, sensor touched or knocked 5"
std::string share_words(double share);  ///< of 0..1: "87 %"; all and nothing are told only where they are
std::string gap_words(GapReason reason);  ///< why there is no data, nobody addressed: "the page was hidden"
std::string count_words(std::int64_t count, std::string_view one, std::string_view many);

}  // namespace klono::view
