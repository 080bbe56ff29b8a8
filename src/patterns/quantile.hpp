#pragma once

#include <vector>

namespace klono::patterns {

/// Linear between order statistics (type 7 of Hyndman and Fan 1996, the default of R); what is no number is left out;
/// NaN of nothing.
double quantile(std::vector<double> values, double p);

}  // namespace klono::patterns
