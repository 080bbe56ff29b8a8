#include "app/screens/library.hpp"

#include <algorithm>
#include <vector>

#include "app/screens/first_visit.hpp"
#include "app/screens/strip.hpp"
#include "base/words.hpp"
#include "view/plain_words.hpp"
#include "workspace/record_words.hpp"

namespace klono::app::screens {
namespace {

using ui::Align;
using ui::ButtonKind;
using ui::ChipKind;
using ui::Icon;
using ui::Ink;
using ui::Rect;
using ui::Role;
using ui::TextSize;
using ui::Weight;
using ui::id_of;
using workspace::Entry;
using workspace::EntryState;
namespace text = ui::text;

constexpr ui::TextStyle kSmallDim{TextSize::Small, Role::Text3, Weight::Regular, Align::Left};

/// What a row says instead of figures while there are none; empty for an analysed recording.
std::string state_of(const Entry& entry) {
  switch (entry.state) {
    case EntryState::Reading: {
      const double share = reading_share(entry);
      if (share < 0.0) return std::string(word(Word::app_library_state_starting));
      return fill(Word::app_library_state_reading, {{"percent", std::to_string(static_cast<int>(share * 100.0))}});
    }
    case EntryState::Asking: return std::string(word(Word::app_library_state_asking));
    case EntryState::Refused: return std::string(word(Word::app_library_state_refused));
    case EntryState::Kept:
      if (entry.has_figures()) return {};
      return std::string(word(entry.stored && !entry.stored->finished ? Word::record_kept_unfinished : Word::record_kept_state));
    case EntryState::Ready: break;
  }
  if (entry.analysing_again) return std::string(word(Word::app_library_state_again));
  return {};
}

std::string review_state(const Entry& entry) {
  if (entry.data.analysis.events.empty()) return {};
  if (entry.to_review() == 0) return std::string(word(Word::app_library_all_reviewed));
  return fill(Word::app_library_to_review, {{"n", std::to_string(entry.to_review())}});
}

std::string note_of(const Entry& entry) {
  if (entry.state == EntryState::Ready || entry.state == EntryState::Kept) return when_of(entry);
  return entry.size > 0 ? size_words(entry.size) : std::string();
}

/// Stands on top as a card until it is kept or deleted, and in no row.
bool offered(const Entry& entry) { return entry.stored && entry.stored->offered(); }

std::vector<const Entry*> listed(const Context& context) {
  std::vector<const Entry*> rows;
  for (const Entry& entry : context.workspace.entries())
    if (!offered(entry)) rows.push_back(&entry);
  return rows;
}

/// EMG alone: its figures stand in place of those of movement.
bool is_muscle(const Entry& entry) { return !entry.has_movement() && entry.data.emg.has_value(); }

/// Of the channel that could be analysed longest.
double muscle_analysable_s(const Entry& entry) {
  double longest_s = 0.0;
  for (const EmgChannelAnalysis& channel : entry.data.emg->channels) longest_s = std::max(longest_s, channel.analysable_s);
  return longest_s;
}

std::string hours_of(const Entry& entry) {
  if (is_muscle(entry)) return view::duration_words(muscle_analysable_s(entry));
  return view::duration_words(entry.data.analysis.analysable_s);
}

// ---- what can be done with a recording

constexpr ui::WidgetId kMenu = id_of("library-menu");  // remembers the recording it is open for

void menu_button(const Context& context, const Entry& entry, const Rect& box) {
  if (ui::icon_button(context.ui, id_of("row-menu", entry.id), box, Icon::More)) {
    context.ui.kept(kMenu) = static_cast<float>(entry.id);
    context.ui.request_frame();
  }
}

/// A tap opens, a hold or the second button shows the menu.
bool opens(const Context& context, const Entry& entry, const Rect& rect) {
  const ui::WidgetId id = id_of("open", entry.id);
  const bool tapped = context.ui.pressed(id, rect);
  if (const auto tap = context.ui.gestures().tap(id); tap && (tap->hold || tap->secondary)) {
    context.ui.kept(kMenu) = static_cast<float>(entry.id);
    context.ui.request_frame();
  }
  return tapped;
}

struct Item {
  std::string_view label;
  Icon icon;
  std::string command;
  std::string then = {};
  Ink ink = Role::Text;
};

std::vector<Item> menu_items(const Entry& entry) {
  std::vector<Item> items{{word(Word::app_common_open), Icon::Review, command_for("open-recording", entry)}};
  if (entry.state == EntryState::Ready)
    items.push_back({word(Word::app_canvas_menu_report), Icon::Report, command_for("open-recording", entry), "go report"});
  if (entry.stored) {
    items.push_back({word(Word::record_saved_copy), Icon::Save, command_for("copy-recording", entry)});
    items.push_back({word(Word::record_unfinished_delete), Icon::Trash, command_for("delete-recording", entry), {}, Role::Destroy});
  } else if (entry.state == EntryState::Reading) {
    items.push_back({word(Word::app_reading_stop), Icon::Close, command_for("stop-reading", entry)});
  } else {
    items.push_back({word(Word::app_canvas_close_recording), Icon::Close, command_for("close-recording", entry)});
  }
  return items;
}

void menu(const Context& context) {
  ui::Ui& ui = context.ui;
  float& shown = ui.kept(kMenu);
  const auto& entries = context.workspace.entries();
  const auto found = std::ranges::find_if(entries, [&](const Entry& e) { return shown > 0.0F && static_cast<float>(e.id) == shown; });
  if (found == entries.end()) return;
  const Entry& entry = *found;
  const std::vector<Item> items = menu_items(entry);
  bool closed = false;
  const Rect body = ui::sheet(ui, kMenu, 64.0F + 57.0F * static_cast<float>(items.size()), &closed);
  ui.paint().text_in({body.x, body.y, body.w, 24.0F}, entry.title, text::kStrong);
  ui.paint().text_in({body.x, body.y + 24.0F, body.w, 20.0F}, note_of(entry), kSmallDim);
  float y = body.y + 60.0F;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) separator(ui, body.x, body.right(), y);
    ui::RowText row{items[i].label};
    row.leading = items[i].icon;
    row.ink = items[i].ink;
    if (ui::list_row(ui, id_of("menu-item", i), {body.x, y, body.w, 56.0F}, row)) {
      context.emit(items[i].command);
      if (!items[i].then.empty()) context.emit(items[i].then);
      closed = true;
    }
    y += 57.0F;
  }
  if (closed) {
    shown = 0.0F;
    ui.request_frame();
  }
}

// ---- found unfinished

constexpr float kOfferGap = 16.0F;

std::string offer_words(const Entry& entry) {
  // A length is one word when the line breaks.
  std::string length = view::duration_words(entry.data.info.duration_s);
  for (std::size_t at = 0; (at = length.find(' ', at)) != std::string::npos;) length.replace(at, 1, "\xC2\xA0");
  return fill(Word::record_unfinished_found, {{"length", length}});
}

float offer_height(ui::Ui& ui, float width, const Entry& entry) {
  ui::Painter& p = ui.paint();
  const float words = p.paragraph_height(width - 32.0F, offer_words(entry), text::kStrong) + 4.0F +
                      p.paragraph_height(width - 32.0F, word(Word::record_unfinished_note), text::kSmall);
  return 16.0F + words + 16.0F + 48.0F + 16.0F;
}

void offer_card(const Context& context, const Rect& card, const Entry& entry) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  ui::card(ui, card);
  const Rect in = card.inset(16.0F);
  const float title = p.paragraph({in.x, in.y}, in.w, offer_words(entry), text::kStrong);
  p.paragraph({in.x, in.y + title + 4.0F}, in.w, word(Word::record_unfinished_note), text::kSmall);
  const ui::ButtonLook keep{ButtonKind::Primary};
  const ui::ButtonLook remove{ButtonKind::Destroy};
  const float half = std::min(168.0F, (in.w - 8.0F) / 2.0F);
  const Rect first{in.x, in.bottom() - 48.0F, half, 48.0F};
  if (ui::button(ui, id_of("offer-keep", entry.id), first, word(Word::record_unfinished_keep), keep))
    context.emit(command_for("keep-recording", entry));
  const Rect second{first.right() + 8.0F, first.y, half, 48.0F};
  if (ui::button(ui, id_of("offer-delete", entry.id), second, word(Word::record_unfinished_delete), remove))
    context.emit(command_for("delete-recording", entry));
}

float offers(const Context& context, const Rect& column, float y) {
  for (const Entry& entry : context.workspace.entries()) {
    if (!offered(entry)) continue;
    const Rect card{column.x, y, column.w, offer_height(context.ui, column.w, entry)};
    offer_card(context, card, entry);
    y = card.bottom() + kOfferGap;
  }
  return y;
}

// ---- phone

/// Each part of a guided test by itself, never added up.
void parts_line(const Context& context, float x, float y, float width, const Entry& entry) {
  ui::Painter& p = context.ui.paint();
  const float step = width / static_cast<float>(std::max<std::size_t>(1, entry.data.info.blocks.size()));
  for (std::size_t i = 0; entry.parts.empty() && i < entry.data.info.blocks.size(); ++i) {
    const Block& block = entry.data.info.blocks[i];
    const float left = x + step * static_cast<float>(i);
    p.text_in({left, y + 8.0F, step - 8.0F, 20.0F}, word(workspace::name_word(block.task)), text::kSmall.strong().in(Role::Text));
    p.text_in({left, y + 28.0F, step - 8.0F, 16.0F}, view::duration_words(block.span.length_s()), text::kCaption);
  }
  for (std::size_t i = 0; i < entry.parts.size(); ++i) {
    const patterns::BlockSummary& part = entry.parts[i];
    const float left = x + step * static_cast<float>(i);
    p.text_in({left, y, step - 8.0F, 16.0F}, word(workspace::name_word(part.task)), text::kCaption);
    p.text_in({left, y + 16.0F, step - 8.0F, 20.0F},
              view::count_words(part.brief.count, word(Word::app_common_event), word(Word::app_common_events)), text::kSmall.strong().in(Role::Text));
    p.text_in({left, y + 36.0F, step - 8.0F, 16.0F}, view::duration_words(part.length_s), text::kCaption);
  }
}

/// "2 channels, EMG only".
std::string muscle_where(const Entry& entry) {
  return view::count_words(std::ssize(entry.data.emg->channels), word(Word::emg_channel), word(Word::emg_channels)) + ", " +
         std::string(word(Word::emg_library_alone));
}

/// Figure with its two lines, or the state in words; returns the height used.
float headline(const Context& context, float x, float y, float width, const Entry& entry) {
  ui::Painter& p = context.ui.paint();
  if (entry.guided()) {
    parts_line(context, x, y, width, entry);
    return 52.0F;
  }
  if (is_muscle(entry)) {
    const workspace::EmgNouns nouns = workspace::emg_nouns(*entry.data.emg);
    const float count = p.text({x - 2.0F, y}, std::to_string(entry.muscle.size()), text::kFigure);
    p.text({x + count + 10.0F, y + 6.0F}, entry.muscle.size() == 1 ? nouns.one : nouns.many, text::kSmall);
    p.text_in({x + count + 10.0F, y + 26.0F, width - count - 10.0F, 20.0F}, muscle_where(entry), kSmallDim);
    return 52.0F;
  }
  if (entry.data.analysis.analysable_s <= 0.0)
    return p.paragraph({x, y + 4.0F}, width, word(Word::app_library_nothing_analysable), text::kBody.in(Role::Text2)) + 12.0F;
  const float figure = p.text({x - 2.0F, y}, figure_of(entry.summary.brief), text::kFigure);
  const float left = x + figure + 10.0F;
  p.text({left, y + 6.0F}, word(Word::app_common_events_per_hour), text::kSmall);
  p.text_in({left, y + 26.0F, x + width - left, 20.0F},
            fill(Word::app_library_events_in_hours, {{"events", std::to_string(entry.summary.brief.count)}, {"hours", hours_of(entry)}}), kSmallDim);
  return 52.0F;
}

std::string sentence_of(const Entry& entry) {
  if (entry.guided()) return std::string(word(Word::record_guided_apart));
  if (is_muscle(entry)) return entry.muscle_lines.front();
  if (entry.summary.brief.count == 0) return std::string(word(Word::app_library_no_events));
  return view::interval_words(entry.summary.brief);
}

float latest_card(const Context& context, const Rect& column, float y, const Entry& entry) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const bool ready = entry.has_figures();
  const Rect card{column.x, y, column.w, ready ? 264.0F : 172.0F};
  if (opens(context, entry, card)) context.emit(command_for("open-recording", entry));
  ui::card(ui, card);
  if (ui.gestures().held(id_of("open", entry.id))) p.fill(card.inset(1.0F), Role::Control, 15.0F);
  if (ui.gestures().focused(id_of("open", entry.id))) p.outline(card, Role::Text, 16.0F, 2.0F);
  Rect in = card.inset(16.0F);
  const std::string badge = ready && !entry.analysing_again ? review_state(entry) : state_of(entry);
  const float badge_width = badge.empty() ? 0.0F : ui::chip_width(ui, badge, 24.0F);
  const float close = 32.0F;
  p.text_in({in.x, in.y, in.w - badge_width - close - 8.0F, 24.0F}, entry.title, text::kStrong);
  p.text_in({in.x, in.y + 24.0F, in.w - badge_width - close - 8.0F, 20.0F}, note_of(entry), kSmallDim);
  menu_button(context, entry, {in.right() - 20.0F, in.y - 2.0F, 28.0F, 48.0F});
  if (!badge.empty())
    ui::badge(ui, {in.right() - badge_width - close, in.y + 10.0F, badge_width, 24.0F}, badge,
              ready && entry.to_review() > 0 ? ChipKind::On : ChipKind::Off);
  if (!ready) {
    reading_strip(ui, {in.x, in.y + 64.0F, in.w, 64.0F}, std::max(0.0, reading_share(entry)));
    return card.bottom();
  }
  float at = in.y + 56.0F;
  at += headline(context, in.x, at, in.w, entry) + 12.0F;
  const Rect strip{in.x, at, in.w, 56.0F};
  recording_strip(ui, strip, entry, {8.0F, true, true});
  p.text_in({in.x, card.bottom() - 40.0F, in.w, 24.0F}, sentence_of(entry), (is_muscle(entry) ? text::kSmall : text::kBody).in(Role::Text2));
  return card.bottom();
}

void phone_row(const Context& context, const Rect& row, const Entry& entry) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  if (opens(context, entry, row)) context.emit(command_for("open-recording", entry));
  if (ui.gestures().held(id_of("open", entry.id))) p.fill(row.inset(-8.0F, 1.0F), Role::Control, 12.0F);
  const float strip = 104.0F;
  const float room = row.w - strip - 16.0F;
  p.text_in({row.x, row.y + 14.0F, room, 24.0F}, entry.title, text::kStrong);
  p.text_in({row.x, row.y + 38.0F, room, 20.0F}, note_of(entry), kSmallDim);
  const Rect picture{row.right() - strip, row.y + 10.0F, strip, 32.0F};
  const ui::TextStyle caption = text::kCaption.in(Role::Text2).aligned(Align::Right);
  const Rect under{picture.x - 24.0F, picture.bottom() + 4.0F, strip + 24.0F, 16.0F};
  if (entry.has_figures()) {
    recording_strip(ui, picture, entry, {5.0F, false, false});
    const bool rate = entry.data.analysis.analysable_s > 0.0;
    p.text_in(under, is_muscle(entry) ? workspace::emg_count_words(*entry.data.emg, entry.muscle.size()) : entry.guided() ? std::string(word(Word::record_three_parts))
                     : rate           ? view::rate_words(entry.summary.brief)
                                      : std::string(word(Word::app_library_nothing_analysable)),
              caption);
  } else {
    reading_strip(ui, picture, std::max(0.0, reading_share(entry)));
    p.text_in(under, state_of(entry), caption);
  }
}

void on_phone(const Context& context, Rect rect) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const Rect head = rect.take_top(56.0F);
  p.text_in({head.x + 16.0F, head.y, head.w - 32.0F, head.h}, word(Word::app_library_title), text::kDisplay);
  if (ui::icon_button(ui, id_of("library-settings"), {head.right() - 56.0F, head.y + 4.0F, 48.0F, 48.0F}, Icon::Sliders))
    context.emit("go settings");
  const ui::ButtonLook look{ButtonKind::Plain, Icon::Folder, true, TextSize::Small, 20.0F};
  const float width = ui::button_width(ui, word(Word::app_common_open_file_short), look, 16.0F);
  if (ui::button(ui, id_of("library-open"), {head.right() - 64.0F - width, head.y + 8.0F, width, 40.0F},
                 word(Word::app_common_open_file_short), look))
    context.emit("open-file");

  ui::ScrollArea scroll(ui, id_of("library"), rect);
  const std::vector<const Entry*> entries = listed(context);
  const Rect column{rect.x + 16.0F, rect.y, rect.w - 32.0F, rect.h};
  float y = offers(context, column, scroll.top() + 8.0F);
  if (!entries.empty()) y = latest_card(context, column, y, *entries.front());
  if (entries.size() > 1) {
    p.text({column.x, y + 20.0F}, word(Word::app_library_earlier), text::kSmall.strong());
    y += 44.0F;
    for (std::size_t i = 1; i < entries.size(); ++i) {
      if (i > 1) separator(ui, column.x, column.right(), y);
      phone_row(context, {column.x, y, column.w, 72.0F}, *entries[i]);
      y += 73.0F;
    }
  }
  y += 16.0F;
  y += p.paragraph({column.x, y}, column.w, word(Word::app_library_kept_hint), text::kCaption) + 4.0F;
  help_link(context, {column.x, y, column.w, 56.0F});
  scroll.content_end(y + 64.0F);
}

// ---- desktop

struct Columns {
  float title, strip, strip_width, events_right, rate_right, hours_right, close;
};

Columns columns_of(const Rect& list) {
  const float hours = list.right() - 48.0F;
  const float rate = hours - 104.0F;
  const float events = rate - 172.0F;
  const float title = std::clamp(list.w * 0.25F, 180.0F, 260.0F);
  const float strip = list.x + title + 16.0F;
  return {list.x, strip, std::max(80.0F, events - 88.0F - strip), events, rate, hours, list.right() - 36.0F};
}

void column_heads(const Context& context, const Rect& list, const Columns& at, float y) {
  ui::Painter& p = context.ui.paint();
  const ui::TextStyle style = text::kCaption;
  (void)list;
  p.text({at.title, y + 8.0F}, word(Word::app_library_column_title), style);
  p.text({at.strip, y + 8.0F}, word(Word::app_canvas_column_whole), style);
  p.text({at.events_right, y + 8.0F}, word(Word::app_library_column_rate), style.aligned(Align::Right));
  p.text({at.rate_right, y + 8.0F}, word(Word::app_canvas_column_per_hour), style.aligned(Align::Right));
  p.text({at.hours_right, y + 8.0F}, word(Word::app_canvas_column_analysable), style.aligned(Align::Right));
}

void ready_cells(const Context& context, const Rect& row, const Columns& at, const Entry& entry) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const float top = row.y + 22.0F;
  const ui::TextStyle number = text::kBody.aligned(Align::Right);
  const ui::TextStyle under = text::kCaption.aligned(Align::Right);
  recording_strip(ui, {at.strip, row.y + 20.0F, at.strip_width, 44.0F}, entry);
  const std::string review = entry.analysing_again ? state_of(entry) : review_state(entry);
  const bool open = entry.to_review() > 0 || entry.analysing_again;
  if (is_muscle(entry)) {
    p.text({at.events_right, top}, std::to_string(entry.muscle.size()), number);
    const workspace::EmgNouns nouns = workspace::emg_nouns(*entry.data.emg);
    p.text({at.events_right, top + 24.0F}, entry.muscle.size() == 1 ? nouns.one : nouns.many, under);
    p.text({at.rate_right, top}, word(Word::emg_library_alone), text::kSmall.aligned(Align::Right));
    p.text({at.hours_right, top}, hours_of(entry), text::kSmall.aligned(Align::Right));
    p.text_in({at.rate_right + 12.0F, top + 24.0F, at.hours_right - at.rate_right - 12.0F, 16.0F}, entry.data.info.format, under);
    return;
  }
  if (!entry.guided())
    p.text({at.events_right, review.empty() ? row.y + 30.0F : top}, std::to_string(entry.summary.brief.count), number);
  p.text({at.events_right, entry.guided() ? row.y + 34.0F : top + 24.0F}, review, under.in(open ? Role::Accent : Role::Text3));
  if (entry.guided()) {
    p.text({at.rate_right, top}, word(Word::record_three_parts), text::kSmall.aligned(Align::Right));
    p.text({at.hours_right, top}, hours_of(entry), text::kSmall.aligned(Align::Right));
  } else if (entry.data.analysis.analysable_s > 0.0) {
    p.text({at.rate_right, top}, figure_of(entry.summary.brief), number);
    p.text({at.rate_right, top + 24.0F}, view::interval_words(entry.summary.brief), under);
    p.text({at.hours_right, top}, hours_of(entry), text::kSmall.aligned(Align::Right));
  } else {
    p.text({at.hours_right, top}, word(Word::app_library_nothing_analysable), text::kSmall.aligned(Align::Right));
  }
  p.text_in({at.rate_right + 12.0F, top + 24.0F, at.hours_right - at.rate_right - 12.0F, 16.0F}, entry.data.info.format, under);
}

void desktop_row(const Context& context, const Rect& row, const Columns& at, const Entry& entry, bool first) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const ui::WidgetId id = id_of("open", entry.id);
  const Rect ground{row.x - 16.0F, row.y, row.w + 16.0F, row.h};
  if (opens(context, entry, ground)) context.emit(command_for("open-recording", entry));
  if (first) ui::card(ui, ground, 12.0F);
  if (ui.gestures().hovered(id) || ui.gestures().held(id)) p.fill(ground.inset(1.0F), Role::Control, 12.0F);
  if (ui.gestures().focused(id)) p.outline(ground, Role::Text, 12.0F, 2.0F);
  const float room = at.strip - at.title - 16.0F;
  p.text_in({at.title, row.y + 20.0F, room, 24.0F}, entry.title, text::kStrong);
  p.text_in({at.title, row.y + 44.0F, room, 20.0F}, note_of(entry), kSmallDim);
  if (entry.has_figures()) {
    ready_cells(context, row, at, entry);
  } else {
    reading_strip(ui, {at.strip, row.y + 26.0F, at.strip_width, 32.0F}, std::max(0.0, reading_share(entry)));
    p.text_in({at.strip + at.strip_width + 24.0F, row.y, at.hours_right - at.strip - at.strip_width - 24.0F, row.h},
              state_of(entry), text::kSmall.aligned(Align::Right));
  }
  menu_button(context, entry, {at.close, row.y + 18.0F, 28.0F, 48.0F});
}

void side_panel(const Context& context, const Rect& panel) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const Rect drop{panel.x, panel.y + 32.0F, panel.w, 168.0F};
  const ui::WidgetId id = id_of("drop-here");
  if (ui.pressed(id, drop)) context.emit("open-file");
  if (ui.gestures().hovered(id)) p.fill(drop, Ink(Role::Control, 0.6F), 16.0F);
  p.dashed_outline(drop, Role::Edge, 16.0F, 4.0F, 4.0F, 1.5F);
  p.icon(Icon::Folder, {drop.centre().x - 16.0F, drop.y + 26.0F, 32.0F, 32.0F}, Role::Text2, 1.6F);
  p.text_in({drop.x + 16.0F, drop.y + 70.0F, drop.w - 32.0F, 24.0F}, word(Word::app_canvas_drop_files),
            text::kStrong.aligned(Align::Centre));
  p.paragraph({drop.x + 24.0F, drop.y + 98.0F}, drop.w - 48.0F, word(Word::app_canvas_drop_kinds),
              kSmallDim.aligned(Align::Centre), 3);

  const std::string_view kept = word(Word::app_library_kept_hint);
  const float height = 72.0F + p.paragraph_height(panel.w - 40.0F, kept, text::kSmall);
  const Rect card{panel.x, drop.bottom() + 24.0F, panel.w, height};
  ui::card(ui, card);
  p.text({card.x + 20.0F, card.y + 20.0F}, word(Word::app_canvas_device_only), text::kStrong);
  p.paragraph({card.x + 20.0F, card.y + 48.0F}, card.w - 40.0F, kept, text::kSmall);
  help_link(context, {panel.x + 4.0F, card.bottom() + 8.0F, panel.w - 8.0F, 56.0F});
}

void on_desktop(const Context& context, Rect rect) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const Rect head = rect.take_top(88.0F);
  p.text_in({head.x + 32.0F, head.y, 400.0F, head.h}, word(Word::app_library_title), text::kDisplay);
  const ui::ButtonLook open{ButtonKind::Primary, Icon::Folder};
  const ui::ButtonLook example{ButtonKind::Plain, Icon::Play};
  float right = head.right() - 24.0F;
  float width = ui::button_width(ui, word(Word::app_common_open_file), open);
  right -= width;
  if (ui::button(ui, id_of("library-open"), {right, head.y + 20.0F, width, 48.0F}, word(Word::app_common_open_file), open))
    context.emit("open-file");
  width = ui::button_width(ui, word(Word::app_common_open_example), example);
  right -= width + 12.0F;
  if (ui::button(ui, id_of("library-example"), {right, head.y + 20.0F, width, 48.0F}, word(Word::app_common_open_example), example))
    context.emit("open-example");

  const bool roomy = rect.w >= 1100.0F;
  if (roomy) side_panel(context, [&] {
    Rect side = rect.take_right(304.0F);
    side.w = 280.0F;
    return side;
  }());
  const Rect list{rect.x + 32.0F, rect.y, rect.w - 32.0F - 24.0F, rect.h};
  const Columns at = columns_of(list);
  // What was found unfinished stands above the table, not in it.
  rect.take_top(offers(context, {list.x - 16.0F, list.y, std::min(560.0F, list.w), list.h}, rect.y) - rect.y);
  column_heads(context, list, at, rect.y);
  rect.take_top(36.0F);
  ui::ScrollArea scroll(ui, id_of("library"), {rect.x, rect.y, rect.w, rect.h});
  float y = scroll.top();
  const std::vector<const Entry*> entries = listed(context);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i > 1) separator(ui, list.x, list.right(), y);
    desktop_row(context, {list.x, y, list.w, 84.0F}, at, *entries[i], i == 0);
    y += 85.0F;
  }
  if (!roomy) {
    help_link(context, {list.x, y + 16.0F, std::min(360.0F, list.w), 56.0F});
    y += 80.0F;
  }
  scroll.content_end(y + 24.0F);
}

}  // namespace

void draw_library(const Context& context, const Rect& rect) {
  if (context.workspace.entries().empty()) return draw_first_visit(context, rect);
  if (context.ui.wide()) {
    on_desktop(context, rect);
  } else {
    on_phone(context, rect);
  }
}

void draw_library_menu(const Context& context) {
  if (!context.workspace.entries().empty()) menu(context);
}

}  // namespace klono::app::screens
