#pragma once
/// Exact two-sided 95 % intervals of counts.

namespace klono::bench {

struct Interval {
  double low = 0.0;
  double high = 0.0;
};

/// Of a share, `part` of `whole` (Clopper and Pearson 1934, Biometrika 26:404). 0 to 1 where there is nothing.
Interval binomial_interval(int part, int whole);

/// Of a Poisson mean after `count` events (Garwood 1936).
Interval poisson_interval(int count);

}  // namespace klono::bench
