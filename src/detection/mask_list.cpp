#include "detection/mask_list.hpp"

#include <algorithm>

namespace klono::detection {

void MaskList::add(TimeSpan span, Reason reason) {
  if (span.length_s() <= 0.0) return;
  Mask added{span, reason};
  // Overlapping stretches of one reason join; of two reasons the longer keeps what both cover.
  std::vector<Mask> rest;
  auto mask = std::ranges::lower_bound(masks_, span.begin_s, {}, [](const Mask& one) { return one.span.end_s; });
  while (mask != masks_.end() && mask->span.begin_s <= added.span.end_s) {
    if (mask->span.end_s < added.span.begin_s) {
      ++mask;
      continue;
    }
    if (mask->reason == added.reason) {
      added.span = {std::min(mask->span.begin_s, added.span.begin_s), std::max(mask->span.end_s, added.span.end_s)};
      mask = masks_.erase(mask);
    } else if (mask->span.length_s() >= added.span.length_s()) {
      const TimeSpan other = mask->span;
      if (other.begin_s > added.span.begin_s && other.end_s < added.span.end_s) rest.push_back({{other.end_s, added.span.end_s}, reason});
      if (other.begin_s <= added.span.begin_s) added.span.begin_s = std::max(added.span.begin_s, other.end_s);
      else added.span.end_s = std::min(added.span.end_s, other.begin_s);
      ++mask;
      if (added.span.length_s() <= 0.0) return;
    } else {
      const Mask old = *mask;
      mask = masks_.erase(mask);
      if (old.span.begin_s < added.span.begin_s) {
        mask = masks_.insert(mask, {{old.span.begin_s, added.span.begin_s}, old.reason});
        ++mask;
      }
      if (old.span.end_s > added.span.end_s) {
        mask = masks_.insert(mask, {{added.span.end_s, old.span.end_s}, old.reason});
        ++mask;
      }
    }
  }
  const auto place = std::lower_bound(masks_.begin(), masks_.end(), added, [](const Mask& a, const Mask& b) { return a.span.begin_s < b.span.begin_s; });
  masks_.insert(place, added);
  for (const Mask& part : rest) add(part.span, part.reason);
}

double MaskList::covered_s(TimeSpan span) const {
  double covered = 0.0;
  for (auto mask = masks_.rbegin(); mask != masks_.rend() && mask->span.end_s > span.begin_s; ++mask)
    covered += std::max(0.0, TimeSpan{std::max(mask->span.begin_s, span.begin_s), std::min(mask->span.end_s, span.end_s)}.length_s());
  return covered;
}

Reason MaskList::covering(TimeSpan span) const {
  double covered = 0.0;
  double most = 0.0;
  Reason reason = Reason::None;
  for (auto mask = masks_.rbegin(); mask != masks_.rend() && mask->span.end_s > span.begin_s; ++mask) {
    const double overlap = TimeSpan{std::max(mask->span.begin_s, span.begin_s), std::min(mask->span.end_s, span.end_s)}.length_s();
    covered += overlap;
    if (overlap > most) {
      most = overlap;
      reason = mask->reason;
    }
  }
  return covered >= 0.5 * span.length_s() ? reason : Reason::None;
}

Reason MaskList::touching(TimeSpan span) const {
  for (auto mask = masks_.rbegin(); mask != masks_.rend() && mask->span.end_s > span.begin_s; ++mask)
    if (mask->span.overlaps(span)) return mask->reason;
  return Reason::None;
}

void MaskList::keep_clear(TimeSpan span) {
  const auto first = std::ranges::upper_bound(masks_, span.begin_s, {}, [](const Mask& mask) { return mask.span.end_s; });
  auto last = first;
  std::vector<Mask> left;
  for (; last != masks_.end() && last->span.overlaps(span); ++last) {
    if (last->span.begin_s < span.begin_s) left.push_back({{last->span.begin_s, span.begin_s}, last->reason});
    if (last->span.end_s > span.end_s) left.push_back({{span.end_s, last->span.end_s}, last->reason});
  }
  if (first == last) return;
  masks_.insert(masks_.erase(first, last), left.begin(), left.end());
}

double MaskList::total_s() const {
  double total = 0.0;
  for (const Mask& mask : masks_) total += mask.span.length_s();
  return total;
}

}  // namespace klono::detection
