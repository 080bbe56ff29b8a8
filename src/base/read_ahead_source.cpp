#include "base/read_ahead_source.hpp"

#include <algorithm>
#include <utility>

namespace klono {
namespace {

constexpr std::size_t kFirstPart = 128;  // of what is read ahead, after a jump (chosen: a look at one place is no journey)

}  // namespace

ReadAheadSource::ReadAheadSource(std::shared_ptr<const ByteSource> source, std::size_t ahead) : source_(std::move(source)), ahead_(ahead) {}

Result<std::size_t> ReadAheadSource::read_at(std::int64_t offset, std::span<std::byte> into) const {
  if (offset < 0 || offset >= size() || into.empty() || into.size() >= ahead_) return source_->read_at(offset, into);
  const auto wanted = static_cast<std::int64_t>(std::min<std::uint64_t>(into.size(), static_cast<std::uint64_t>(size() - offset)));
  if (const std::int64_t held_to = held_from_ + static_cast<std::int64_t>(held_.size()); offset < held_from_ || offset + wanted > held_to)
    KLONO_CHECK(fill(offset, static_cast<std::size_t>(wanted)));
  const auto at = static_cast<std::size_t>(offset - held_from_);
  const std::size_t count = std::min(static_cast<std::size_t>(wanted), held_.size() - std::min(at, held_.size()));
  std::copy_n(held_.begin() + static_cast<std::ptrdiff_t>(at), count, into.begin());
  return count;
}

/// From `offset` on. A reader that goes on keeps what of it is held, so that the source is read without a step back.
Status ReadAheadSource::fill(std::int64_t offset, std::size_t wanted) const {
  const std::int64_t held_to = held_from_ + static_cast<std::int64_t>(held_.size());
  const bool goes_on = !held_.empty() && offset >= held_from_ && offset <= held_to;
  reach_ = std::clamp(goes_on ? 2 * reach_ : ahead_ / kFirstPart, wanted, ahead_);
  const std::size_t kept = goes_on ? static_cast<std::size_t>(held_to - offset) : 0;
  std::copy(held_.end() - static_cast<std::ptrdiff_t>(kept), held_.end(), held_.begin());
  held_.resize(reach_);
  held_from_ = offset;
  const Result<std::size_t> got = source_->read_at(offset + static_cast<std::int64_t>(kept), std::span(held_).subspan(kept));
  held_.resize(kept + (got.ok() ? got.value() : 0));
  if (!got.ok()) return got.error();
  return Done{};
}

}  // namespace klono
