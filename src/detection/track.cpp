#include "detection/track.hpp"

namespace klono::detection {
namespace {

template <class Value>
void append_part(const std::vector<Value>& from, std::size_t begin, std::size_t count, std::vector<Value>& to) {
  if (from.empty()) return;  // a sensor that is not there
  const auto first = from.begin() + static_cast<std::ptrdiff_t>(begin);
  to.insert(to.end(), first, first + static_cast<std::ptrdiff_t>(count));
}

void append_motion(const Motion& from, std::size_t begin, std::size_t count, Motion& to) {
  for (std::size_t axis = 0; axis < 3; ++axis) append_part(from.axes[axis], begin, count, to.axes[axis]);
  append_part(from.magnitude, begin, count, to.magnitude);
}

void clear_motion(Motion& motion) {
  for (auto& axis : motion.axes) axis.clear();
  motion.magnitude.clear();
}

}  // namespace

void Frames::clear() {
  for (auto& axis : recorded) axis.clear();
  clear_motion(movement);
  clear_motion(swing);
  swing_known.clear();
}

void Frames::append(const Frames& other, std::size_t begin, std::size_t count) {
  for (std::size_t axis = 0; axis < 3; ++axis) append_part(other.recorded[axis], begin, count, recorded[axis]);
  append_motion(other.movement, begin, count, movement);
  append_motion(other.swing, begin, count, swing);
  append_part(other.swing_known, begin, count, swing_known);
}

}  // namespace klono::detection
