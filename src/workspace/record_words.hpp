#pragma once
/// What the Record screens say, in one place for canvas and mirror.

#include <span>
#include <string>
#include <vector>

#include "base/words.hpp"
#include "view/placement_words.hpp"
#include "workspace/record_flow.hpp"

namespace klono::workspace {

using view::activity_words;
using view::place_and_fixing_words;
using view::place_noun;
using view::place_words;
using view::placement_words;
using view::word_of;

/// What the lines of the signal check are made of.
struct CheckFacts {
  history::RecordingContext context;
  PlannedLength length = PlannedLength::Twenty;
  double planned_s = 0.0;  ///< 0: a night
  protocol::recorder::Source source = protocol::recorder::Source::Phone;
  protocol::recorder::Abilities abilities;
  std::optional<protocol::recorder::Check> check;
};
std::vector<CheckLine> check_lines_of(const CheckFacts& facts);

/// Why there are no readings and what to do; empty where readings come or were not asked for.
struct SensorWords {
  std::string what, advice;
};
SensorWords sensor_words(protocol::recorder::SensorState state);

std::string trouble_words(protocol::recorder::TroubleKind trouble);
Word note_of(history::Activity activity);
Word word_of(PlannedLength length);

/// "Rest"; "Sit and rest your hands"; "In your lap, loose, still."
Word name_word(Task task);
Word do_word(Task task);
Word more_word(Task task);
/// "reach out, then touch your nose", after "Next: ".
Word next_word(Task task);

/// "12 min left": whole minutes above two, else the time as it is.
std::string left_words(double left_s);
/// "22:48" of an instant in a zone.
std::string clock_of(double unix_ms, int offset_min, bool with_seconds = false);
/// "2026-11-26-22-48-05", the name of a recording in the store.
std::string store_id_of(double unix_ms, int offset_min);
/// "klonograph 2026-11-26 22-48 left ankle.klono".
std::string copy_name_of(double unix_ms, int offset_min, const history::RecordingContext& context);

}  // namespace klono::workspace
