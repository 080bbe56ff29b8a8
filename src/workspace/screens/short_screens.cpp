#include "workspace/screens.hpp"

namespace klono::workspace {
namespace {

Section today(Word holds, Word now, std::vector<Action> actions) {
  Section section;
  section.paragraphs = {text(holds), text(now)};
  section.actions = std::move(actions);
  return section;
}

}  // namespace

std::vector<Section> history_sections() {
  return {
      today(Word::app_history_holds, Word::app_history_today,
            {action("go report", text(Word::app_nav_report)), action("go help", text(Word::app_common_help_link))})};
}

}  // namespace klono::workspace
