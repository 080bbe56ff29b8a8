#include "detection/matched/jerk_energies.hpp"

#include <algorithm>
#include <utility>

#include "dsp/fir.hpp"

namespace klono::detection {

JerkEnergies::JerkEnergies(std::shared_ptr<const std::vector<Form>> forms, std::int64_t stride, const StageSettings& stages)
    : forms_(std::move(forms)), stride_(stride), needed_(JerkBlock::kOutputs + static_cast<std::size_t>(reach(*forms_))), whitener_(stages) {
  for (auto& axis : outputs_) axis.assign(kPast, 0.0F);
}

std::int64_t JerkEnergies::reach(const std::vector<Form>& forms) {
  std::size_t longest = 0;
  for (const Form& form : forms) longest = std::max(longest, form.samples.size());
  return static_cast<std::int64_t>(longest + kPast - 1);
}

void JerkEnergies::push(const std::array<std::span<const float>, 3>& movement, std::vector<JerkBlock>& blocks) {
  const auto stride = static_cast<std::size_t>(stride_);
  const auto first = static_cast<std::size_t>(skip_);
  const std::size_t size = movement[0].size();
  const std::size_t count = first < size ? (size - first + stride - 1) / stride : 0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::size_t before = outputs_[axis].size();
    outputs_[axis].resize(before + count);
    for (std::size_t i = 0; i < count; ++i) outputs_[axis][before + i] = movement[axis][first + i * stride];
  }
  skip_ = static_cast<std::int64_t>(first + count * stride - size);
  while (outputs_[0].size() >= next_ + kPast + needed_) {
    make_block(blocks.emplace_back());
    forget();
  }
}

Whitening::Axes JerkEnergies::part_of(const Room& room, std::size_t begin, std::size_t count) {
  return {std::span(room[0]).subspan(begin, count), std::span(room[1]).subspan(begin, count), std::span(room[2]).subspan(begin, count)};
}

void JerkEnergies::make_block(JerkBlock& block) {
  whiten_until(next_ + JerkBlock::kOutputs);
  whitener_.learn(part_of(outputs_, next_, kPast + JerkBlock::kOutputs), part_of(white_, next_, JerkBlock::kOutputs));
  if (solved_ != whitener_.solved()) {
    whiten_forms();
    for (auto& axis : white_) axis.resize(next_);  // what was whitened as foretold before
  }
  whiten_until(next_ + needed_);
  block.whitening = whitener_.now();
  block.middle_gain = middle_gain_;
  std::array<std::array<float, JerkBlock::kOutputs>, 3> out;
  std::array<float, JerkBlock::kOutputs> energy;
  std::array<float, JerkBlock::kOutputs> best;   // as wide as energies, so that both are compared side by side
  std::array<std::int32_t, JerkBlock::kOutputs> form_of_best{};
  best.fill(-1.0F);
  for (std::size_t k = 0; k < white_forms_.size(); ++k) {
    const std::vector<float>& form = white_forms_[k];
    const Whitening::Axes under = part_of(white_, next_, JerkBlock::kOutputs + form.size() - 1);
    for (std::size_t axis = 0; axis < 3; ++axis) dsp::convolve(under[axis], form, out[axis]);
    block.whitening.energy({out[0], out[1], out[2]}, energy);
    const auto number = static_cast<std::int32_t>(k);
    for (std::size_t i = 0; i < JerkBlock::kOutputs; ++i) {
      form_of_best[i] = energy[i] > best[i] ? number : form_of_best[i];
      best[i] = energy[i] > best[i] ? energy[i] : best[i];
    }
  }
  block.energy = best;
  std::ranges::transform(form_of_best, block.form.begin(), [](std::int32_t form) { return static_cast<std::uint8_t>(form); });
  next_ += JerkBlock::kOutputs;
}

void JerkEnergies::whiten_until(std::size_t end) {
  const std::size_t begin = white_[0].size();
  if (begin >= end) return;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    white_[axis].resize(end);
    whitener_.now().run(std::span<const float>(outputs_[axis]).subspan(begin, kPast + end - begin), std::span(white_[axis]).subspan(begin));
  }
}

void JerkEnergies::whiten_forms() {
  solved_ = whitener_.solved();
  white_forms_.clear();
  for (const Form& form : *forms_) white_forms_.push_back(whitener_.now().form_of(form.samples));
  middle_gain_ = whitener_.now().gain_of((*forms_)[1].samples);
}

void JerkEnergies::forget() {
  if (next_ < 1024) return;
  for (Room* room : {&outputs_, &white_})
    for (auto& axis : *room) axis.erase(axis.begin(), axis.begin() + static_cast<std::ptrdiff_t>(next_));
  next_ = 0;
}

}  // namespace klono::detection
