// Empatica E4: line 1 the start in Unix seconds, line 2 the rate, then integers in 1/64 g.

#include "base/words.hpp"
#include "formats/number_text.hpp"
#include "formats/text_dialect.hpp"

namespace klono::formats {
namespace {

constexpr double kStep_g = 1.0 / 64.0;
constexpr double kRange_g = 2.0;

bool all_equal(const std::vector<std::string_view>& fields) {
  for (const std::string_view field : fields)
    if (trimmed(field) != trimmed(fields.front())) return false;
  return !fields.empty();
}

}  // namespace

Recognised recognise_empatica(const TextHead& head, const ReadOptions& options) {
  if (head.lines.size() < 3 || !options.columns.empty()) return std::nullopt;
  std::vector<std::string_view> first;
  std::vector<std::string_view> second;
  split_fields(head.lines[0], ',', first);
  split_fields(head.lines[1], ',', second);
  if (first.size() != second.size() || !all_equal(first) || !all_equal(second)) return std::nullopt;
  const std::optional<double> start = parse_number(first[0], false);
  const std::optional<double> rate = parse_number(second[0], false);
  if (!start || !rate || !(*start > 1.2e9 && *start < 4.1e9) || !(*rate >= 0.5 && *rate <= 512.0)) return std::nullopt;
  if (first.size() == 1)
    return Result<TextDialect>(Error{ErrorCode::NoAcceleration, std::string(word(Word::formats_empatica_other)),
                                     std::string(word(Word::formats_empatica_other_advice))});
  if (first.size() != 3) return std::nullopt;
  TextDialect dialect;
  dialect.format = word(Word::formats_name_empatica);
  dialect.first_data_line = 3;
  dialect.nominal_rate_hz = *rate;
  dialect.start.basis = ClockBasis::Utc;
  dialect.start.unix_ns = static_cast<std::int64_t>(*start * 1e6) * 1000;
  dialect.unit_basis = UnitBasis::Written;
  dialect.range_g = kRange_g;
  for (std::size_t k = 0; k < 3; ++k) {
    ColumnPlan plan;
    plan.index = k;
    plan.name = std::to_string(k);
    plan.role = acceleration_role(static_cast<int>(k));
    plan.unit = "g";
    plan.unit_in_file = "1/64 g";
    plan.factor = kStep_g;
    dialect.columns.push_back(std::move(plan));
  }
  return Result<TextDialect>(std::move(dialect));
}

}  // namespace klono::formats
