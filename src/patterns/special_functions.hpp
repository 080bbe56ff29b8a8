#pragma once
/// The distribution functions behind exact intervals. Total: arguments outside the stated range
/// give NaN, never an endless loop.

namespace klono::patterns {

/// Both tails of a distribution, each computed without subtracting from one where it is small.
struct Tails {
  double lower = 0.0;
  double upper = 1.0;
};

/// Regularised incomplete gamma functions P(shape, x) and Q(shape, x); shape > 0, x >= 0.
///
/// @source DLMF 8.11.4 (series, x < shape + 1) and 8.9.2 (continued fraction, else), the latter
///         evaluated by Lentz's method (DLMF 3.10(iii)).
/// @note   Relative error near 1e-13 for shapes up to a thousand, 1e-10 at a hundred thousand.
Tails gamma_tails(double shape, double x);

/// Regularised incomplete beta functions I_x(a, b) and 1 - I_x(a, b); a, b > 0, 0 <= x <= 1.
///
/// @source DLMF 8.17.22, evaluated by Lentz's method; 8.17.4 (symmetry) where it converges faster.
Tails beta_tails(double a, double b, double x);

}  // namespace klono::patterns
