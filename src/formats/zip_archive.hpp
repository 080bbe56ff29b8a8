#pragma once
/// Zip archives by their central directory, and gzip; members are decoded as they are read.

#include <cstdint>
#include <memory>
#include <vector>

#include "formats/file_set.hpp"

namespace klono::formats {

/// A member is decoded on the way; reading backwards begins again.
class ZipArchive final : public FileSet {
 public:
  /// Lists the members. Errors: Malformed, TooLarge (more than 5000 members).
  static Result<std::shared_ptr<const ZipArchive>> open(std::shared_ptr<const ByteSource> source);

  const std::vector<FileMember>& members() const override { return members_; }
  std::shared_ptr<const ByteSource> read(const FileMember& member) const override;

 private:
  struct Place {
    std::uint64_t directory_at = 0;  ///< in the central directory
    std::uint64_t number = 0;        ///< counted from 0 in the central directory
  };

  std::shared_ptr<const ByteSource> source_;
  std::vector<FileMember> members_;
  std::vector<Place> places_;  ///< one a member
};

/// The decoded bytes of a gzip file.
std::shared_ptr<const ByteSource> gunzip(std::shared_ptr<const ByteSource> source);

}  // namespace klono::formats
