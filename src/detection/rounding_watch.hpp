#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>

namespace klono::detection {

/// How coarsely a sensor rounds, from the readings themselves. Where rounding exceeds the noise, readings repeat, and
/// what is held for three readings or more differs from what was held before by whole steps; where an axis lies in the
/// middle of a step it only flickers, to a neighbouring step and back. Readings that were
/// interpolated to even times keep both properties, while the smallest difference of neighbours loses them. Looks
/// at the past only: about 20 s of repeats, and the last 32 of each while readings repeated; what was seen at rest
/// holds through movement.
class RoundingWatch {
 public:
  /// Differences up to `least` are arithmetic, not the sensor's.
  explicit RoundingWatch(float least) : least_(least) {}

  /// The next reading does not follow on the one before. What was learned stays.
  void interrupt();
  void look(const std::array<float, 3>& reading, double rate_hz);

  /// At present readings repeat so often that rounding, not noise, decides what is seen.
  bool repeats() const { return repeated_ >= kRepeats; }
  /// Nothing has ever changed but by movement, for a second and more.
  bool flat() const { return changes_.empty() && flickers_.empty() && seen_ >= flat_after_ && repeated_ >= kAllRepeat; }
  /// The usual smallest change between held readings, or flicker; 0 where they never repeated or never changed.
  float step() const;

 private:
  static constexpr double kRepeats = 0.25;     // noise of up to about the step still repeats as often (chosen)
  static constexpr double kAllRepeat = 0.9;    // 2 s of movement in 20
  static constexpr double kMemory_s = 20.0;
  static constexpr int kHeldFor = 3;
  static constexpr int kFlickerAtMost = 4;      // readings, of one that was interpolated
  static constexpr std::size_t kChanges = 32;

  struct Axis {
    float value = 0.0F;
    int run = 0;             // readings in a row that were equal
    float held = 0.0F;
    bool has_held = false;
    int away = 0;            // readings since that differed from it
    float farthest = 0.0F;   // and by how much at most
  };
  static void note(std::deque<float>& list, float change);

  float least_;
  std::array<Axis, 3> axes_;
  double repeated_ = 0.0;    // share of neighbours that are equal
  std::int64_t seen_ = 0;
  std::int64_t flat_after_ = 1;
  std::deque<float> changes_;
  std::deque<float> flickers_;
};

}  // namespace klono::detection
