#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "detection/matched/limb_model.hpp"
#include "detection/matched/whitener.hpp"

namespace klono::detection {

/// What the matched filters make of one block, before it is held against what the recording does by itself.
struct JerkBlock {
  static constexpr std::size_t kOutputs = 32;  ///< 0.64 s
  std::array<float, kOutputs> energy{};        ///< the largest that one form explains
  std::array<std::uint8_t, kOutputs> form{};   ///< which one
  Whitening whitening;                         ///< by which it was made
  double middle_gain = 1.0;                    ///< root of the energy that whitening leaves of the middle form
};

/// Energies of the forms on all three axes at once, block after block, from the movement of one segment. Depends on the frames
/// alone, not on how they arrived.
class JerkEnergies {
 public:
  /// `forms` at one output every `stride` frames.
  JerkEnergies(std::shared_ptr<const std::vector<Form>> forms, std::int64_t stride, const StageSettings& stages = {});

  /// The next frames of three axes. Appends the blocks that are complete with them.
  void push(const std::array<std::span<const float>, 3>& movement, std::vector<JerkBlock>& blocks);

  /// Outputs after the first of a block that it is made from.
  static std::int64_t reach(const std::vector<Form>& forms);

 private:
  static constexpr std::size_t kPast = Whitener::kOrder;
  using Room = std::array<std::vector<float>, 3>;

  void make_block(JerkBlock& block);
  /// Whitens up to `end`, as a place in `white_`.
  void whiten_until(std::size_t end);
  void whiten_forms();
  void forget();
  static Whitening::Axes part_of(const Room& room, std::size_t begin, std::size_t count);

  std::shared_ptr<const std::vector<Form>> forms_;
  std::int64_t stride_;
  std::size_t needed_;              // outputs that a block is made from
  std::int64_t skip_ = 0;           // frames until the next output
  Whitener whitener_;
  std::int64_t solved_ = -1;        // of the whitener, when the forms were whitened
  std::vector<std::vector<float>> white_forms_;
  double middle_gain_ = 1.0;
  Room outputs_;                    // every stride-th frame; before the segment nothing moved
  Room white_;                      // white_[.][i] is made from outputs_[.][i .. i + kPast]
  std::size_t next_ = 0;            // place in white_ where the next block begins
};

}  // namespace klono::detection
