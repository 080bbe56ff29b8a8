#include "formats/sized_source.hpp"

#include <array>

namespace klono::formats {
namespace {

constexpr std::int64_t kMostGrowth = 1032;   // what deflate can reach
constexpr std::int64_t kTrailerBytes = 4;

class SizedSource final : public ByteSource {
 public:
  SizedSource(std::shared_ptr<const ByteSource> source, std::int64_t size) : source_(std::move(source)), size_(size) {}

  std::int64_t size() const override { return size_; }
  Result<std::size_t> read_at(std::int64_t offset, std::span<std::byte> into) const override { return source_->read_at(offset, into); }

 private:
  std::shared_ptr<const ByteSource> source_;
  std::int64_t size_;
};

}  // namespace

std::shared_ptr<const ByteSource> with_told_size(const ByteSource& packed, std::shared_ptr<const ByteSource> unpacked) {
  std::array<std::byte, kTrailerBytes> trailer{};
  const Result<std::size_t> got = packed.read_at(packed.size() - kTrailerBytes, trailer);
  if (!got || got.value() != trailer.size()) return unpacked;
  std::int64_t size = 0;
  for (std::size_t i = trailer.size(); i-- > 0;) size = size * 256 + std::to_integer<std::int64_t>(trailer[i]);
  if (size <= 0 || size / kMostGrowth > packed.size()) return unpacked;
  return std::make_shared<SizedSource>(std::move(unpacked), size);
}

}  // namespace klono::formats
