#include "app/review/looks_panel.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "app/review/inspector.hpp"
#include "app/review/phrases.hpp"
#include "view/plain_words.hpp"
#include "workspace/screens.hpp"

namespace klono::app::review {
namespace {

using ui::Rect;
namespace text = ui::text;

constexpr std::size_t kFiguresShown = 4;  // the list needs the room; all are told to a screen reader

/// True where the person leaves.
bool look_head(const Scene& scene, const Rect& rect, const workspace::Section& section) {
  const Event& event = scene.analysis().not_counted[scene.entry.looked_at->index];
  const workspace::Action& before = section.actions[0];
  const workspace::Action& after = section.actions[1];
  const HeadTap tap = panel_head(scene, "look", rect, {clock_with_tenths(scene, event.onset_s), section.paragraphs.front(), before.enabled, after.enabled, true});
  if (tap == HeadTap::Before) scene.emit(before.command);
  if (tap == HeadTap::After) scene.emit(after.command);
  return tap == HeadTap::Close;
}

ListRow row_of(const Scene& scene, std::size_t index) {
  const Event& event = scene.analysis().not_counted[index];
  return {clock_with_tenths(scene, event.onset_s), view::reason_words(event.reason), size_words(scene, event), view::length_words(event.duration_s)};
}

}  // namespace

void LooksPanel::list(const Scene& scene, const Rect& rect) {
  const std::vector<std::size_t> list = scene.entry.looked_list();
  const auto place = static_cast<std::size_t>(std::ranges::find(list, scene.entry.looked_at->index) - list.begin());
  const auto row = [&](std::size_t i) { return row_of(scene, list[i]); };
  if (const auto tapped = list_.draw(scene, "look-list", rect, {list.size(), place, row})) scene.emit("look-at", list[*tapped]);
}

bool LooksPanel::draw(const Scene& scene, const Rect& area) {
  Rect rect = area;
  const bool low = scene.ui.window().h < 600.0F;
  const workspace::Section section = workspace::looked_at_section(scene.workspace, scene.entry);
  const bool left = look_head(scene, rect.take_top(scene.compact || low ? kInspectorHead : 72.0F), section);
  float y = rect.y + 4.0F;
  y += scene.ui.paint().paragraph({rect.x, y}, rect.w, section.paragraphs[1], text::kBody) + 8.0F;
  if (!low && !scene.compact) {
    std::vector<Figure> figures;
    for (const workspace::Row& row : section.tables.front().rows)
      if (figures.size() < kFiguresShown) figures.push_back({row.cells[0], row.cells[1]});
    y = figure_rows(scene, {rect.x, y, rect.w, 0.0F}, figures) + 8.0F;
  }
  ui::separator(scene.ui, rect.x, rect.right(), y);
  list(scene, {rect.x, y + 1.0F, rect.w, rect.bottom() - y - 1.0F});
  return left;
}

}  // namespace klono::app::review
