#pragma once
/// What every screen is given, and the pieces several of them share.

#include <string>
#include <string_view>
#include <vector>

#include "app/ui/widgets.hpp"
#include "workspace/screens.hpp"
#include "workspace/workspace.hpp"

namespace klono::app::screens {

/// Commands are collected while drawing and carried out after it, so that nothing a screen holds goes away under it.
struct Context {
  ui::Ui& ui;
  const workspace::Workspace& workspace;
  bool can_share = false;
  bool dropping = false;  ///< files hover over the window
  std::vector<std::string>& commands;

  void emit(std::string command) const { commands.push_back(std::move(command)); }
};

/// "open-recording 12".
std::string command_for(std::string_view verb, const workspace::Entry& entry);

/// Head of a screen: on a phone 56 high under the safe inset, on a wide window 88. Returns the rest.
/// `back` draws the arrow on a phone; sets *went_back.
ui::Rect titled(const Context& context, const ui::Rect& rect, std::string_view title, bool back = false,
                bool* went_back = nullptr);

/// The column that holds running text: phone margins, at most `width` on a wide window.
ui::Rect text_column(const Context& context, const ui::Rect& rect, float width);

/// "21 Oct 2026, 22:48 to 06:31", else format and length.
std::string when_of(const workspace::Entry& entry);

/// "412 MB": one wording for canvas and mirror.
using workspace::size_words;

/// The number alone: "4.6" of "4.6 per hour".
std::string figure_of(const patterns::Rate& rate);

/// Share that is read, 0..1; for the example what is analysed is not known before, so -1.
double reading_share(const workspace::Entry& entry);

/// "When to get help at once" with its arrow; goes to Help.
void help_link(const Context& context, const ui::Rect& rect);

/// One honest page for what is not built yet: what it will hold, what serves today, the way on.
struct EmptyPage {
  std::string_view title;
  std::string_view holds;
  std::string_view today;
  ui::Icon icon = ui::Icon::File;
};
void empty_page(const Context& context, const ui::Rect& rect, const EmptyPage& page);

}  // namespace klono::app::screens
