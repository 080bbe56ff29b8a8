#include "app/review/review.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "app/review/film_strip.hpp"
#include "app/review/gl_layer.hpp"
#include "app/review/head.hpp"
#include "app/review/inspector.hpp"
#include "app/review/looks_panel.hpp"
#include "app/review/muscle_panel.hpp"
#include "app/review/overview.hpp"
#include "app/review/phrases.hpp"
#include "app/review/sheet.hpp"
#include "app/review/sleep_panel.hpp"
#include "app/review/timeline.hpp"
#include "app/review/view_motion.hpp"

namespace klono::app::review {
namespace {

using ui::ButtonKind;
using ui::Icon;
using ui::Rect;
using ui::Role;
using ui::id_of;
namespace text = ui::text;
namespace tokens = ui::tokens;

constexpr float kLowWindow = 600.0F;         // a phone on its side
constexpr float kBesideFrom = 640.0F;        // then the inspector stands beside the lanes
constexpr float kLowInspector = 300.0F;
constexpr float kHalfSheet = 330.0F;         // without the safe inset
constexpr float kControls = 40.0F;
constexpr float kStrip = 136.0F;
constexpr float kFootLine = 28.0F;
constexpr float kLeastLaneWithStrip = 44.0F;
constexpr float kTallestLane = 150.0F;
constexpr float kTallestMuscle = 260.0F;     // of EMG alone
constexpr float kTabs = 40.0F;
constexpr std::uint32_t kFewestRows = 24;    // of the spectrogram
constexpr std::uint32_t kMostRows = 128;     // more than a 64-point transform tells apart

/// Grey lines on top; returns how high they are.
float draw_notices(const Scene& scene, const Rect& rect) {
  ui::Painter& p = scene.ui.paint();
  float y = rect.y;
  for (const std::string& line : notices(scene)) {
    p.icon(Icon::Info, {rect.x, y + 2.0F, 16.0F, 16.0F}, Role::Text3, 1.4F);
    y += p.paragraph({rect.x + 24.0F, y + 2.0F}, rect.w - 24.0F, line, text::kCaption, 2) + 4.0F;
  }
  return y > rect.y ? y - rect.y + 4.0F : 0.0F;
}

}  // namespace

class Review::Impl {
 public:
  void draw(const Scene& scene, const Rect& area);

 private:
  void start(const Scene& scene);
  void keys(const Scene& scene);
  void draw_narrow(const Scene& scene, const Rect& area);
  void draw_beside(const Scene& scene, const Rect& area);
  void draw_wide_lists(const Scene& scene, Rect rect);
  void draw_film(const Scene& scene, Rect area);
  void draw_timeline(const Scene& scene, const Rect& overview, const Rect& timeline, float lane_limit);
  void ask_for_pixels(const Scene& scene, const TimelineLayout& layout);
  void follow_marking(const Scene& scene);
  void look_away(const Scene& scene);
  void inspector(const Scene& scene, const Rect& rect);
  void carry_out(const Scene& scene, const Head::Asked& asked);
  void show_selected_lane(const Scene& scene);

  Head head_;
  Overview overview_;
  Timeline timeline_;
  FilmStrip film_;
  Sheet sheet_;
  ViewMotion motion_;
  GlLayer layer_;
  protocol::RecordingId recording_ = 0;
  std::optional<std::size_t> selected_;
  std::optional<std::size_t> looked_at_;  ///< of what was not counted
  bool from_summary_ = false;  ///< it was asked for there
  bool back_ = false;          ///< the person left it by its own way out, which leads back there
  LooksPanel looks_;
  MusclePanel muscle_panel_;
  std::optional<std::size_t> selected_muscle_;
  std::size_t shown_lanes_ = 0;  ///< of EMG
  bool marking_ = false;  ///< times of sleep
  bool muscle_ = false;  ///< the inspector is about EMG
  bool film_open_ = false;
  bool summary_ = false;
};

void Review::Impl::start(const Scene& scene) {
  if (recording_ != scene.entry.id) {
    recording_ = scene.entry.id;
    film_open_ = summary_ = false;
    selected_ = scene.entry.selected;
    looked_at_.reset();
    from_summary_ = false;
    selected_muscle_ = scene.entry.selected_muscle;
    muscle_ = !scene.entry.has_movement();
    sheet_.open();
  }
  if (selected_muscle_ != scene.entry.selected_muscle) {
    selected_muscle_ = scene.entry.selected_muscle;
    summary_ = film_open_ = false;
    muscle_ = scene.entry.data.emg.has_value();
    show_selected_lane(scene);
    sheet_.open();
  }
  if (selected_ != scene.entry.selected) {
    // Another event was chosen: it is what the person wants to see.
    selected_ = scene.entry.selected;
    summary_ = false;
    muscle_ = !scene.entry.has_movement();
    if (!film_open_) sheet_.open();
  }
  const std::optional<std::size_t> looked_at = scene.entry.looked_at ? std::optional(scene.entry.looked_at->index) : std::nullopt;
  if (looked_at_ != looked_at) {
    if (!looked_at_) from_summary_ = summary_;
    looked_at_ = looked_at;
    summary_ = !looked_at && back_ && from_summary_;
    back_ = false;
    if (looked_at) film_open_ = false;
    sheet_.open();
  }
  follow_marking(scene);
}

void Review::Impl::follow_marking(const Scene& scene) {
  const bool begins = scene.entry.marking_sleep && !marking_;
  marking_ = scene.entry.marking_sleep;
  if (!begins) return;
  summary_ = film_open_ = false;
  sheet_.open();
}

void Review::Impl::look_away(const Scene& scene) {
  if (!scene.entry.looked_at) return;
  back_ = true;
  scene.emit("look-away");
}

/// Where not all EMG channels have room, that of the chosen burst is among the shown.
void Review::Impl::show_selected_lane(const Scene& scene) {
  if (!selected_muscle_) return;
  const std::size_t channel = scene.entry.muscle[*selected_muscle_].channel;
  if (channel < timeline_.first_muscle() || channel >= timeline_.first_muscle() + shown_lanes_) timeline_.show_muscle(channel);
}

void Review::Impl::carry_out(const Scene& scene, const Head::Asked& asked) {
  if (asked.film) film_open_ = true;
  if (!asked.summary) return;
  summary_ = !summary_;
  from_summary_ = summary_;  // a movement that is looked at gives way to it
  look_away(scene);
  film_open_ = false;
  sheet_.open();
}

void Review::Impl::keys(const Scene& scene) {
  if (head_.menu_open()) return;  // the sheet takes them
  using platform::Key;
  for (const platform::KeyInput& key : scene.ui.gestures().keys()) {
    if (key.control) continue;
    switch (key.key) {
      case Key::Left: scene.emit(scene.entry.looked_at ? "previous-look" : muscle_ ? "previous-burst" : "previous-event"); break;
      case Key::Right: scene.emit(scene.entry.looked_at ? "next-look" : muscle_ ? "next-burst" : "next-event"); break;
      case Key::C:
        if (scene.entry.selected && !muscle_ && !scene.entry.looked_at) scene.emit("confirm-event", *scene.entry.selected);
        break;
      case Key::N:
        if (scene.entry.selected && !muscle_ && !scene.entry.looked_at) scene.emit("reject-event", *scene.entry.selected);
        break;
      case Key::Plus: scene.emit("zoom-in"); break;
      case Key::Minus: scene.emit("zoom-out"); break;
      case Key::Zero: scene.emit("zoom-fit"); break;
      case Key::F: film_open_ = !film_open_ && scene.entry.has_movement(); break;
      case Key::Escape:
        if (scene.entry.marking_sleep) {
          scene.emit("sleep-times close");
        } else if (scene.entry.looked_at) {
          look_away(scene);
        } else if (film_open_ || summary_) {
          film_open_ = summary_ = false;
        } else {
          scene.emit("go library");
        }
        break;
      default: break;
    }
  }
}

void Review::Impl::ask_for_pixels(const Scene& scene, const TimelineLayout& layout) {
  const float scale = scene.ui.paint().scale();
  const auto columns = static_cast<std::uint32_t>(std::max(1L, std::lround(layout.marks.w * scale)));
  // Half a row a device pixel is smooth enough; a changing sheet must not ask anew for each height.
  const auto rows = static_cast<std::uint32_t>(std::lround(layout.spectrogram.h * scale / 2.0F / 16.0F)) * 16U;
  scene.workspace.set_window_pixels(columns, layout.spectrogram.empty() ? 0 : std::clamp(rows, kFewestRows, kMostRows));
}

void Review::Impl::draw_timeline(const Scene& scene, const Rect& overview, const Rect& rect, float lane_limit) {
  const std::size_t channels = scene.entry.data.emg ? scene.entry.data.emg->channels.size() : 0;
  const bool movement = scene.entry.has_movement();
  const TimelineLayout layout = lay_out(rect, scene.compact, {movement, channels, timeline_.first_muscle(), movement ? lane_limit : kTallestMuscle});
  shown_lanes_ = layout.muscle.size();
  ask_for_pixels(scene, layout);
  overview_.handle(scene, overview, motion_);
  timeline_.handle(scene, layout, motion_);
  const TimeSpan& shown = motion_.update(scene);
  layer_.update(scene);
  overview_.draw(scene, overview, shown, !scene.compact);
  timeline_.draw(scene, layout, shown, layer_);
}

void Review::Impl::inspector(const Scene& scene, const Rect& area) {
  if (scene.entry.marking_sleep) {
    if (draw_sleep_panel(scene, area)) scene.emit("sleep-times close");
    return;
  }
  Rect rect = area;
  if (scene.entry.has_movement() && scene.entry.data.emg && !summary_) {
    const std::string_view labels[] = {word(Word::emg_review_tab_movement), word(Word::emg_review_tab_muscle)};
    if (!scene.compact) rect.take_top(16.0F);
    const int tapped = ui::segmented(scene.ui, id_of("inspector-about"), rect.take_top(kTabs), labels, muscle_ ? 1 : 0);
    if (tapped >= 0) muscle_ = tapped == 1;
    if (tapped >= 0 && scene.entry.looked_at) scene.emit("look-away");
  }
  if (scene.entry.looked_at) {
    if (looks_.draw(scene, rect)) look_away(scene);
    return;
  }
  if (scene.entry.data.emg && muscle_ && !summary_) return muscle_panel_.draw(scene, rect);
  draw_inspector(scene, rect, summary_);
}

void Review::Impl::draw_narrow(const Scene& scene, const Rect& area) {
  ui::Ui& ui = scene.ui;
  ui::Painter& p = ui.paint();
  const float margin = scene.compact ? tokens::kLayoutPhoneMargin : tokens::kLayoutDesktopMargin;
  const float inset = ui.surface().inset_bottom;
  const float half = std::min(kHalfSheet + inset, area.h * 0.52F);
  const float height = sheet_.update(scene, area, half);
  if (sheet_.take_film_wish() && !scene.entry.decisions.empty()) film_open_ = true;

  Rect rest = area;
  const Rect top = rest.take_top(scene.compact ? Head::kPhoneHeight : Head::kWideHeight);
  const Rect head{scene.compact ? top.x : top.x + margin, top.y, scene.compact ? top.w : top.w - 2.0F * margin, top.h};
  carry_out(scene, head_.draw(scene, head, {.back = !ui.wide(), .film = false, .summary = summary_}));
  rest = rest.inset(margin, 0.0F);
  if (scene.compact) {
    const RateWords rate = rate_words(scene);
    const Rect line = rest.take_top(26.0F);
    const float width = rate.rate.empty() ? 0.0F : p.text_in({line.x, line.y, line.w, 20.0F}, rate.rate, text::kSmall.in(Role::Text).strong()) + 10.0F;
    p.text_in({line.x + width, line.y + 2.0F, line.w - width, 16.0F}, rate.note, text::kCaption);
  }
  rest.take_top(draw_notices(scene, rest));
  const float axis = scene.compact ? 0.0F : 20.0F;
  Rect overview = rest.take_top((scene.compact ? 46.0F : 72.0F) + axis);
  overview.h -= axis;
  rest.take_top(10.0F);
  rest.h = area.bottom() - height - 6.0F - rest.y;
  if (!scene.compact) {
    const float gutter = scene.entry.has_movement() ? 48.0F : 0.0F;
    overview.x += gutter;
    overview.w -= gutter;
    if (rest.h > 540.0F && scene.entry.has_movement()) {
      Rect lists = rest.take_bottom(kControls + 10.0F + kStrip + 16.0F);
      rest.take_bottom(16.0F);
      draw_wide_lists(scene, lists);
    }
  }
  draw_timeline(scene, overview, rest, kTallestLane);

  const Rect content = sheet_.draw(scene, area, height);
  p.push_clip({area.x, area.bottom() - height, area.w, height});
  Rect body = content;
  // A sheet that is being drawn keeps its content still; what does not fit is covered.
  body.h = std::max(body.h, half - Sheet::kHandle - inset);
  if (!scene.compact) body = {body.x + 8.0F, body.y, body.w - 16.0F, body.h};
  Scene inside = scene;
  inside.compact = true;
  inspector(inside, body);
  p.pop_clip();
}

void Review::Impl::draw_wide_lists(const Scene& scene, Rect rect) {
  film_.controls(scene, rect.take_top(kControls));
  rect.take_top(10.0F);
  film_.row(scene, rect.take_top(kStrip));
}

void Review::Impl::draw_beside(const Scene& scene, const Rect& area) {
  ui::Ui& ui = scene.ui;
  ui::Painter& p = ui.paint();
  const bool low = ui.window().h < kLowWindow;
  const float inset = ui.surface().inset_bottom;
  Rect rest = area;
  const Rect column = rest.take_right(low ? kLowInspector : tokens::kLayoutInspector);
  const Rect ground{column.x, column.y - ui.surface().inset_top, column.w, column.h + ui.surface().inset_top};
  p.fill(ground, Role::Surface);
  p.vertical(ground.x, ground.y, ground.bottom(), Role::Hairline);
  const float pad = low ? tokens::kLayoutPhoneMargin : tokens::kLayoutDesktopMargin;
  Rect inner = column.inset(pad, 0.0F);
  inner.h -= inset;
  inspector(scene, inner);

  const float margin = low ? tokens::kLayoutPhoneMargin : tokens::kLayoutDesktopMargin;
  const Rect top = rest.take_top(low ? Head::kPhoneHeight : Head::kWideHeight);
  const Rect head{low ? top.x : top.x + margin, top.y, low ? top.w : top.w - 2.0F * margin, top.h};
  carry_out(scene, head_.draw(scene, head, {.back = !ui.wide(), .film = false, .summary = summary_}));
  rest = rest.inset(margin, 0.0F);
  rest.take_top(draw_notices(scene, rest));
  Rect overview = rest.take_top(low ? 40.0F : 76.0F + 20.0F);
  const float gutter = scene.entry.has_movement() ? 48.0F : 0.0F;
  if (!low) overview = {overview.x + gutter, overview.y, overview.w - gutter, 76.0F};
  rest.take_top(low ? 6.0F : 14.0F);
  if (low) {
    rest.h -= inset;
    return draw_timeline(scene, overview, rest, kTallestLane);
  }
  const Rect foot = rest.take_bottom(kFootLine);
  p.text_in({foot.x, foot.y, foot.w, 16.0F}, limit_sentence(scene), text::kCaption);
  constexpr float kLists = kControls + 10.0F + kStrip + 10.0F;
  const auto channels = static_cast<float>(scene.entry.data.emg ? scene.entry.data.emg->channels.size() : 0);
  const float lane = (rest.h - kLists - 18.0F - 78.0F - 8.0F * channels) / (4.08F + channels);
  if (lane >= kLeastLaneWithStrip && scene.entry.has_movement()) {
    Rect lists = rest.take_bottom(kLists);
    rest.take_bottom(18.0F);
    draw_wide_lists(scene, lists);
  }
  draw_timeline(scene, overview, rest, kTallestLane);
}

void Review::Impl::draw_film(const Scene& scene, Rect area) {
  ui::Ui& ui = scene.ui;
  ui::Painter& p = ui.paint();
  const bool compact = scene.compact;
  const float margin = compact ? tokens::kLayoutPhoneMargin : tokens::kLayoutDesktopMargin;
  const Rect top = area.take_top(compact ? Head::kPhoneHeight : Head::kWideHeight);
  const Rect head{compact ? top.x : top.x + margin, top.y, compact ? top.w : top.w - 2.0F * margin, top.h};
  const Head::Asked asked = head_.draw(scene, head, {.back = true, .film = true, .summary = false});
  if (asked.back) film_open_ = false;
  carry_out(scene, asked);

  const std::size_t open = film_.open(scene);
  const float inset = ui.surface().inset_bottom;
  const Rect foot = area.take_bottom(compact ? 112.0F + inset : 80.0F);
  Rect rest = area.inset(margin, 0.0F);
  film_.controls(scene, rest.take_top(compact ? 84.0F : 40.0F));
  rest.take_top(8.0F);
  const bool look = film_.page(scene, rest, compact);
  if (look) film_open_ = false;

  ui.area(id_of("film-foot"), foot, ui::AreaKind::Block);
  p.fill(foot, Role::Surface);
  p.horizontal(foot.x, foot.right(), foot.y, Role::Hairline);
  const ui::ButtonLook button{ButtonKind::Primary, Icon::Check, open > 0};
  const std::string label = fill(Word::app_canvas_confirm_rest, {{"n", std::to_string(open)}});
  const std::string_view hint = word(compact ? Word::app_canvas_tap_to_reject : Word::app_canvas_click_to_look);
  Rect press;
  if (compact) {
    p.text_in({foot.x + margin, foot.y + 12.0F, foot.w - 2.0F * margin, 20.0F}, hint, text::kSmall);
    press = {foot.x + margin, foot.y + 44.0F, foot.w - 2.0F * margin, tokens::kTouchPrimary};
  } else {
    const float width = ui::button_width(ui, label, button, 24.0F);
    press = {foot.right() - margin - width, foot.y + 12.0F, width, tokens::kTouchPrimary};
    p.text_in({foot.x + margin, foot.y, press.x - foot.x - 2.0F * margin, foot.h}, hint, text::kSmall);
  }
  if (ui::button(ui, id_of("film-confirm-rest"), press, label, button)) scene.emit("confirm-shown");
}

void Review::Impl::draw(const Scene& scene, const Rect& area) {
  ui::Ui& ui = scene.ui;
  // The head tells what happened, beside the button that takes it back; a message over the lanes would hide them after
  // each answer.
  ui.set_foot(ui.window().h + 120.0F);
  start(scene);
  keys(scene);
  film_.update(scene);
  const bool low = ui.window().h < kLowWindow;
  const bool beside = ui.window().w >= tokens::kLayoutInspectorFrom || (low && area.w >= kBesideFrom);
  if (film_open_) {
    Rect main = area;
    if (beside && !low) {
      const Rect column = main.take_right(tokens::kLayoutInspector);
      ui.paint().fill(column, Role::Surface);
      ui.paint().vertical(column.x, column.y, column.bottom(), Role::Hairline);
      inspector(scene, column.inset(tokens::kLayoutDesktopMargin, 0.0F));
    }
    draw_film(scene, main);
  } else if (beside) {
    draw_beside(scene, area);
  } else {
    draw_narrow(scene, area);
  }
  carry_out(scene, head_.draw_menu(scene, !ui.wide()));
}

Review::Review() : impl_(std::make_unique<Impl>()) {}
Review::~Review() = default;

void Review::draw(ui::Ui& ui, workspace::Workspace& workspace, const Rect& area, std::vector<std::string>& commands) {
  const workspace::Entry* entry = workspace.current();
  if (entry == nullptr || entry->state != workspace::EntryState::Ready) return;
  Scene scene{ui, workspace, *entry, commands, !ui.wide()};
  impl_->draw(scene, area);
}

}  // namespace klono::app::review
