#include "base/byte_source.hpp"

#include <algorithm>
#include <cstring>

namespace klono {

MemorySource::MemorySource(std::vector<std::byte> bytes) : bytes_(std::move(bytes)) {}

MemorySource::MemorySource(const std::string& text) : bytes_(text.size()) {
  if (!text.empty()) std::memcpy(bytes_.data(), text.data(), text.size());
}

std::int64_t MemorySource::size() const { return static_cast<std::int64_t>(bytes_.size()); }

Result<std::size_t> MemorySource::read_at(std::int64_t offset, std::span<std::byte> into) const {
  if (offset < 0 || offset >= size()) return std::size_t{0};
  const auto begin = static_cast<std::size_t>(offset);
  const std::size_t count = std::min(into.size(), bytes_.size() - begin);
  if (count > 0) std::memcpy(into.data(), bytes_.data() + begin, count);
  return count;
}

Result<std::vector<std::byte>> read_head(const ByteSource& source, std::size_t limit) {
  const auto wanted = std::min<std::int64_t>(source.size(), static_cast<std::int64_t>(limit));
  std::vector<std::byte> head(static_cast<std::size_t>(std::max<std::int64_t>(wanted, 0)));
  KLONO_TRY(const std::size_t got, source.read_at(0, head));
  head.resize(got);
  return head;
}

}  // namespace klono
