// Exports that hold a value for each epoch (counts, steps, milligravities) and not the movement itself.

#include <algorithm>

#include "base/words.hpp"
#include "formats/number_text.hpp"
#include "formats/text_dialect.hpp"

namespace klono::formats {
namespace {

constexpr std::size_t kBannerLines = 60;

Error summary_of_any() {
  return {ErrorCode::RefusedFormat, std::string(word(Word::apps_summary_any)), std::string(word(Word::apps_summary_advice))};
}

}  // namespace

Recognised recognise_summary(const TextHead& head) {
  if (head.lines.empty()) return std::nullopt;
  // UK Biobank: one line tells start, end and the length of an epoch, then milligravities.
  const std::string& first = head.lines.front();
  if (first.starts_with("acceleration (mg) -")) {
    const std::size_t mark = first.find("sampleRate = ");
    if (mark == std::string::npos) return Result<TextDialect>(summary_of_any());
    const std::string epoch = first.substr(mark + 13, first.find(',', mark) - mark - 13);
    return Result<TextDialect>(Error{ErrorCode::RefusedFormat, fill(Word::apps_summary, {{"epoch", epoch}}), std::string(word(Word::apps_summary_advice))});
  }
  // Actical and Actiware (Actiwatch) begin with pages about the person and the device, in the language of the owner.
  for (std::size_t i = 0; i < std::min(head.lines.size(), kBannerLines); ++i) {
    const std::string line = lower_case(head.lines[i]);
    if (starts_with_any(line, {"actical ", "\"actical ", "actiware", "\"actiware"}) || contains(line, "type actiwatch") || contains(line, "actiwatch type"))
      return Result<TextDialect>(summary_of_any());
  }
  return std::nullopt;
}

std::optional<Error> summary_by_names(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    const std::string lower = lower_case(trimmed(name));
    for (const char* known : {"counts", "activity", "activity counts", "activity count", "axis1", "axis2", "axis3", "enmo", "steps", "mets", "met", "vector magnitude", "vectormagnitude", "epoch#", "average_met",
                              "sleep/wake", "activeenergyexpenditure"})
      if (lower == known) return summary_of_any();
  }
  return std::nullopt;
}

}  // namespace klono::formats
