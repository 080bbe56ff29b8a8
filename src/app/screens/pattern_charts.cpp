#include "app/screens/pattern_charts.hpp"

#include <algorithm>
#include <array>

#include "app/screens/strip.hpp"
#include "base/words.hpp"
#include "patterns/time_bins.hpp"
#include "view/plain_words.hpp"
#include "view/rest_words.hpp"
#include "view/run_words.hpp"
#include "view/viewport.hpp"

namespace klono::app::screens {
namespace {

using ui::Align;
using ui::Ink;
using ui::Rect;
using ui::Role;
using workspace::Entry;
namespace text = ui::text;
namespace tokens = ui::tokens;

constexpr float kLabels = 20.0F;     // of the lines, above the plot
constexpr float kClock = 28.0F;      // below it
constexpr float kPlotPhone = 96.0F;
constexpr float kPlotWide = 160.0F;
constexpr float kStrip = 64.0F;
constexpr float kGutter = 32.0F;
constexpr float kCap = 2.5F;
constexpr float kLane = 26.0F;

/// Time to place, over the whole recording.
struct Across {
  float left, width;
  double duration_s;

  float x(double t_s) const { return left + width * static_cast<float>(std::clamp(t_s / duration_s, 0.0, 1.0)); }
};

void clock_axis(ui::Ui& ui, const Across& across, float y, const WallClock& start) {
  ui::Painter& p = ui.paint();
  for (const view::Tick& tick : view::time_ticks({0.0, across.duration_s}, across.width, 72.0, start)) {
    if (tick.label.empty()) continue;
    const float half = p.text_width(tick.label, text::kCaption) / 2.0F;
    const float x = across.x(tick.t_s);
    if (x + half > across.left + across.width + 4.0F) continue;
    p.vertical(x, y, y + 4.0F, Role::Edge);
    p.text({std::max(x, across.left + half), y + 7.0F}, tick.label, text::kCaption.aligned(Align::Centre));
  }
}

void rest_shade(ui::Ui& ui, const Across& across, const Rect& plot, const Entry& entry) {
  for (const TimeSpan& rest : entry.summary.rest.long_rests)
    ui.paint().fill({across.x(rest.begin_s), plot.y, across.x(rest.end_s) - across.x(rest.begin_s), plot.h}, Ink(Role::Baseline, tokens::kAlphaBaselineBand * 0.6F));
}

/// A line with a word above it that keeps inside and clear of the word before.
class NightLines {
 public:
  NightLines(ui::Ui& ui, const Across& across, const Rect& plot) : ui_(ui), across_(across), plot_(plot) {}

  void draw(double t_s, std::string_view label, bool own) {
    ui::Painter& p = ui_.paint();
    const float x = across_.x(t_s);
    const Ink ink = own ? Ink(Role::Own) : Ink(Role::Text3);
    if (own) p.vertical(x - 0.75F, plot_.y - 2.0F, plot_.bottom(), ink, 1.5F);
    else p.dotted_vertical(x, plot_.y - 2.0F, plot_.bottom(), ink);
    const float width = p.text_width(label, text::kCaption);
    const float left = std::clamp(x - 2.0F, across_.left, across_.left + across_.width - width);
    if (left < taken_to_ + 8.0F) return;
    p.text({left, plot_.y - kLabels + 1.0F}, label, text::kCaption.in(own ? Role::Own : Role::Text2));
    taken_to_ = left + width;
  }

 private:
  ui::Ui& ui_;
  const Across& across_;
  const Rect& plot_;
  float taken_to_ = -1e9F;
};

void night_lines(ui::Ui& ui, const Across& across, const Rect& plot, const Entry& entry) {
  constexpr std::array kWords{Word::sleep_own_lay_down_short, Word::sleep_own_fell_asleep_short, Word::sleep_own_woke_up_short};
  NightLines lines(ui, across, plot);
  struct Line {
    double at_s;
    std::string_view label;
    bool own;
  };
  std::vector<Line> all;
  for (const SleepMark& mark : entry.sleep_marks) all.push_back({mark.at_s, word(kWords[static_cast<std::size_t>(mark.moment)]), true});
  for (const SleepOnset& onset : entry.summary.rest.onsets)
    if (onset.source != OnsetSource::Person)
      all.push_back({onset.at_s, word(onset.source == OnsetSource::Estimate ? Word::sleep_pattern_label_estimated : Word::sleep_pattern_label_file), false});
  std::ranges::sort(all, {}, &Line::at_s);
  for (const Line& line : all) lines.draw(line.at_s, line.label, line.own);
}

void bars(ui::Ui& ui, const Across& across, const Rect& plot, const Entry& entry, const std::vector<patterns::TimeBin>& bins, double most) {
  ui::Painter& p = ui.paint();
  for (const TimeSpan& span : patterns::without_analysis(entry.data.analysis, entry.data.info.gaps, entry.data.info.duration_s)) {
    const float from = across.x(span.begin_s);
    const float width = across.x(span.end_s) - from;
    if (width >= 3.0F) p.hatch({from, plot.y, width, plot.h}, Ink(Role::Hatch, 0.7F), from);
  }
  for (const patterns::TimeBin& bin : bins) {
    if (bin.absent() || bin.rate.count == 0) continue;
    const float height = plot.h * static_cast<float>(std::min(1.0, bin.rate.per_hour / most));
    const float from = across.x(bin.span.begin_s) + 1.0F;
    const Rect bar{from, plot.bottom() - height, std::max(1.0F, across.x(bin.span.end_s) - 1.0F - from), height};
    if (bin.hollow()) {
      p.outline(bar, Role::Event, tokens::kRadiusMark);
      continue;
    }
    p.fill(bar, Ink(Role::Event, 0.3F));
    p.fill({bar.x, bar.y, bar.w, std::min(kCap, bar.h)}, Role::Event);
  }
}

float strip_chart(const Context& context, const Rect& rect, const Entry& entry, bool measure) {
  const float labels = entry.sleep_marks.empty() && entry.summary.rest.onsets.empty() ? 0.0F : kLabels;
  const float height = labels + kStrip + kClock;
  if (measure) return height;
  const Rect plot{rect.x, rect.y + labels, rect.w, kStrip};
  const Across across{plot.x, plot.w, entry.data.info.duration_s};
  rest_shade(context.ui, across, plot, entry);
  recording_strip(context.ui, plot, entry, {8.0F, true, true});
  night_lines(context.ui, across, plot, entry);
  return height;
}

}  // namespace

float night_chart(const Context& context, const Rect& rect, const Entry& entry, bool measure) {
  const double duration_s = entry.data.info.duration_s;
  if (!(duration_s > 0.0)) return 0.0F;
  if (duration_s < patterns::kShortestForBins_s) return strip_chart(context, rect, entry, measure);
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const float tall = ui.wide() ? kPlotWide : kPlotPhone;
  const float note = p.paragraph_height(rect.w, word(Word::sleep_pattern_shaded), text::kCaption) + 4.0F;
  const float height = kLabels + tall + kClock + note;
  if (measure) return height;
  const Rect plot{rect.x + kGutter, rect.y + kLabels, rect.w - kGutter, tall};
  const Across across{plot.x, plot.w, duration_s};
  const std::vector<patterns::TimeBin> bins = patterns::time_bins(entry.data.analysis, entry.decisions, entry.data.info.gaps, entry.data.info.start, duration_s);
  const double most = patterns::highest_rate(bins);
  rest_shade(ui, across, plot, entry);
  p.horizontal(plot.x, plot.right(), plot.y, Role::Hairline);
  if (most > 0.0) bars(ui, across, plot, entry, bins, most);
  p.horizontal(plot.x, plot.right(), plot.bottom(), Role::Edge);
  if (most > 0.0) p.text({plot.x - 8.0F, plot.y - 8.0F}, view::figure_words(most), text::kCaption.aligned(Align::Right));
  p.text({plot.x - 8.0F, plot.bottom() - 8.0F}, "0", text::kCaption.aligned(Align::Right));
  night_lines(ui, across, plot, entry);
  clock_axis(ui, across, plot.bottom(), entry.data.info.start);
  p.paragraph({rect.x, plot.bottom() + kClock}, rect.w, word(Word::sleep_pattern_shaded), text::kCaption);
  return height;
}

float limb_chart(const Context& context, const Rect& rect, const Entry& entry, bool measure) {
  const std::array<patterns::LimbRuleFigures, 2>& rules = entry.summary.limb_rules;
  const double duration_s = entry.data.info.duration_s;
  if (rules[0].runs + rules[1].runs == 0 || !(duration_s > 0.0)) return 0.0F;
  const float height = 16.0F + 8.0F + kLane * static_cast<float>(rules.size()) + kClock;
  if (measure) return height;
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  float names = 0.0F;
  for (const patterns::LimbRuleFigures& rule : rules) names = std::max(names, p.text_width(view::limb_rule_name(rule.rule), text::kCaption));
  const Across across{rect.x + names + 12.0F, rect.w - names - 12.0F, duration_s};
  float drawn_to = -1e9F;
  for (std::size_t i = 0; i < entry.data.analysis.events.size(); ++i) {
    const Event& event = entry.data.analysis.events[i];
    if (event.event_class != EventClass::LimbMovement || entry.decisions[i] == Decision::Rejected) continue;
    const float x = std::min(across.x(event.onset_s), across.left + across.width - 2.0F);
    if (x < drawn_to + 2.5F) continue;  // a night holds more than pixels
    p.fill({x, rect.y + 2.0F, 2.0F, 12.0F}, Role::Event, 1.0F);
    drawn_to = x;
  }
  float y = rect.y + 24.0F;
  for (const patterns::LimbRuleFigures& rule : rules) {
    p.text_in({rect.x, y, names + 4.0F, kLane}, view::limb_rule_name(rule.rule), text::kCaption);
    p.horizontal(across.left, across.left + across.width, y + kLane / 2.0F, Role::Hairline);
    for (const TimeSpan& run : rule.spans) {
      const float from = across.x(run.begin_s);
      p.fill({from, y + kLane / 2.0F - 5.0F, std::max(3.0F, across.x(run.end_s) - from), 10.0F}, Role::Event, tokens::kRadiusMark);
    }
    y += kLane;
  }
  p.horizontal(across.left, across.left + across.width, y, Role::Edge);
  clock_axis(ui, across, y, entry.data.info.start);
  return height;
}

}  // namespace klono::app::screens
