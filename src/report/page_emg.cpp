#include <cmath>

#include "patterns/emg_figures.hpp"
#include "report/page_parts.hpp"
#include "report/text.hpp"
#include "view/emg_words.hpp"
#include "view/plain_words.hpp"

namespace klono::report {
namespace {

std::string cell(const std::string& escaped) { return element("td class=\"n\"", escaped); }

std::string rate_cell(const EmgChannelAnalysis& channel, const patterns::Rate& rate) {
  if (!(channel.analysable_s > 0.0)) return cell(page_word(Word::emg_page_not_told));
  if (rate.count == 0) return cell(page_word(Word::emg_page_none));
  return cell(page_fill(Word::emg_page_rate_value, {{"count", std::to_string(rate.count)}, {"rate", view::rate_words(rate)}, {"interval", view::interval_words(rate)}}));
}

std::string measured_cell(double value, const std::string& words) { return cell(std::isfinite(value) ? html_escaped(words) : page_word(Word::emg_page_none)); }

std::string channel_row(const EmgChannelAnalysis& channel) {
  const patterns::EmgFigures figures = patterns::figures_of(channel);
  const bool bursts = channel.detail != EmgDetail::LimbMovements;
  const std::string untold = cell(page_word(Word::emg_page_not_told));
  std::string cells = element("th scope=\"row\"", element("bdi", html_escaped(channel.name)));
  cells += cell(html_escaped(view::duration_words(channel.analysable_s))) + cell(html_escaped(view::emg_size_words(channel, channel.floor_uv)));
  cells += bursts ? rate_cell(channel, figures.bursts) + measured_cell(figures.burst_length_s, view::emg_length_words(figures.burst_length_s)) +
                        measured_cell(figures.burst_peak, view::emg_size_words(channel, figures.burst_peak)) + rate_cell(channel, figures.potentials) +
                        cell(figures.silences > 0 ? std::to_string(figures.silences) : page_word(Word::emg_page_none))
                  : untold + untold + untold + untold + untold;
  cells += channel.microvolts ? rate_cell(channel, figures.limb) : untold;
  return element("tr", cells);
}

std::string channel_table(const EmgAnalysis& emg) {
  std::string head = element("th scope=\"col\"", page_word(Word::emg_page_channel));
  for (const Word name : {Word::emg_page_analysable, Word::emg_page_floor, Word::emg_page_bursts, Word::emg_page_length, Word::emg_page_size,
                          Word::emg_page_potentials, Word::emg_page_silences, Word::emg_page_limb})
    head += element("th scope=\"col\" class=\"n\"", page_word(name));
  std::string body;
  for (const EmgChannelAnalysis& channel : emg.channels) body += channel_row(channel) + "\n";
  return element("table class=\"blocks\"", element("caption", page_word(Word::emg_page_caption)) + element("thead", element("tr", head)) + element("tbody", body));
}

std::string notes(const EmgAnalysis& emg) {
  bool slow = false;
  bool counts = false;
  bool limbs = false;
  std::int64_t in_series = 0;
  std::int64_t in_series_wasm = 0;
  for (const EmgChannelAnalysis& channel : emg.channels) {
    slow = slow || channel.detail == EmgDetail::LimbMovements;
    counts = counts || !channel.microvolts;
    limbs = limbs || channel.microvolts;
    const patterns::EmgFigures figures = patterns::figures_of(channel);
    in_series += figures.limb_in_series;
    in_series_wasm += figures.limb_in_series_wasm;
  }
  std::string text;
  if (slow) text += page_word(Word::emg_page_limb_slow) + " ";
  if (counts) text += page_word(Word::emg_page_counts) + " ";
  if (limbs) text += page_fill(Word::emg_page_limb_note, {{"series", std::to_string(in_series)}, {"wasm", std::to_string(in_series_wasm)}}) + " ";
  if (const std::string both_legs = view::emg_both_legs_sentence(emg); !both_legs.empty()) text += html_escaped(both_legs) + " ";
  for (const EmgTogether& pair : emg.together)
    text += page_fill(Word::emg_page_together, {{"first", emg.channels[pair.first].name}, {"second", emg.channels[pair.second].name},
                                                {"count", std::to_string(pair.count)}, {"window", view::emg_length_words(emg.settings.signal.together_s)},
                                                {"lag", view::emg_length_words(pair.median_lag_s)}}) + " ";
  text += page_word(Word::emg_page_limits) + " " + page_fill(Word::emg_page_foot, {{"version", std::to_string(emg.version)}});
  return element("p class=\"caption\"", text);
}

}  // namespace

std::string emg_section(const ReportModel& model) {
  if (!model.emg || model.emg->channels.empty()) return {};
  return element("section", element("h2", page_word(Word::emg_page_heading)) +
                                element("div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"" + page_word(Word::emg_page_heading) + "\"",
                                        channel_table(*model.emg)) +
                                notes(*model.emg));
}

}  // namespace klono::report
