#include "base/units.hpp"

double use(klono::Gravities level) { return level.value; }
#ifdef RIGHT
double result = use(klono::Gravities(0.02));
#else
double result = use(0.02);
#endif
