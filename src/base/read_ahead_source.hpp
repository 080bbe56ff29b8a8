#pragma once

#include "base/byte_source.hpp"

namespace klono {

/// Another source behind a buffer: where a reading does not lie in it, the buffer is filled from there on. For sources that are
/// dear to ask and cheap to read, as a page's file is: readers go through a file in order, mostly in small pieces. Holds up
/// to `ahead` bytes: a small part of them after a jump, twice as many each time a reader goes on from there. Readings of `ahead` bytes and more pass by the buffer. Not safe to use from two threads.
class ReadAheadSource final : public ByteSource {
 public:
  ReadAheadSource(std::shared_ptr<const ByteSource> source, std::size_t ahead);

  std::int64_t size() const override { return source_->size(); }
  Result<std::size_t> read_at(std::int64_t offset, std::span<std::byte> into) const override;

 private:
  Status fill(std::int64_t offset, std::size_t wanted) const;

  std::shared_ptr<const ByteSource> source_;
  std::size_t ahead_;
  mutable std::vector<std::byte> held_;
  mutable std::int64_t held_from_ = 0;
  mutable std::size_t reach_ = 0;  // of the last filling
};

}  // namespace klono
