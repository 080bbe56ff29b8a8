#pragma once
/// Where a recording was made, in words: the same on every screen and page.

#include <string>

#include "base/words.hpp"
#include "history/recording_context.hpp"

namespace klono::view {

Word word_of(history::Fixing fixing);
Word word_of(history::Activity activity);
Word word_of(history::ActivityDetail detail);

/// "Upper arm" as it stands inside a sentence: "upper arm".
std::string in_sentence(std::string text);
/// "Left ankle".
std::string placement_words(const history::Placement& placement);
/// "ankle", as it stands in a sentence.
std::string place_noun(history::BodyPlace place);
/// "Left ankle", or "Somewhere on the body".
std::string place_words(const history::RecordingContext& context);
/// "Left ankle, strapped"; the place alone where the fixing is not known.
std::string place_and_fixing_words(const history::RecordingContext& context);
/// "at rest", "sleeping", also "falling asleep"; empty where not known.
std::string activity_words(const history::RecordingContext& context);

}  // namespace klono::view
