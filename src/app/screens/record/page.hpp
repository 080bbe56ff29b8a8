#pragma once
/// Pieces that the steps of recording share: the column, the head with its bar, the foot, holding, the ring of time.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/screens/context.hpp"

namespace klono::app::screens {

inline constexpr float kColumn = 560.0F;  // chosen: longer lines of text tire
inline constexpr float kCardPad = 16.0F;

/// A phone on its side: the picture stands beside the words instead of above them.
bool lies_flat(const ui::Rect& rect);

/// The column of a step, in the middle of a wide window.
ui::Rect step_column(const Context& context, const ui::Rect& rect, float width = kColumn);

/// Free space below the last control: the safe inset where the page reaches the window's end.
float foot_space(const Context& context, const ui::Rect& rect);

/// Back arrow, title, note, "1 of 3" and the bar of three. Takes its height off `rect`.
struct StepHead {
  std::string_view title;
  std::string_view note = {};
  int step = 1;
  std::string_view back_command = "record back";
};
void step_head(const Context& context, ui::Rect& rect, const StepHead& head);

/// Chips in rows, so far apart that each can be hit. Returns the tapped one, or -1.
struct ChipText {
  std::string label;
  bool on = false;
};
int chips(ui::Ui& ui, ui::WidgetId id, const ui::Rect& room, std::span<const ChipText> labels);
float chips_height(ui::Ui& ui, float width, std::span<const ChipText> labels);

/// Outlined; fills from the left while held and is true once when full. Released early it goes back.
struct HoldLook {
  ui::Ink label = ui::Role::Text;
  ui::Ink filling = ui::Ink(ui::Role::Accent, 0.24F);
  bool enabled = true;
};
bool hold_button(ui::Ui& ui, ui::WidgetId id, const ui::Rect& rect, std::string_view label, const HoldLook& look = {});

/// Outlined square with an icon and no label.
bool square_button(ui::Ui& ui, ui::WidgetId id, const ui::Rect& rect, ui::Icon icon, ui::Ink ink = ui::Role::Text,
                   bool enabled = true);

/// A full turn in `control`, the share in accent with round ends.
void time_ring(ui::Painter& painter, ui::Point middle, float diameter, float width, double share,
               ui::Ink ink = ui::Role::Accent);

/// A card of one icon and a few lines, with something to do where `action` is not empty; returns whether it was done.
struct NoteCard {
  std::string text;
  std::string_view action = {};
  ui::Icon icon = ui::Icon::Info;
};
float note_card_height(ui::Ui& ui, float width, const NoteCard& note);
bool note_card(ui::Ui& ui, ui::WidgetId id, const ui::Rect& rect, const NoteCard& note);

/// What is wrong with the recording under way, one card each; returns the lower edge, space below included.
float troubles(const Context& context, const ui::Rect& column, float y);

/// Stacked from the foot upwards on a phone, side by side where there is room; emits what is tapped.
struct FootAction {
  std::string_view label;
  std::string command;
  ui::ButtonKind kind = ui::ButtonKind::Primary;
  std::optional<ui::Icon> icon = std::nullopt;
  bool enabled = true;
};
float foot_height(std::span<const FootAction> actions);
void foot_actions(const Context& context, ui::WidgetId id, const ui::Rect& rect, std::span<const FootAction> actions);

/// Large quiet icon, a title and a paragraph: for pages that have nothing to show but words. Returns the lower edge.
struct Statement {
  ui::Icon icon = ui::Icon::Phone;
  std::string_view title;
  std::string_view text;
  std::string_view small = {};
};
float statement(const Context& context, const ui::Rect& column, float y, const Statement& says);

}  // namespace klono::app::screens
