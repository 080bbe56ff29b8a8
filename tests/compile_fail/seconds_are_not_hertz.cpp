#include "base/units.hpp"

klono::Seconds window() {
#ifdef RIGHT
  return klono::Seconds(2.0);
#else
  return klono::Hertz(2.0);
#endif
}
