#pragma once
/// Units told by gravity (METHODS.md 1).

#include "formats/raw_table.hpp"

namespace klono::formats {

/// Median |a| over the stillest quarter of the table, in the columns' own values; NaN without axes.
double resting_magnitude(const RawTable& table);

/// What a resting level other than 1 g means for a recording in g: below 0.3 g gravity was taken away before; other levels are
/// told, and from 1.6 g on sizes mean nothing.
void judge_resting_level(double level_g, Recording& recording);

/// Gives acceleration columns of unknown unit a unit where the resting magnitude tells it: near 1 (g),
/// 9.8 (m/s^2), 1000 (mg). Near 0 without a stated unit, and codes, stay unknown. A written unit that gravity
/// contradicts is taken back: the values become those of the file again, and `unit_conflict` asks a person.
void settle_unit(RawTable& table);

}  // namespace klono::formats
