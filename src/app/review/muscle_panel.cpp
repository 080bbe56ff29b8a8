#include "app/review/muscle_panel.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/review/inspector.hpp"
#include "app/review/phrases.hpp"
#include "view/plain_words.hpp"
#include "workspace/screens.hpp"

namespace klono::app::review {
namespace {

using ui::Align;
using ui::Rect;
using ui::Role;
namespace text = ui::text;

constexpr float kFigure = 28.0F;

void muscle_head(const Scene& scene, const Rect& rect) {
  const std::optional<std::size_t> at = scene.entry.selected_muscle;
  const std::size_t total = scene.entry.muscle.size();
  const workspace::Section section = workspace::emg_selected_section(scene.entry);
  const std::string title = at ? clock_with_tenths(scene, scene.entry.muscle[*at].span.begin_s) : workspace::emg_nouns(*scene.entry.data.emg).capital_many;
  const std::string note = at ? section.paragraphs.front() : workspace::emg_count_words(*scene.entry.data.emg, total);
  const HeadTap tap = panel_head(scene, "burst", rect, {title, note, total > 0 && at != std::size_t{0}, total > 0 && (!at || *at + 1 < total)});
  if (tap == HeadTap::Before) scene.emit("previous-burst");
  if (tap == HeadTap::After) scene.emit("next-burst");
}

bool is_big(const workspace::Row& row) { return row.id == "peak" || row.id == "length" || row.id == "kind" || row.id == "channel"; }

bool is_first(const workspace::Row& row) { return row.id == "above-floor" || row.id == "mean-hz" || row.id == "rest" || row.id == "in-series"; }

float paragraphs(const Scene& scene, const Rect& rect, std::span<const std::string> lines, const ui::TextStyle& style) {
  float y = rect.y;
  for (const std::string& line : lines) y += scene.ui.paint().paragraph({rect.x, y}, rect.w, line, style) + 6.0F;
  return y;
}

}  // namespace

/// Returns where they end.
float MusclePanel::figures(const Scene& scene, const Rect& rect) {
  ui::Painter& p = scene.ui.paint();
  const workspace::Section section = workspace::emg_selected_section(scene.entry);
  const workspace::EmgItem& item = scene.entry.muscle[*scene.entry.selected_muscle];
  const EmgAnalysis& emg = *scene.entry.data.emg;
  const ui::TextStyle big = scene.compact ? text::kTitle : text::kDisplay;
  const float line = ui::line_height(big.size);
  float y = rect.y;
  const std::pair<std::string, std::string_view> pair[] = {{workspace::emg_peak_of(emg, item), word(Word::emg_review_peak)},
                                                           {workspace::emg_length_of(item), word(Word::app_review_length)}};
  const float width = rect.w / 2.0F;
  for (std::size_t i = 0; i < 2; ++i) {
    p.text_in({rect.x + width * static_cast<float>(i), y, width - 4.0F, line}, pair[i].first, big);
    p.text_in({rect.x + width * static_cast<float>(i), y + line, width - 4.0F, 16.0F}, pair[i].second, text::kCaption);
  }
  y += line + 16.0F + 8.0F;
  p.text_in({rect.x, y, rect.w, 20.0F}, workspace::emg_kind_of(emg, item), text::kSmall.in(Role::Text));
  y += 24.0F;
  if (scene.compact) {
    // On a phone the list needs the room: what matters most in one line; all of it is told to a screen reader.
    std::string words;
    for (const workspace::Row& row : section.tables.front().rows)
      if (is_first(row)) words += (words.empty() ? "" : " \xC2\xB7 ") + row.cells[0] + ": " + row.cells[1];
    return y + p.paragraph({rect.x, y}, rect.w, words, text::kCaption) + 8.0F;
  }
  for (const workspace::Row& row : section.tables.front().rows) {
    if (is_big(row)) continue;
    const float name = p.text_in({rect.x, y, rect.w * 0.6F, kFigure}, row.cells[0], text::kSmall);
    p.text_in({rect.x + name + 12.0F, y, rect.w - name - 12.0F, kFigure}, row.cells[1], text::kSmall.in(Role::Text).aligned(Align::Right));
    y += kFigure;
  }
  return y + 8.0F;
}

void MusclePanel::list(const Scene& scene, const Rect& rect) {
  const std::vector<workspace::EmgItem>& items = scene.entry.muscle;
  const EmgAnalysis& emg = *scene.entry.data.emg;
  const auto row = [&](std::size_t i) -> ListRow {
    return {clock_with_tenths(scene, items[i].span.begin_s), workspace::emg_kind_of(emg, items[i]) + ", " + workspace::channel_of(emg, items[i]).name,
            workspace::emg_peak_of(emg, items[i]), workspace::emg_length_of(items[i])};
  };
  const auto foot = [&](float y) {
    if (items.empty()) y = paragraphs(scene, {rect.x, y, rect.w, 0.0F}, workspace::emg_list_section(scene.workspace, scene.entry).paragraphs, text::kSmall);
    return y + scene.ui.paint().paragraph({rect.x, y}, rect.w, word(Word::emg_review_as_found), text::kCaption) + 12.0F;
  };
  if (const auto tapped = list_.draw(scene, "burst-list", rect, {items.size(), scene.entry.selected_muscle, row, foot})) scene.emit("select-burst", *tapped);
}

void MusclePanel::draw(const Scene& scene, const Rect& area) {
  Rect rect = area;
  const bool low = scene.ui.window().h < 600.0F;
  muscle_head(scene, rect.take_top(scene.compact || low ? kInspectorHead : 72.0F));
  if (!scene.compact) {
    const Rect hint = rect.take_bottom(40.0F);
    scene.ui.paint().text_in({hint.x, hint.y + 8.0F, hint.w, 16.0F}, word(Word::emg_review_keys), text::kCaption.aligned(Align::Centre));
  }
  float y = rect.y + 4.0F;
  if (scene.entry.selected_muscle && !low) {
    y = figures(scene, {rect.x, y, rect.w, 0.0F});
  } else if (!scene.compact && !low) {
    const std::span<const std::string> lines = scene.entry.muscle_lines;
    y = paragraphs(scene, {rect.x, y, rect.w, 0.0F}, lines.first(std::min<std::size_t>(4, lines.size())), text::kSmall) + 8.0F;  // all stand in the summary
  }
  ui::separator(scene.ui, rect.x, rect.right(), y);
  list(scene, {rect.x, y + 1.0F, rect.w, rect.bottom() - y - 1.0F});
}

}  // namespace klono::app::review
