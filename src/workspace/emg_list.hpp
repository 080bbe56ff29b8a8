#pragma once
/// What EMG showed as one list in order of time, over all channels. It is shown as it was found: a person answers on movement only.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/interval.hpp"
#include "detection/emg/emg_event.hpp"

namespace klono::workspace {

/// A burst (or potential, or longer activity) of a channel; a leg movement where the channel's rate tells no bursts.
struct EmgItem {
  std::uint32_t channel = 0;
  std::uint32_t index = 0;  ///< in the channel's bursts, or leg movements
  bool limb = false;
  TimeSpan span;
};

/// By onset, then channel.
std::vector<EmgItem> emg_items(const EmgAnalysis& emg);

inline const EmgChannelAnalysis& channel_of(const EmgAnalysis& emg, const EmgItem& item) { return emg.channels[item.channel]; }
/// Only of an item that is no leg movement, or that is one.
inline const EmgBurst& burst_of(const EmgAnalysis& emg, const EmgItem& item) { return emg.channels[item.channel].bursts[item.index]; }
inline const EmgLimbMovement& limb_of(const EmgAnalysis& emg, const EmgItem& item) { return emg.channels[item.channel].limb_movements[item.index]; }

std::string emg_kind_of(const EmgAnalysis& emg, const EmgItem& item);    ///< "burst", "longer activity", "leg movement"
std::string emg_length_of(const EmgItem& item);                          ///< "34 ms", from a second on "1.3 s"
std::string emg_peak_of(const EmgAnalysis& emg, const EmgItem& item);    ///< "120 µV"

/// What the list is of: bursts, single potentials and longer activity together are EMG events; leg movements where no channel
/// tells bursts.
struct EmgNouns {
  std::string one, many;
  std::string capital_one, capital_many;  ///< where they begin a sentence
};
EmgNouns emg_nouns(const EmgAnalysis& emg);

/// "87 EMG events in 2 channels".
std::string emg_count_words(const EmgAnalysis& emg, std::size_t items);

}  // namespace klono::workspace
