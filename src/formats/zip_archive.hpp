#pragma once
/// Zip archives by their central directory, and gzip; members are decoded as they are read.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/byte_source.hpp"

namespace klono::formats {

struct ZipMember {
  std::string name;       ///< '/' as separator
  std::int64_t size = 0;  ///< uncompressed, as declared: a hint, never trusted
  std::uint64_t directory_at = 0;  ///< place in the central directory
  std::uint64_t number = 0;        ///< counted from 0 in the central directory
};

class ZipArchive {
 public:
  /// Lists the members. Errors: Malformed, TooLarge (more than 5000 members).
  static Result<std::shared_ptr<const ZipArchive>> open(std::shared_ptr<const ByteSource> source);

  const std::vector<ZipMember>& members() const { return members_; }

  /// A member as bytes that are decoded on the way; reading backwards begins again.
  std::shared_ptr<const ByteSource> read(const ZipMember& member) const;

 private:
  std::shared_ptr<const ByteSource> source_;
  std::vector<ZipMember> members_;
};

/// The decoded bytes of a gzip file.
std::shared_ptr<const ByteSource> gunzip(std::shared_ptr<const ByteSource> source);

}  // namespace klono::formats
