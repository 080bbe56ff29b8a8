#pragma once
/// What was found in EMG, as a person reads it: one wording for the command line, the page, every screen and the mirror.

#include <string>
#include <vector>

#include "detection/emg/emg_event.hpp"

namespace klono::view {

/// "42 µV", or "42 counts" where the file is not in microvolts.
std::string emg_size_words(const EmgChannelAnalysis& channel, double size);
/// "34 ms"; "not known" where it is no number.
std::string emg_length_words(double seconds);

std::string emg_kind_words(EmgKind kind);      ///< "burst", "longer activity", …
std::string emg_band_words(EmgBand band);      ///< "50 to 100 ms"
std::string emg_reason_words(EmgReason reason);

/// All that a channel showed, a sentence each; the first tells its name, how much could be analysed and its quiet level.
std::vector<std::string> emg_channel_sentences(const EmgChannelAnalysis& channel);
/// Pairs of channels whose bursts begin together, a sentence each.
std::vector<std::string> emg_together_sentences(const EmgAnalysis& emg);

/// Leg movements in series by each rule, both legs as one row; empty where there are not two leg channels.
std::string emg_both_legs_sentence(const EmgAnalysis& emg);
/// A channel in one line: "TIB L: 34 bursts, median 42 ms, 120 µV".
std::string emg_channel_line(const EmgChannelAnalysis& channel);

}  // namespace klono::view
