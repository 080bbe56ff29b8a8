#include "synth/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <numbers>
#include <optional>

#include "base/units.hpp"

namespace klono::synth {
namespace {

constexpr double kRingOut_s = 1.2;
constexpr double kBetweenItems_s = 2.5;
constexpr double kEdge_s = 2.0;
constexpr double kSeam_s = 0.25;
constexpr int kTries = 60;
constexpr double kStrongestSwing_g = 0.5;  // chosen: asleep, ankle movements measure 0.38 g (METHODS.md 10, A)

JerkMotion random_jerk(Random& random) {
  return {.burst_s = random.uniform(0.02, 0.10),
          .limb_hz = random.uniform(3.0, 6.0),
          .damping = random.uniform(0.25, 0.30),
          .lever_m = random.uniform(0.25, 0.40)};
}

EventPlan random_jerk_plan(Random& random, const SyntheticSpec& spec, EventKind kind) {
  EventPlan plan;
  plan.kind = kind;
  plan.peak_g = random.log_uniform(spec.peak_g_low, spec.peak_g_high);
  plan.direction = random.direction();
  plan.tilt_hint = random.direction();
  plan.motion = random_jerk(random);
  return plan;
}

/// The same muscle again: nearly the same size, length and direction (chosen: 20 %, 15 %, 10 deg).
EventPlan repeated(Random& random, const EventPlan& first, double start_s) {
  EventPlan plan = first;
  plan.start_s = start_s;
  plan.peak_g = first.peak_g * std::exp(0.2 * random.normal());
  plan.direction = unit(first.direction + 0.18 * random.direction());
  if (auto* jerk = std::get_if<JerkMotion>(&plan.motion))
    jerk->burst_s = std::clamp(jerk->burst_s * std::exp(0.15 * random.normal()), 0.02, 0.10);
  return plan;
}

/// Keeps items apart. Also remembers where they are.
class Placement {
 public:
  explicit Placement(const std::vector<TimeSpan>& room) : room_(room) {}

  std::optional<double> find(Random& random, double length_s) {
    double total_s = 0.0;
    for (const TimeSpan& span : room_) total_s += std::max(0.0, span.length_s() - length_s);
    if (total_s <= 0.0) return std::nullopt;
    for (int attempt = 0; attempt < kTries; ++attempt) {
      const double start_s = start_at(random.uniform() * total_s, length_s);
      if (!is_free(start_s, start_s + length_s)) continue;
      taken_[start_s] = start_s + length_s;
      return start_s;
    }
    return std::nullopt;
  }

 private:
  double start_at(double along_s, double length_s) const {
    for (const TimeSpan& span : room_) {
      const double usable_s = std::max(0.0, span.length_s() - length_s);
      if (along_s < usable_s) return span.begin_s + along_s;
      along_s -= usable_s;
    }
    return room_.back().begin_s;
  }

  bool is_free(double begin_s, double end_s) const {
    const auto after = taken_.lower_bound(begin_s);
    if (after != taken_.end() && after->first < end_s + kBetweenItems_s) return false;
    return after == taken_.begin() || std::prev(after)->second + kBetweenItems_s <= begin_s;
  }

  std::vector<TimeSpan> room_;
  std::map<double, double> taken_;
};

int count_for(double per_hour, double hours) {
  return per_hour > 0.0 ? static_cast<int>(std::lround(per_hour * hours)) : 0;
}

}  // namespace

EventItem make_single(Random& random, const SyntheticSpec& spec) {
  return {.members = {random_jerk_plan(random, spec, EventKind::Single)}, .length_s = kRingOut_s};
}

EventItem make_series(Random& random, const SyntheticSpec& spec, int members) {
  EventItem item;
  const EventPlan first = random_jerk_plan(random, spec, EventKind::Series);
  double start_s = 0.0;
  for (int k = 0; k < members; ++k) {
    item.members.push_back(repeated(random, first, start_s));
    item.length_s = start_s + kRingOut_s;
    start_s += random.uniform(0.4, 1.8);
  }
  return item;
}

EventItem make_rhythmic(Random& random, const SyntheticSpec& spec, int members, double interval_s) {
  constexpr double kVariation = 0.08;
  EventItem item;
  const EventPlan first = random_jerk_plan(random, spec, EventKind::Rhythmic);
  double start_s = 0.0;
  for (int k = 0; k < members; ++k) {
    item.members.push_back(repeated(random, first, start_s));
    item.length_s = start_s + kRingOut_s;
    start_s += interval_s * (1.0 + kVariation * std::clamp(random.normal(), -3.0, 3.0));
  }
  return item;
}

EventItem make_limb_movement(Random& random) {
  const double total_s = random.log_uniform(0.7, 6.0);
  LimbMotion motion;
  motion.out_s = std::min(0.9, total_s * random.uniform(0.20, 0.35));
  motion.back_s = std::min(1.2, total_s * random.uniform(0.25, 0.40));
  motion.hold_s = total_s - motion.out_s - motion.back_s;
  motion.lever_m = random.uniform(0.25, 0.40);
  // The swing of a minimum-jerk turn peaks at 5.77 angle / duration^2: short ones cannot turn far.
  const double quicker_s = std::min(motion.out_s, motion.back_s);
  const double furthest_rad = kStrongestSwing_g * kStandardGravity_m_s2 * quicker_s * quicker_s / (5.77 * motion.lever_m);
  motion.angle_rad = std::min(random.log_uniform(4.0, 35.0) * kDegree, furthest_rad);
  EventPlan plan;
  plan.kind = EventKind::LimbMovement;
  plan.direction = random.direction();
  plan.tilt_hint = random.direction();
  plan.motion = motion;
  return {.members = {plan}, .length_s = total_s + 0.1};
}

EventItem make_fasciculation(Random& random, const SyntheticSpec& spec) {
  FasciculationMotion motion;
  motion.carrier_hz = std::min(random.uniform(10.0, 25.0), 0.4 * spec.rate_hz);  // a sensor filters what it cannot sample
  motion.width_s = random.uniform(0.015, 0.040);
  EventPlan plan;
  plan.kind = EventKind::Fasciculation;
  plan.peak_g = random.log_uniform(spec.fasciculation_g_low, spec.fasciculation_g_high);
  plan.direction = random.direction();
  plan.motion = motion;
  return {.members = {plan}, .length_s = 0.4};
}

std::vector<EventPlan> placed(EventItem item, double start_s, std::int32_t series) {
  for (EventPlan& plan : item.members) {
    plan.start_s += start_s;
    plan.series = series;
  }
  return std::move(item.members);
}

std::vector<TimeSpan> room_for_events(const TimeAxis& axis) {
  constexpr double kLongGap_s = 0.5;
  std::vector<TimeSpan> room;
  for (std::size_t k = 0; k < axis.segments.size(); ++k) {
    const auto first = static_cast<std::size_t>(axis.segments[k].first_index);
    const auto last = static_cast<std::size_t>(axis.segments[k].end_index()) - 1;
    const bool seam_before = first > 0 && axis.true_s[first] - axis.true_s[first - 1] < kLongGap_s;
    const bool seam_after = last + 1 < axis.true_s.size() && axis.true_s[last + 1] - axis.true_s[last] < kLongGap_s;
    const TimeSpan span{axis.true_s[first] + (seam_before ? kSeam_s : kEdge_s),
                        axis.true_s[last] - (seam_after ? kSeam_s : kEdge_s)};
    if (span.length_s() > 0.0) room.push_back(span);
  }
  return room;
}

void draw_levers(std::vector<EventPlan>& plans, std::uint64_t seed) {
  Random random(seed, stream::kLevers);
  std::map<std::int32_t, double> of_series;
  for (EventPlan& plan : plans) {
    auto* jerk = std::get_if<JerkMotion>(&plan.motion);
    if (jerk == nullptr) continue;
    const double lever_m = random.uniform(0.15, 0.45);
    jerk->lever_m = plan.series < 0 ? lever_m : of_series.try_emplace(plan.series, lever_m).first->second;
  }
}

std::vector<TimeSpan> common(const std::vector<TimeSpan>& a, const std::vector<TimeSpan>& b) {
  std::vector<TimeSpan> both;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const TimeSpan span{std::max(a[i].begin_s, b[j].begin_s), std::min(a[i].end_s, b[j].end_s)};
    if (span.length_s() > 0.0) both.push_back(span);
    if (a[i].end_s < b[j].end_s) {
      ++i;
    } else {
      ++j;
    }
  }
  return both;
}

std::vector<EventPlan> schedule(const SyntheticSpec& spec, const std::vector<TimeSpan>& room) {
  Random random(spec.seed, stream::kEvents);
  double hours = 0.0;
  for (const TimeSpan& span : room) hours += span.length_s() / 3600.0;
  Placement placement(room);
  std::vector<EventPlan> plans;
  std::int32_t next_series = 0;
  const auto place = [&](EventItem item, bool is_series) {
    const auto start_s = placement.find(random, item.length_s);
    if (!start_s) return;
    const std::vector<EventPlan> members = placed(std::move(item), *start_s, is_series ? next_series++ : -1);
    plans.insert(plans.end(), members.begin(), members.end());
  };
  // The longest first, while there is room.
  for (int k = count_for(spec.rhythmic_per_hour, hours); k > 0; --k) {
    const int members = random.between(8, 20);
    const double interval_s = random.uniform(1.0, 4.0);
    place(make_rhythmic(random, spec, members, interval_s), true);
  }
  for (int k = count_for(spec.series_per_hour, hours); k > 0; --k) {
    const int members = random.between(3, 8);
    place(make_series(random, spec, members), true);
  }
  for (int k = count_for(spec.limb_per_hour, hours); k > 0; --k) place(make_limb_movement(random), false);
  for (int k = count_for(spec.singles_per_hour, hours); k > 0; --k) place(make_single(random, spec), false);
  for (int k = count_for(spec.fasciculations_per_hour, hours); k > 0; --k)
    place(make_fasciculation(random, spec), false);
  std::sort(plans.begin(), plans.end(), [](const EventPlan& a, const EventPlan& b) { return a.start_s < b.start_s; });
  return plans;
}

}  // namespace klono::synth
