#include "app/review/film_strip.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "app/review/event_plot.hpp"
#include "app/review/phrases.hpp"
#include "view/plain_words.hpp"

namespace klono::app::review {
namespace {

using ui::Align;
using ui::ChipKind;
using ui::Icon;
using ui::Ink;
using ui::Rect;
using ui::Role;
using ui::id_of;
using workspace::EventFilter;
using workspace::EventOrder;
namespace text = ui::text;
namespace tokens = ui::tokens;

constexpr ui::WidgetId kFilmRow = id_of("film-row");
constexpr ui::WidgetId kSlide = id_of("film-slide");
constexpr float kGap = 8.0F;
constexpr float kWideTile = 101.0F;
constexpr float kPageTile = 116.0F;   // height in a page on a phone
constexpr float kWidePageTile = 136.0F;
constexpr double kGlide_s = 0.325;

// The bar below a tile shows size on one log scale for all.
constexpr double kBarFrom_g = 0.05;
constexpr double kBarTo_g = 1.1;

float bar_share(double peak_g) {
  const double share = std::log(std::max(peak_g, 1e-6) / kBarFrom_g) / std::log(kBarTo_g / kBarFrom_g);
  return static_cast<float>(std::clamp(share, 0.05, 1.0));
}

void badge(const Scene& scene, const Rect& box, Decision decision) {
  ui::Painter& p = scene.ui.paint();
  switch (decision) {
    case Decision::None: p.ring(box.centre(), 4.0F, Role::Event, 1.5F); break;
    case Decision::Confirmed: p.icon(Icon::Check, box, Role::Event, 1.75F); break;
    case Decision::Rejected: p.icon(Icon::Cross, box, Role::Text3, 1.75F); break;
  }
}

void tile(const Scene& scene, const Rect& rect, std::size_t index, bool lit) {
  ui::Painter& p = scene.ui.paint();
  const Event& event = scene.event(index);
  const Decision decision = scene.decision(index);
  const bool rejected = decision == Decision::Rejected;
  const bool selected = scene.entry.selected == index;
  p.fill(rect, lit ? Role::Control : Role::Surface, tokens::kRadiusTile);
  if (!p.theme().dark() && !selected) p.outline(rect, Role::Hairline, tokens::kRadiusTile);

  const float before = p.alpha();
  p.set_alpha(before * (rejected ? 0.7F : 1.0F));
  p.text({rect.x + 8.0F, rect.y + 8.0F}, view::clock_words(scene.info().start, event.onset_s, true),
         text::kCaption.in(Role::Text2));
  badge(scene, {rect.right() - 24.0F, rect.y + 8.0F, 16.0F, 16.0F}, decision);
  p.set_alpha(before * (rejected ? 0.32F : 1.0F));
  event_plot(scene, {rect.x, rect.y + 26.0F, rect.w, rect.h - 52.0F}, index, {tokens::kStrokeTraceSmall, false});
  p.set_alpha(before);

  if (scene.info().amplitudes_valid) {
    const std::string size = view::acceleration_words(event.peak_g);
    const float y = rect.bottom() - 22.0F;
    const float width = p.text({rect.right() - 8.0F, y}, size, text::kCaption.aligned(Align::Right));
    const Rect bar{rect.x + 8.0F, y + 6.0F, std::max(8.0F, rect.w - 16.0F - width - 6.0F), 4.0F};
    p.fill(bar, Role::Control, 2.0F);
    p.fill({bar.x, bar.y, bar.w * bar_share(event.peak_g), bar.h}, rejected ? Ink(Role::Rejected, 0.4F) : Ink(Role::Event), 2.0F);
  } else {
    p.text({rect.x + 8.0F, rect.bottom() - 22.0F}, view::length_words(event.duration_s), text::kCaption);
  }
  if (selected) p.outline(rect.inset(-1.0F), Role::Accent, tokens::kRadiusTile + 1.0F, tokens::kStrokeSelected);
}

void empty_line(const Scene& scene, const Rect& rect) {
  Word id = Word::app_review_list_empty_all;
  if (scene.workspace.filter() == EventFilter::ToReview) id = Word::app_review_list_empty_review;
  if (scene.workspace.filter() == EventFilter::Confirmed) id = Word::app_review_list_empty_confirmed;
  if (scene.workspace.filter() == EventFilter::Rejected) id = Word::app_review_list_empty_rejected;
  ui::Painter& p = scene.ui.paint();
  p.text_in({rect.x, rect.y, rect.w, 24.0F}, word(id), text::kBody.in(Role::Text2));
  if (scene.workspace.filter() == EventFilter::All || scene.entry.decisions.empty()) return;
  if (ui::text_link(scene.ui, id_of("film-show-all"), {rect.x, rect.y + 32.0F}, word(Word::app_review_show_all),
                    text::kSmall.in(Role::Accent).strong()))
    scene.emit("filter all");
}

struct FilterChip {
  EventFilter filter;
  Decision decision;
  Word label;
  std::string_view command;
};
constexpr std::array kFilters{
    FilterChip{EventFilter::ToReview, Decision::None, Word::app_review_filter_review, "filter review"},
    FilterChip{EventFilter::Confirmed, Decision::Confirmed, Word::app_review_filter_confirmed, "filter confirmed"},
    FilterChip{EventFilter::Rejected, Decision::Rejected, Word::app_canvas_filter_rejected, "filter rejected"}};

}  // namespace

void FilmStrip::update(const Scene& scene) {
  const std::vector<Event>& events = scene.analysis().events;
  const Key key{scene.entry.id, scene.workspace.filter(), scene.workspace.order(), events.size(), events.data()};
  if (key == key_) return;
  key_ = key;
  list_ = scene.workspace.listed_events();
  offset_ = speed_ = 0.0F;
  followed_ = SIZE_MAX;
}

std::size_t FilmStrip::open(const Scene& scene) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(list_, [&](std::size_t i) { return scene.decision(i) == Decision::None; }));
}

void FilmStrip::controls(const Scene& scene, const Rect& rect) {
  ui::Ui& ui = scene.ui;
  const bool beside = !scene.compact;  // order at the right; on a phone above the chips
  Rect chips = rect;
  Rect order = rect;
  if (beside) {
    order = {rect.right() - 248.0F, rect.y, 248.0F, 40.0F};
    const float label = ui.paint().text_width(word(Word::app_review_sort), text::kCaption);
    ui.paint().text_in({order.x - 16.0F - label, rect.y, label + 1.0F, 40.0F}, word(Word::app_review_sort), text::kCaption);
    chips.h = 40.0F;
  } else {
    order = chips.take_top(40.0F);
    chips.take_top(12.0F);
    chips.h = 32.0F;
  }
  const std::string_view labels[] = {word(Word::app_review_sort_time), word(Word::app_review_sort_size),
                                     word(Word::app_review_sort_likeness)};
  constexpr std::string_view kOrders[] = {"sort time", "sort size", "sort likeness"};
  const int tapped = ui::segmented(ui, id_of("film-order"), order, labels, static_cast<int>(scene.workspace.order()));
  if (tapped >= 0) scene.emit(std::string(kOrders[tapped]));

  float x = chips.x;
  for (const FilterChip& filter : kFilters) {
    const auto count = std::ranges::count(scene.entry.decisions, filter.decision);
    const std::string label =
        fill(Word::app_review_filter_count, {{"name", std::string(word(filter.label))}, {"n", std::to_string(count)}});
    const bool on = scene.workspace.filter() == filter.filter;
    const Rect box{x, chips.centre().y - 16.0F, ui::chip_width(ui, label), 32.0F};
    // A second tap takes the filter off: then all are shown.
    if (ui::chip(ui, id_of("film-filter", static_cast<std::uint64_t>(filter.filter)), box, label, on ? ChipKind::On : ChipKind::Outline))
      scene.emit(on ? "filter all" : std::string(filter.command));
    x = box.right() + 8.0F;
  }
}

void FilmStrip::row(const Scene& scene, const Rect& rect) {
  ui::Ui& ui = scene.ui;
  if (list_.empty()) return empty_line(scene, {rect.x, rect.y + 16.0F, rect.w, 60.0F});
  const float pitch = kWideTile + kGap;
  const float limit = std::max(0.0F, pitch * static_cast<float>(list_.size()) - kGap - rect.w);
  ui.area(kFilmRow, rect, ui::AreaKind::Drag);
  bool direct = false;
  if (const auto drag = ui.gestures().drag(kFilmRow)) {
    offset_ -= drag->delta.x;
    speed_ = drag->ended && drag->touch && !ui.surface().reduced_motion ? -drag->velocity.x : 0.0F;
    glided_s_ = ui.now_s();
    direct = true;
  }
  if (const auto wheel = ui.gestures().wheel(kFilmRow)) {
    offset_ -= (std::abs(wheel->dx) > std::abs(wheel->dy) ? wheel->dx : wheel->dy) * pitch;
    direct = true;
  }
  if (speed_ != 0.0F) {
    const double passed_s = std::clamp(ui.now_s() - glided_s_, 0.0, 0.05);
    glided_s_ = ui.now_s();
    offset_ += speed_ * static_cast<float>(passed_s);
    speed_ *= static_cast<float>(std::exp(-passed_s / kGlide_s));
    if (std::abs(speed_) < 12.0F || ui.gestures().any_down()) speed_ = 0.0F;
    direct = true;
    ui.request_frame();
  }
  const std::size_t selected = scene.entry.selected.value_or(SIZE_MAX);
  if (selected != followed_) {
    followed_ = selected;
    const auto place = std::ranges::find(list_, selected);
    if (place != list_.end()) {
      const float left = pitch * static_cast<float>(place - list_.begin());
      if (left < offset_ || left + kWideTile > offset_ + rect.w) offset_ = left - std::floor(rect.w / pitch / 2.0F) * pitch;
    }
  }
  offset_ = std::clamp(offset_, 0.0F, limit);
  if (direct) ui.set_animation(kSlide, offset_);
  const float shown = ui.paint().snap(ui.animate(kSlide, offset_));

  ui.paint().push_clip(rect.inset(-3.0F));
  const auto first = static_cast<std::size_t>(std::max(0.0F, std::floor(shown / pitch)));
  for (std::size_t i = first; i < list_.size(); ++i) {
    const Rect box{rect.x + pitch * static_cast<float>(i) - shown, rect.y, kWideTile, rect.h};
    if (box.x > rect.right()) break;
    // The last one is shown only where it is whole: a cut tile looks like an error. It appears as the row is moved.
    tile(scene, box, list_[i], false);
    if (const auto tap = ui.gestures().tap(kFilmRow); tap && box.contains(tap->at)) scene.emit("select-event", list_[i]);
  }
  ui.paint().pop_clip();
}

bool FilmStrip::page(const Scene& scene, const Rect& rect, bool tap_rejects) {
  ui::Ui& ui = scene.ui;
  if (list_.empty()) {
    empty_line(scene, {rect.x, rect.y + 16.0F, rect.w, 60.0F});
    return false;
  }
  const float least = scene.compact ? 104.0F : kWideTile;
  const auto columns = static_cast<std::size_t>(std::max(1.0F, std::floor((rect.w + kGap) / (least + kGap))));
  const float width = (rect.w + kGap) / static_cast<float>(columns) - kGap;
  const float height = scene.compact ? kPageTile : kWidePageTile;
  const float pitch = height + kGap;
  bool look = false;
  ui::ScrollArea scroll(ui, id_of("film-page"), rect.inset(-4.0F, 0.0F));
  const std::size_t rows = (list_.size() + columns - 1) / columns;
  const auto first = static_cast<std::size_t>(std::max(0.0F, std::floor((rect.y - scroll.top() - 4.0F) / pitch)));
  for (std::size_t row = first; row < rows; ++row) {
    const float y = scroll.top() + 4.0F + pitch * static_cast<float>(row);
    if (y > rect.bottom()) break;
    for (std::size_t column = 0; column < columns && row * columns + column < list_.size(); ++column) {
      const std::size_t index = list_[row * columns + column];
      const Rect box{rect.x + (width + kGap) * static_cast<float>(column), y, width, height};
      const ui::WidgetId id = id_of("film-tile", index);
      ui.area(id, box, ui::AreaKind::Press);
      if (ui.gestures().hovered(id)) ui.set_cursor(platform::Host::Cursor::Hand);
      if (const auto tap = ui.gestures().tap(id)) {
        if (tap_rejects && !tap->hold) {
          scene.emit("reject-event", index);
        } else {
          scene.emit("select-event", index);
          look = tap->hold || tap->count == 2;
        }
      }
      tile(scene, box, index, ui.gestures().held(id));
      if (ui.gestures().focused(id)) ui.paint().outline(box.inset(-3.0F), Role::Text, 11.0F, tokens::kStrokeSelected);
    }
  }
  scroll.content_end(scroll.top() + 8.0F + pitch * static_cast<float>(rows));
  return look;
}

}  // namespace klono::app::review
