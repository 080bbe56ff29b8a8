#pragma once
/// What a person reads after a recording: how much of it there is, what is missing and why. No figure of events: that is
/// what Review is for.

#include <cstdint>
#include <string>
#include <vector>

namespace klono::workspace {

class Workspace;
struct Entry;

struct SavedView {
  enum class Stage : std::uint8_t { Finding, Done, Failed };
  Stage stage = Stage::Finding;
  double progress = -1.0;   ///< of finding events, 0..1; -1 not known
  std::string heading;      ///< "The night is saved."
  std::string recorded;     ///< "Recorded 6 h 41 min of 8 h 02 min."
  std::string stage_words;  ///< one sentence
  bool in_memory = false;   ///< not stored: a copy is all that lasts
  struct Line {
    std::string label, value;
  };
  std::vector<Line> lines;       ///< could be analysed, moving, each gap with its reason, own marks
  const Entry* entry = nullptr;  ///< the recording once it is analysed: its strip can be drawn
};

/// Of the recording that was saved last; of none, an empty heading.
SavedView saved_view(const Workspace& workspace);

}  // namespace klono::workspace
