#include "workspace/screens.hpp"

namespace klono::workspace {
namespace {

/// Fixed text: always the same, never a function of any result.
Section help_at_once() {
  Section section{.heading = text(Word::app_help_at_once), .paragraphs = {}, .actions = {}, .tables = {}};
  for (const Word id :
       {Word::app_help_at_once_lead, Word::app_help_at_once_call, Word::app_help_flag_mind, Word::app_help_flag_fever,
        Word::app_help_flag_medicine, Word::app_help_flag_seizure, Word::app_help_flag_sudden,
        Word::app_help_flag_injury, Word::app_help_flag_fall, Word::app_help_flag_eyes, Word::app_help_at_once_prompt,
        Word::app_help_at_once_medicine, Word::app_help_at_once_many})
    section.paragraphs.push_back(text(id));
  return section;
}

Section paragraphs(Word heading, std::initializer_list<Word> words) {
  Section section;
  section.heading = text(heading);
  for (const Word id : words) section.paragraphs.push_back(text(id));
  return section;
}

Section keys() {
  Section section;
  section.heading = text(Word::app_help_keys);
  Table table;
  table.caption = text(Word::app_help_keys_caption);
  table.columns = {text(Word::app_help_column_key), text(Word::app_help_column_does)};
  const auto row = [&](Word key, Word does) { table.rows.push_back({text(key), {text(key), text(does)}, {}, false}); };
  row(Word::app_help_key_arrows, Word::app_help_key_arrows_does);
  row(Word::app_help_key_c, Word::app_help_key_c_does);
  row(Word::app_help_key_n, Word::app_help_key_n_does);
  row(Word::app_help_key_z, Word::app_help_key_z_does);
  row(Word::app_help_key_y, Word::app_help_key_y_does);
  row(Word::app_help_key_zoom, Word::app_help_key_zoom_does);
  row(Word::app_help_key_fit, Word::app_help_key_fit_does);
  row(Word::app_help_key_film, Word::app_help_key_film_does);
  row(Word::app_help_key_open, Word::app_help_key_open_does);
  section.tables.push_back(std::move(table));
  return section;
}

}  // namespace

std::vector<Section> help_sections() {
  return {
      help_at_once(),
      paragraphs(Word::app_help_how, {Word::app_help_how_open, Word::app_help_how_review, Word::app_help_how_share}),
      paragraphs(Word::app_help_what_read, {Word::app_help_what_read_lead, Word::app_help_what_read_not}),
      paragraphs(Word::app_help_words,
                 {Word::app_help_word_event, Word::app_help_word_rate, Word::app_help_word_interval,
                  Word::app_help_word_size, Word::app_help_word_series, Word::app_help_word_confidence}),
      keys(),
      paragraphs(Word::app_help_limits, {Word::app_settings_use_not_for, Word::app_settings_use_limits})};
}

}  // namespace klono::workspace
