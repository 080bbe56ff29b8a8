#include "view/emg_words.hpp"

#include <initializer_list>
#include <string_view>
#include <utility>

#include "base/words.hpp"
#include "patterns/emg_figures.hpp"
#include "patterns/leg_pair.hpp"
#include "view/plain_words.hpp"
#include "view/run_words.hpp"

namespace klono::view {
namespace {

std::string rate_sentence(Word id, const patterns::Rate& rate) {
  return fill(id, {{"count", std::to_string(rate.count)}, {"rate", rate_words(rate)}, {"interval", interval_words(rate)}});
}

void add_bursts(std::vector<std::string>& lines, const EmgChannelAnalysis& channel, const patterns::EmgFigures& figures) {
  if (channel.detail == EmgDetail::LimbMovements) return lines.push_back(text(Word::emg_told_no_bursts));
  lines.push_back(fill(Word::emg_told_bursts, {{"count", std::to_string(figures.bursts.count)}, {"rate", rate_words(figures.bursts)},
                                               {"interval", interval_words(figures.bursts)}, {"length", emg_length_words(figures.burst_length_s)},
                                               {"size", emg_size_words(channel, figures.burst_peak)}}));
  if (figures.potentials.count > 0) lines.push_back(rate_sentence(Word::emg_told_potentials, figures.potentials));
  if (figures.activities > 0)
    lines.push_back(fill(Word::emg_told_activities, {{"count", std::to_string(figures.activities)}, {"duration", duration_words(figures.activity_s)}}));
  if (figures.silences > 0)
    lines.push_back(fill(Word::emg_told_silences, {{"count", std::to_string(figures.silences)}, {"length", emg_length_words(figures.silence_length_s)}}));
}

}  // namespace

std::string emg_size_words(const EmgChannelAnalysis& channel, double size) {
  return fill(channel.microvolts ? Word::emg_microvolts : Word::emg_counts, {{"n", figure_words(size)}});
}

std::string emg_length_words(double seconds) { return fill(Word::emg_milliseconds, {{"n", figure_words(1000.0 * seconds)}}); }

std::string emg_kind_words(EmgKind kind) {
  switch (kind) {
    case EmgKind::Potential: return text(Word::emg_kind_potential);
    case EmgKind::Activity: return text(Word::emg_kind_activity);
    case EmgKind::Burst: break;
  }
  return text(Word::emg_kind_burst);
}

std::string emg_band_words(EmgBand band) {
  switch (band) {
    case EmgBand::To50: return text(Word::emg_band_to_50);
    case EmgBand::To100: return text(Word::emg_band_to_100);
    case EmgBand::To300: return text(Word::emg_band_to_300);
    case EmgBand::Longer: return text(Word::emg_band_longer);
    case EmgBand::Unresolved: break;
  }
  return text(Word::emg_band_unresolved);
}

std::string emg_reason_words(EmgReason reason) {
  switch (reason) {
    case EmgReason::MovementArtefact: return text(Word::emg_reason_movement_artefact);
    case EmgReason::Saturation: return text(Word::emg_reason_saturation);
    case EmgReason::Disconnected: return text(Word::emg_reason_disconnected);
    case EmgReason::Heart: return text(Word::emg_reason_heart);
    case EmgReason::SlowWave: return text(Word::emg_reason_slow_wave);
    case EmgReason::WithinActivity: return text(Word::emg_reason_within_activity);
    case EmgReason::TooWeak: return text(Word::emg_reason_too_weak);
    case EmgReason::EdgeOfData: return text(Word::emg_reason_edge_of_data);
    case EmgReason::Settling: return text(Word::emg_reason_settling);
    case EmgReason::None: break;
  }
  return text(Word::emg_reason_none);
}

std::vector<std::string> emg_channel_sentences(const EmgChannelAnalysis& channel) {
  const patterns::EmgFigures figures = patterns::figures_of(channel);
  std::vector<std::string> lines{fill(Word::emg_told_channel, {{"name", channel.name}, {"duration", duration_words(channel.analysable_s)},
                                                               {"floor", emg_size_words(channel, channel.floor_uv)}})};
  add_bursts(lines, channel, figures);
  if (!channel.microvolts)
    lines.push_back(text(Word::emg_told_no_microvolts));
  else
    lines.push_back(fill(Word::emg_told_limb, {{"count", std::to_string(figures.limb.count)}, {"rate", rate_words(figures.limb)},
                                               {"interval", interval_words(figures.limb)}, {"series", std::to_string(figures.limb_in_series)},
                                               {"wasm", std::to_string(figures.limb_in_series_wasm)}}));
  return lines;
}

std::string emg_both_legs_sentence(const EmgAnalysis& emg) {
  const auto legs = patterns::leg_pair(emg);
  if (!legs) return {};
  const auto rules = patterns::limb_rules(emg, *legs);
  return fill(Word::runs_limb_both_legs, {{"first", emg.channels[legs->first].name}, {"second", emg.channels[legs->second].name},
                                          {"aasm", limb_rule_value(rules[0])}, {"wasm", limb_rule_value(rules[1])}});
}

std::vector<std::string> emg_together_sentences(const EmgAnalysis& emg) {
  std::vector<std::string> lines;
  if (std::string both_legs = emg_both_legs_sentence(emg); !both_legs.empty()) lines.push_back(std::move(both_legs));
  for (const EmgTogether& pair : emg.together)
    lines.push_back(fill(Word::emg_told_together, {{"first", emg.channels[pair.first].name}, {"second", emg.channels[pair.second].name},
                                                   {"count", std::to_string(pair.count)}, {"window", emg_length_words(emg.settings.signal.together_s)},
                                                   {"lag", emg_length_words(pair.median_lag_s)}}));
  return lines;
}

std::string emg_channel_line(const EmgChannelAnalysis& channel) {
  const patterns::EmgFigures figures = patterns::figures_of(channel);
  const bool limb = channel.detail == EmgDetail::LimbMovements;
  const std::int64_t count = limb ? figures.limb.count : figures.bursts.count;
  if (channel.analysable_s <= 0.0) return fill(Word::emg_review_channel_card_unknown, {{"name", channel.name}});
  if (count == 0) return fill(limb ? Word::emg_review_channel_card_none_limb : Word::emg_review_channel_card_none, {{"name", channel.name}});
  if (limb)
    return fill(Word::emg_review_channel_card_limb, {{"name", channel.name}, {"series", std::to_string(figures.limb_in_series)},
                {"movements", count_words(count, word(Word::emg_leg_movement), word(Word::emg_leg_movements))}});
  return fill(Word::emg_review_channel_card, {{"name", channel.name}, {"bursts", count_words(count, word(Word::emg_burst), word(Word::emg_bursts))},
                                              {"length", emg_length_words(figures.burst_length_s)}, {"size", emg_size_words(channel, figures.burst_peak)}});
}

}  // namespace klono::view
