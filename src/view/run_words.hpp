#pragma once
/// Even trains and limb movements in series in words: one place for every screen, mirror, page and command line.

#include <span>
#include <string>
#include <vector>

#include "patterns/limb_rules.hpp"
#include "patterns/trains.hpp"
#include "signal/recording.hpp"

namespace klono::view {

/// A sentence a train; of many the first three, and how many more there are.
std::vector<std::string> train_sentences(const WallClock& start, std::span<const patterns::Train> trains);
/// The same for a table of figures: "12 events from 22:41:07, one every 4.1 s for 45 s, varying by 12 %".
std::vector<std::string> train_values(const WallClock& start, std::span<const patterns::Train> trains);
/// Beside an event of it: "12 events, one every 4.1 s".
std::string train_figure(const patterns::Train& train);

/// "AASM manual", "WASM 2016".
std::string limb_rule_name(patterns::LimbRule rule);

/// "Limb movements in series, AASM manual: 12 in 2 runs, 1.8 per hour, 95 % interval …"
std::string limb_rule_sentence(const patterns::LimbRuleFigures& figures);
std::string limb_rule_value(const patterns::LimbRuleFigures& figures);

}  // namespace klono::view
