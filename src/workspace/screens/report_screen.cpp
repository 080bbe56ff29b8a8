#include <utility>

#include "view/placement_words.hpp"
#include "workspace/screens.hpp"

namespace klono::workspace {

Section export_section(bool enabled) {
  Section section;
  section.heading = text(Word::app_review_save_heading);
  section.actions = {action("save summary", text(Word::app_review_save_summary), enabled),
                     action("share summary", text(Word::app_review_share_summary), enabled),
                     action("save table", text(Word::app_review_save_table), enabled),
                     action("share table", text(Word::app_review_share_table), enabled),
                     action("save analysis", text(Word::app_review_save_analysis), enabled),
                     action("share analysis", text(Word::app_review_share_analysis), enabled)};
  return section;
}

std::vector<Section> report_sections(const Workspace& workspace) {
  const Entry* entry = workspace.current();
  Section lead;
  lead.paragraphs = {text(Word::app_report_lead)};
  if (!entry || entry->state != EntryState::Ready) {
    lead.paragraphs.push_back(text(Word::app_report_no_recording));
    lead.actions = {action("go library", text(Word::app_nav_library))};
    return {std::move(lead)};
  }
  lead.paragraphs.push_back(fill(Word::app_report_for_recording, {{"title", entry->title}}));
  if (entry->has_movement())
    lead.paragraphs.push_back(fill(Word::app_report_decisions, {{"rejected", std::to_string(entry->summary.rejected)},
                                                                {"confirmed", std::to_string(entry->summary.confirmed)},
                                                                {"open", std::to_string(entry->to_review())}}));
  else
    lead.paragraphs.push_back(text(Word::emg_report_no_decisions));
  lead.paragraphs.push_back(text(Word::app_report_check));
  Section where;
  where.heading = text(Word::app_report_where);
  const std::optional<history::Placement> worn = entry->context().placement;
  where.paragraphs = {worn ? view::placement_words(*worn) : text(Word::app_report_where_unknown)};
  where.actions = {action("worn none", text(Word::app_report_where_unknown), true, !worn)};
  for (const history::Placement& place : history::all_placements())
    where.actions.push_back(action("worn " + history::id_of(place), view::placement_words(place), true, worn == place));
  Section contents;
  contents.heading = text(Word::app_report_contents);
  for (const Word id :
       {Word::app_report_contents_summary, Word::app_report_table_about, Word::app_report_analysis_about})
    contents.paragraphs.push_back(text(id));
  Section help;
  help.actions = {action("go review", text(Word::app_nav_review)), action("go help", text(Word::app_common_help_link))};
  std::vector<Section> sections{std::move(lead)};
  if (entry->data.emg) sections.push_back({text(Word::emg_report_per_channel), entry->muscle_lines, {}, {}});
  for (Section& section : std::vector<Section>{std::move(where), export_section(true), std::move(contents), std::move(help)})
    sections.push_back(std::move(section));
  return sections;
}

}  // namespace klono::workspace
