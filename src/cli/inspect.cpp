#include "base/words.hpp"
#include "cli/commands.hpp"
#include "cli/inputs.hpp"
#include "formats/reader.hpp"
#include "formats/table_summary.hpp"

namespace klono::cli {

Result<Outcome> run_inspect(const std::vector<std::string>& words) {
  OptionList known = reading_options();
  known.insert({"--json", false});
  KLONO_TRY(const Arguments arguments, Arguments::parse("inspect", words, known));
  if (arguments.files().size() != 1) return Error{ErrorCode::BadSetting, fill(Word::cli_usage_one_file, {{"command", "inspect"}})};
  KLONO_TRY(const Choices choices, choices_from(arguments));
  KLONO_TRY(const formats::RawTable table, read_table_at(arguments.files().front(), choices.reading));
  return Outcome{arguments.has("--json") ? formats::inspect_json(table, choices.reading) + "\n"
                                         : formats::inspect_text(table, choices.reading), ""};
}

std::string formats_text() {
  std::string text;
  for (const formats::FormatInfo& format : formats::format_catalogue()) {
    text += std::string(format.name) + "\n    " + std::string(format.recognised_by) + "\n";
    if (!format.notes.empty()) text += "    " + std::string(format.notes) + "\n";
  }
  return text;
}

}  // namespace klono::cli
