#pragma once
/// From time stamps that wander to samples that are evenly spaced.

#include <cstdint>
#include <span>
#include <vector>

namespace klono::formats {

/// The straight line through the stamps of one contiguous run.
struct EvenLine {
  double start_s = 0.0;  ///< time of the first sample by the line
  double step_s = 0.0;   ///< > 0
  bool uneven = false;   ///< the readings must be moved to lie on the line
  bool jittery = false;  ///< the stamps also disagree with their own neighbours: readings are missing or late
};

/// Least squares through `times_s` (not empty, ascending). `usual_step_s` stands in where one stamp or equal stamps
/// tell no step. Readings are left where they are while each lies within half a sample of the line, or while
/// neighbours are even and the clock wanders by less than 0.1 s in all (both chosen: well below the length of a
/// twitch); moving them would only blur them.
EvenLine fit_even(std::span<const double> times_s, double usual_step_s);

/// For each evenly spaced time the place among the readings it belongs to, as an index with fraction in
/// [0, count - 1]. Wandering but even stamps are smoothed over a second first, so that rounding of the stamps does
/// not shake the readings.
std::vector<double> even_places(std::span<const double> times_s, const EvenLine& line);

/// Readings at fractional indices: windowed sinc of eight points (Lanczos, a = 4), flat to a third of the rate; the
/// nearest reading where a neighbour is not a number. `values` and `places` may have different lengths.
void read_at_places(std::span<const float> values, std::span<const double> places, std::span<float> out);

/// Both at once for the readings of one run, in their own memory and that of one copy.
void move_to_even_times(std::span<const double> times_s, const EvenLine& line, std::span<float> values);

}  // namespace klono::formats
