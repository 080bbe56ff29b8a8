#pragma once
/// Numbers in text, whatever the locale of the one who wrote them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace klono::formats {

std::string_view trimmed(std::string_view text);
std::string lower_case(std::string_view text);
bool contains(std::string_view text, std::string_view part);
bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> starts);

/// Parses a whole field: "1.5", ".5", "5.", "+2", "1E+05", "0,123" with `decimal_comma`,
/// a typographic minus, "nan", "inf", "-∞". Empty fields and "NaN" give NaN. Anything else:
/// nullopt. Surrounding spaces and no-break spaces are ignored.
std::optional<double> parse_number(std::string_view field, bool decimal_comma);

/// Parses a whole field of digits (19 at most) without loss; nullopt for anything else.
std::optional<std::int64_t> parse_integer(std::string_view field);

/// True where the field reads as a number, NaN and infinities included, empty excluded.
bool is_numeric(std::string_view field, bool decimal_comma);

/// Shortest text that reads back to the same value.
std::string number_text(double value);

}  // namespace klono::formats
