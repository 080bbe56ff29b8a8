#include "view/run_words.hpp"

#include <algorithm>
#include <cstddef>

#include "base/words.hpp"
#include "view/plain_words.hpp"

namespace klono::view {
namespace {

constexpr std::size_t kTold = 3;  // chosen: more make a list nobody reads; the files hold all

std::string told(Word id, const WallClock& start, const patterns::Train& train) {
  return fill(id, {{"count", std::to_string(train.members)}, {"time", clock_words(start, train.begin_s, true)},
                   {"interval", duration_words(train.median_interval_s)}, {"length", duration_words(train.end_s - train.begin_s)},
                   {"variation", share_words(train.variation)}});
}

std::vector<std::string> told_all(Word id, const WallClock& start, std::span<const patterns::Train> trains) {
  std::vector<std::string> lines;
  for (const patterns::Train& train : trains.first(std::min(trains.size(), kTold))) lines.push_back(told(id, start, train));
  if (trains.size() > kTold) lines.push_back(fill(Word::runs_train_more, {{"n", std::to_string(trains.size() - kTold)}}));
  return lines;
}

std::string told(Word some, Word none, const patterns::LimbRuleFigures& figures) {
  const std::string rule = limb_rule_name(figures.rule);
  if (figures.runs == 0) return fill(none, {{"rule", rule}});
  return fill(some, {{"rule", rule}, {"count", std::to_string(figures.in_series.count)},
                     {"runs", count_words(figures.runs, word(Word::runs_limb_run_one), word(Word::runs_limb_run_many))},
                     {"rate", rate_words(figures.in_series)}, {"interval", interval_words(figures.in_series)}});
}

}  // namespace

std::string limb_rule_name(patterns::LimbRule rule) { return std::string(word(rule == patterns::LimbRule::Aasm ? Word::runs_limb_aasm : Word::runs_limb_wasm)); }

std::vector<std::string> train_sentences(const WallClock& start, std::span<const patterns::Train> trains) { return told_all(Word::runs_train_sentence, start, trains); }
std::vector<std::string> train_values(const WallClock& start, std::span<const patterns::Train> trains) { return told_all(Word::runs_train_value, start, trains); }

std::string train_figure(const patterns::Train& train) {
  return fill(Word::runs_train_figure_value, {{"count", std::to_string(train.members)}, {"interval", duration_words(train.median_interval_s)}});
}

std::string limb_rule_sentence(const patterns::LimbRuleFigures& figures) { return told(Word::runs_limb_sentence, Word::runs_limb_sentence_none, figures); }
std::string limb_rule_value(const patterns::LimbRuleFigures& figures) { return told(Word::runs_limb_value, Word::runs_limb_value_none, figures); }

}  // namespace klono::view
