#include "base/read_ahead_source.hpp"

#include <algorithm>
#include <utility>

namespace klono {

ReadAheadSource::ReadAheadSource(std::shared_ptr<const ByteSource> source, std::size_t ahead) : source_(std::move(source)), ahead_(ahead) {}

Result<std::size_t> ReadAheadSource::read_at(std::int64_t offset, std::span<std::byte> into) const {
  if (offset < 0 || offset >= size() || into.empty() || into.size() >= ahead_) return source_->read_at(offset, into);
  const auto wanted = static_cast<std::int64_t>(std::min<std::uint64_t>(into.size(), static_cast<std::uint64_t>(size() - offset)));
  const bool held = offset >= held_from_ && offset + wanted <= held_from_ + static_cast<std::int64_t>(held_.size());
  if (!held) {
    held_.resize(ahead_);
    Result<std::size_t> got = source_->read_at(offset, held_);
    held_.resize(got.ok() ? got.value() : 0);
    held_from_ = offset;
    if (!got.ok()) return got;
  }
  const auto at = static_cast<std::size_t>(offset - held_from_);
  const std::size_t count = std::min(static_cast<std::size_t>(wanted), held_.size() - std::min(at, held_.size()));
  std::copy_n(held_.begin() + static_cast<std::ptrdiff_t>(at), count, into.begin());
  return count;
}

}  // namespace klono
