#include "cli/emg_text.hpp"

#include "base/words.hpp"
#include "report/emg_figures.hpp"
#include "view/plain_words.hpp"

namespace klono::cli {
namespace {

using report::emg_length_words;
using report::emg_size_words;

std::string line(Word id, std::initializer_list<std::pair<std::string_view, std::string>> values) { return fill(id, values) + "\n"; }

std::string rate_line(Word id, const patterns::Rate& rate) {
  return line(id, {{"count", std::to_string(rate.count)}, {"rate", view::rate_words(rate)}, {"interval", view::interval_words(rate)}});
}

std::string bursts_text(const EmgChannelAnalysis& channel, const report::EmgFigures& figures) {
  if (channel.detail == EmgDetail::LimbMovements) return std::string(word(Word::emg_cli_no_bursts)) + "\n";
  std::string text = line(Word::emg_cli_bursts, {{"count", std::to_string(figures.bursts.count)}, {"rate", view::rate_words(figures.bursts)},
                                                 {"interval", view::interval_words(figures.bursts)}, {"length", emg_length_words(figures.burst_length_s)},
                                                 {"size", emg_size_words(channel, figures.burst_peak)}});
  if (figures.potentials.count > 0) text += rate_line(Word::emg_cli_potentials, figures.potentials);
  if (figures.activities > 0)
    text += line(Word::emg_cli_activities, {{"count", std::to_string(figures.activities)}, {"duration", view::duration_words(figures.activity_s)}});
  if (figures.silences > 0)
    text += line(Word::emg_cli_silences, {{"count", std::to_string(figures.silences)}, {"length", emg_length_words(figures.silence_length_s)}});
  return text;
}

std::string channel_text(const EmgChannelAnalysis& channel) {
  const report::EmgFigures figures = report::figures_of(channel);
  std::string text = line(Word::emg_cli_channel, {{"name", channel.name}, {"duration", view::duration_words(channel.analysable_s)},
                                                  {"floor", emg_size_words(channel, channel.floor_uv)}});
  text += bursts_text(channel, figures);
  if (!channel.microvolts) return text + std::string(word(Word::emg_cli_no_microvolts)) + "\n";
  return text + line(Word::emg_cli_limb, {{"count", std::to_string(figures.limb.count)}, {"rate", view::rate_words(figures.limb)},
                                          {"interval", view::interval_words(figures.limb)}, {"series", std::to_string(figures.limb_in_series)}});
}

}  // namespace

std::string emg_text(const EmgAnalysis& emg) {
  std::string text;
  for (const EmgChannelAnalysis& channel : emg.channels) text += channel_text(channel);
  for (const EmgTogether& pair : emg.together)
    text += line(Word::emg_cli_together, {{"first", emg.channels[pair.first].name}, {"second", emg.channels[pair.second].name},
                                          {"count", std::to_string(pair.count)}, {"window", emg_length_words(emg.settings.signal.together_s)},
                                          {"lag", emg_length_words(pair.median_lag_s)}});
  return text;
}

}  // namespace klono::cli
