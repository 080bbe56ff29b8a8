#include <algorithm>
#include <cmath>

#include "patterns/quantile.hpp"
#include "patterns/summary.hpp"

namespace klono::patterns {
namespace {

constexpr double kAtTheEdge_s = 0.02;  // a reading at 50 Hz: ends are stamps, onsets lie on the grid of samples

double overlap_s(const TimeSpan& a, const TimeSpan& b) {
  return std::max(0.0, std::min(a.end_s, b.end_s) - std::max(a.begin_s, b.begin_s));
}

double recorded_s(const TimeSpan& span, std::span<const Segment> segments) {
  if (segments.empty()) return span.length_s();
  double total_s = 0.0;
  for (const Segment& segment : segments) total_s += overlap_s(span, {segment.start_s, segment.end_s()});
  return total_s;
}

double masked_s(const TimeSpan& span, std::span<const Mask> masks) {
  double total_s = 0.0;
  for (const Mask& mask : masks) total_s += overlap_s(span, mask.span);
  return total_s;
}

}  // namespace

const Block* block_at(std::span<const Block> blocks, double t_s) {
  for (const Block& block : blocks)
    if (block.span.contains(t_s)) return &block;
  for (const Block& block : blocks)
    if (t_s >= block.span.begin_s - kAtTheEdge_s && t_s < block.span.end_s + kAtTheEdge_s) return &block;
  return nullptr;
}

std::vector<BlockSummary> summarise_blocks(const Analysis& analysis, std::span<const Decision> decisions, std::span<const Block> blocks,
                                           std::span<const Segment> segments) {
  std::vector<std::vector<double>> peaks(blocks.size());
  for (std::size_t i = 0; i < analysis.events.size(); ++i) {
    const Event& event = analysis.events[i];
    const bool rejected = i < decisions.size() && decisions[i] == Decision::Rejected;
    const Block* block = block_at(blocks, event.onset_s);
    if (block != nullptr && !rejected && is_brief(event.event_class)) peaks[static_cast<std::size_t>(block - blocks.data())].push_back(event.peak_g);
  }
  std::vector<BlockSummary> summaries;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    BlockSummary summary;
    summary.task = blocks[i].task;
    summary.span = blocks[i].span;
    summary.length_s = recorded_s(blocks[i].span, segments);
    summary.analysable_s = std::max(0.0, summary.length_s - masked_s(blocks[i].span, analysis.masks));
    summary.brief = poisson_rate(static_cast<std::int64_t>(peaks[i].size()), summary.analysable_s / 3600.0);
    summary.median_peak_g = quantile(std::move(peaks[i]), 0.5);
    summaries.push_back(summary);
  }
  return summaries;
}

}  // namespace klono::patterns
