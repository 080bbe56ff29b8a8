#include "workspace/emg_list.hpp"

#include <algorithm>
#include <tuple>

#include "base/words.hpp"
#include "view/emg_words.hpp"
#include "view/plain_words.hpp"

namespace klono::workspace {
namespace {

void add(std::vector<EmgItem>& items, std::size_t channel, bool limb, const auto& found) {
  for (std::size_t i = 0; i < found.size(); ++i)
    items.push_back({static_cast<std::uint32_t>(channel), static_cast<std::uint32_t>(i), limb, {found[i].onset_s, found[i].end_s}});
}

}  // namespace

std::vector<EmgItem> emg_items(const EmgAnalysis& emg) {
  std::vector<EmgItem> items;
  for (std::size_t k = 0; k < emg.channels.size(); ++k) {
    const bool limb = emg.channels[k].detail == EmgDetail::LimbMovements;
    if (limb) add(items, k, true, emg.channels[k].limb_movements);
    else add(items, k, false, emg.channels[k].bursts);
  }
  std::ranges::sort(items, {}, [](const EmgItem& item) { return std::tuple(item.span.begin_s, item.channel, item.index); });
  return items;
}

std::string emg_kind_of(const EmgAnalysis& emg, const EmgItem& item) {
  return item.limb ? std::string(word(Word::emg_leg_movement)) : view::emg_kind_words(burst_of(emg, item).kind);
}

std::string emg_length_of(const EmgItem& item) {
  const double length_s = item.span.length_s();
  return length_s < 1.0 ? view::emg_length_words(length_s) : view::length_words(length_s);
}

std::string emg_peak_of(const EmgAnalysis& emg, const EmgItem& item) {
  return view::emg_size_words(channel_of(emg, item), item.limb ? limb_of(emg, item).peak_uv : burst_of(emg, item).peak_uv);
}

EmgNouns emg_nouns(const EmgAnalysis& emg) {
  const bool limb = std::ranges::all_of(emg.channels, [](const EmgChannelAnalysis& channel) { return channel.detail == EmgDetail::LimbMovements; });
  const auto one = [&](Word leg, Word event) { return std::string(word(limb ? leg : event)); };
  return {one(Word::emg_leg_movement, Word::emg_event), one(Word::emg_leg_movements, Word::emg_events),
          one(Word::emg_capital_leg_movement, Word::emg_event), one(Word::emg_capital_leg_movements, Word::emg_events)};
}

std::string emg_count_words(const EmgAnalysis& emg, std::size_t items) {
  const EmgNouns nouns = emg_nouns(emg);
  return fill(Word::emg_library_figure,
              {{"events", view::count_words(static_cast<std::int64_t>(items), nouns.one, nouns.many)},
               {"channels", view::count_words(std::ssize(emg.channels), word(Word::emg_channel), word(Word::emg_channels))}});
}

}  // namespace klono::workspace
