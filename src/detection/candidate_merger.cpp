#include "detection/candidate_merger.hpp"

#include <algorithm>
#include <cstddef>

#include "detection/smallest_visible.hpp"

namespace klono::detection {
namespace {

constexpr double kNear_s = 0.10;      // what lies nearer to a candidate is seen as the same movement (chosen)
constexpr double kEcho_s = 1.2;       // reach of the movement filter and of a form
constexpr double kEchoShare = 0.08;   // of the strong movement's peak (chosen)
constexpr std::size_t kMostPicks = 1000;

bool overlap(const Candidate& candidate, const Pick& pick, double slack) {
  return pick.fit.onset - slack < static_cast<double>(candidate.end) && static_cast<double>(candidate.begin) < pick.fit.end + slack;
}

}  // namespace

void CandidateMerger::begin() {
  crossed_.clear();
  picks_.clear();
  ready_.clear();
  loud_ = {};
}

/// Its first frames are left out: a pick there may also belong to the candidate before.
std::span<const Covered> CandidateMerger::covered(const Track& track, std::optional<Covered> open) {
  covered_.clear();
  if (!settings_.gate) return covered_;  // then each is told by itself
  const std::int64_t slack = track.frames(kNear_s);
  for (const Candidate& candidate : crossed_)
    if (candidate.strong()) covered_.push_back({candidate.begin + slack, candidate.end});
  if (open) covered_.push_back({open->begin + slack, open->end});
  return covered_;
}

std::optional<std::int64_t> CandidateMerger::oldest() const {
  std::optional<std::int64_t> frame;
  if (!crossed_.empty()) frame = crossed_.front().begin;
  if (!picks_.empty()) frame = std::min(frame.value_or(std::numeric_limits<std::int64_t>::max()), static_cast<std::int64_t>(picks_.front().fit.onset));
  return frame;
}

std::optional<Candidate> CandidateMerger::next(const Track& track, const Progress& progress, const Levels& levels) {
  if (ready_.empty()) collect(track, progress, levels);
  if (ready_.empty()) return std::nullopt;
  const Candidate candidate = ready_.front();
  ready_.pop_front();
  return candidate;
}

bool CandidateMerger::pick_is_first(double slack) const {
  if (picks_.empty()) return false;
  if (!settings_.gate || crossed_.empty()) return true;
  return !overlap(crossed_.front(), picks_.front(), slack) && picks_.front().fit.onset < static_cast<double>(crossed_.front().begin);
}

/// Works until something is ready.
void CandidateMerger::collect(const Track& track, const Progress& progress, const Levels& levels) {
  const auto slack = static_cast<double>(track.frames(kNear_s));
  while (ready_.empty()) {
    if (pick_is_first(slack)) {
      // Without the gate a jerk is told by itself, whatever movement it lies in.
      const double end = picks_.front().fit.end + slack;
      const bool may_be_part = settings_.gate && (end >= static_cast<double>(progress.levels) || (progress.open && static_cast<double>(*progress.open) <= end));
      if (may_be_part && !progress.at_end) break;
      const Pick pick = picks_.front();
      picks_.pop_front();
      take_pick(track, pick, levels);
      continue;
    }
    if (crossed_.empty() || (!progress.at_end && static_cast<double>(crossed_.front().end) + slack >= static_cast<double>(progress.filters))) break;
    take_crossed(track, levels, slack);
  }
  while (picks_.size() > kMostPicks) picks_.pop_front();  // under a movement that does not end
}

void CandidateMerger::take_crossed(const Track& track, const Levels& levels, double slack) {
  Candidate candidate = crossed_.front();
  std::vector<Pick> under;
  while (!picks_.empty() && overlap(candidate, picks_.front(), slack)) {
    under.push_back(picks_.front());
    picks_.pop_front();
  }
  if (candidate.strong()) loud_ = {candidate.end, candidate.peak_g};
  candidate.buried = !settings_.gate;
  const bool as_it_is = candidate.strong() || candidate.too_long || under.empty();
  if (candidate.buried || as_it_is) ready_.push_back(candidate);
  else
    for (const Pick& pick : under) take_pick(track, pick, levels);
  crossed_.pop_front();
}

/// What a strong movement leaves in the filters, before and after it, is no event of its own.
bool CandidateMerger::is_echo(const Track& track, const Pick& pick) const {
  const auto reach = static_cast<std::int64_t>(track.frames(kEcho_s));
  const auto small_beside = [&](float peak_g) { return pick.fit.peak_g < kEchoShare * static_cast<double>(peak_g); };
  if (pick.fit.onset < static_cast<double>(loud_.end + reach) && small_beside(loud_.peak_g)) return true;
  return !crossed_.empty() && static_cast<double>(crossed_.front().begin - reach) < pick.fit.end && small_beside(crossed_.front().peak_g);
}

void CandidateMerger::take_pick(const Track& track, const Pick& pick, const Levels& levels) {
  if (pick.fit.peak_g < smallest_told_g(settings_, pick.bare_step_g) || is_echo(track, pick)) return;
  Candidate candidate;
  candidate.begin = std::max(track.first, static_cast<std::int64_t>(pick.fit.onset));
  candidate.end = std::min(track.size(), static_cast<std::int64_t>(pick.fit.end) + 1);
  candidate.on_level_g = static_cast<float>(levels.on_g);
  candidate.floor_g = levels.floor_g;
  candidate.peak_g = static_cast<float>(pick.fit.peak_g);
  candidate.pick = pick;
  if (candidate.end > candidate.begin) ready_.push_back(candidate);
}

}  // namespace klono::detection
