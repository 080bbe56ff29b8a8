#include "signal/sample_reader.hpp"

#include <algorithm>
#include <cstddef>

namespace klono {

SampleReader::SampleReader(const Recording& recording, std::span<const Channel* const> channels) : recording_(&recording) {
  std::copy_n(channels.begin(), std::min(channels.size(), kMost), channels_.begin());
}

void SampleReader::read(std::int64_t begin, std::int64_t end) {
  const auto count = static_cast<std::size_t>(end - begin);
  if (!recording_->stored) {
    for (std::size_t k = 0; k < kMost; ++k)
      if (channels_[k] != nullptr) views_[k] = std::span<const float>(channels_[k]->samples).subspan(static_cast<std::size_t>(begin), count);
    return;
  }
  std::vector<std::span<float>> into(recording_->channels.size());
  for (std::size_t k = 0; k < kMost; ++k) {
    if (channels_[k] == nullptr) continue;
    if (rooms_[k].size() < count) rooms_[k].resize(count);
    const std::span<float> room = std::span(rooms_[k]).first(count);
    into[static_cast<std::size_t>(channels_[k] - recording_->channels.data())] = room;
    views_[k] = room;
  }
  recording_->stored->read(begin, into);
}

}  // namespace klono
