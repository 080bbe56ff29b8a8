#pragma once
/// What the app keeps beside a recording in the browser's store: the person's answers, and enough of what was found to
/// list it without reading it again.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "detection/event.hpp"
#include "history/sleep_mark.hpp"
#include "protocol/messages.hpp"
#include "workspace/decisions.hpp"

namespace klono::workspace {

struct RecordingCard {
  /// What the analysis said, for the row in the Library.
  struct Found {
    int detector_version = 0;
    double length_s = 0.0;
    double analysable_s = 0.0;
    std::int64_t brief = 0, limb = 0;  ///< counted, as patterns::Summary
    std::vector<double> onsets_s;      ///< of events, at most kMostOnsets
    std::vector<Mask> masks;
    std::vector<Gap> gaps;
    std::vector<float> strip_g;        ///< silhouette, NaN where there is no data
    std::vector<Block> parts;          ///< of a guided test
  };
  static constexpr std::size_t kMostOnsets = 4000;
  static constexpr std::size_t kStripColumns = 512;

  std::vector<KeptDecision> decisions;
  std::vector<SleepMark> sleep_marks;  ///< sorted
  std::string worn;       ///< as Entry::worn
  bool accepted = false;  ///< an unfinished recording that the person chose to keep
  std::optional<Found> found;
};

/// JSON, versioned by its keys; times to the millisecond, sizes to three figures.
std::string json_of(const RecordingCard& card);

/// Lenient: what is not understood is left out; text that is no JSON gives an empty card.
RecordingCard card_from_json(std::string_view json);

}  // namespace klono::workspace
