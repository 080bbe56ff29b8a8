#pragma once
/// Zip archives by their central directory, and gzip; members are decoded as they are read.

#include <cstdint>
#include <memory>
#include <vector>

#include "formats/file_set.hpp"

namespace klono::formats {

/// What becomes of a member whose bytes do not unpack or do not have their checksum.
enum class OnDamage : std::uint8_t { Fail, End };

/// Members are unpacked on the way. Any place may be asked for: at most some 10 MB are unpacked to get there, and steps back of
/// less than 512 kB cost nothing. Not safe to use from two threads.
class ZipArchive final : public FileSet {
 public:
  /// Lists the members. Errors: Malformed, TooLarge (more than 5000 members).
  static Result<std::shared_ptr<const ZipArchive>> open(std::shared_ptr<const ByteSource> source);

  const std::vector<FileMember>& members() const override { return members_; }
  std::shared_ptr<const ByteSource> read(const FileMember& member) const override;
  std::shared_ptr<const ByteSource> read_up_to_damage(const FileMember& member) const override;

 private:
  std::shared_ptr<const ByteSource> open_member(const FileMember& member, OnDamage damage) const;

  struct Place {
    std::uint64_t directory_at = 0;  ///< in the central directory
    std::uint64_t number = 0;        ///< counted from 0 in the central directory
  };

  std::shared_ptr<const ByteSource> source_;
  std::vector<FileMember> members_;
  std::vector<Place> places_;  ///< one a member
};

/// The decoded bytes of a gzip file; any place, as above.
std::shared_ptr<const ByteSource> gunzip(std::shared_ptr<const ByteSource> source);

}  // namespace klono::formats
