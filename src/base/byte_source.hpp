#pragma once
/// Where bytes come from: a File slice in a browser worker, pread on disk, memory in a test.
/// A reader asks for the stretches it needs and never for the whole file.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace klono {

class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Total size in bytes.
  virtual std::int64_t size() const = 0;

  /// Fills `into` from `offset` on and returns the number of bytes delivered: all of `into`
  /// unless the end is reached. An offset at or past the end delivers 0. Errors: CannotRead.
  virtual Result<std::size_t> read_at(std::int64_t offset, std::span<std::byte> into) const = 0;
};

/// Bytes held in memory.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::vector<std::byte> bytes);
  explicit MemorySource(const std::string& text);

  std::int64_t size() const override;
  Result<std::size_t> read_at(std::int64_t offset, std::span<std::byte> into) const override;

 private:
  std::vector<std::byte> bytes_;
};

/// Reads up to `limit` bytes from the start; for sniffing.
Result<std::vector<std::byte>> read_head(const ByteSource& source, std::size_t limit);

}  // namespace klono
