#pragma once

namespace klono::bench {

/// Exact upper limit of a Poisson mean after `count` events (Garwood 1936, Biometrika 28:437):
/// the mean at which `count` or fewer has probability 1 - confidence. One-sided.
double poisson_upper(int count, double confidence = 0.95);

}  // namespace klono::bench
