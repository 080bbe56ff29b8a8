#include "view/plain_words.hpp"
#include "view/rest_words.hpp"
#include "workspace/screens.hpp"

namespace klono::workspace {

Section sleep_section(const Entry& entry) {
  const WallClock& start = entry.data.info.start;
  const std::string middle = view::clock_words(start, entry.middle_s(), true);
  Section section;
  section.heading = text(Word::sleep_own_heading);
  section.paragraphs = {fill(Word::sleep_own_at, {{"time", middle}}), text(entry.sleep_marks.empty() ? Word::sleep_own_none : Word::sleep_own_kept)};
  for (const SleepMoment moment : {SleepMoment::LayDown, SleepMoment::FellAsleep, SleepMoment::WokeUp})
    section.actions.push_back(action("mark-sleep " + std::string(name_of(moment)),
                                     fill(Word::sleep_own_set_n, {{"what", view::sleep_moment_words(moment)}, {"time", middle}})));
  if (entry.marking_sleep) section.actions.push_back(action("sleep-times close", text(Word::sleep_own_close)));
  if (entry.sleep_marks.empty()) return section;
  Table table;
  table.caption = text(Word::sleep_own_caption);
  table.columns = {text(Word::sleep_own_column_what), text(Word::sleep_own_column_time)};
  for (std::size_t i = 0; i < entry.sleep_marks.size(); ++i) {
    const SleepMark& mark = entry.sleep_marks[i];
    const std::string what = view::sleep_moment_words(mark.moment);
    const std::string time = view::clock_words(start, mark.at_s, true);
    const std::string number = std::to_string(i + 1);
    table.rows.push_back({number, {what, time}, {action("unmark-sleep " + number, fill(Word::sleep_own_remove_n, {{"what", what}, {"time", time}}))}, false});
  }
  section.tables.push_back(std::move(table));
  return section;
}

}  // namespace klono::workspace
