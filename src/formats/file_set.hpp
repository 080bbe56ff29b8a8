#pragma once
/// Files that belong together: the members of a zip, the files of a folder, or several that were given at once.

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/byte_source.hpp"

namespace klono::formats {

struct FileMember {
  std::string name;        ///< with its folders, '/' between them
  std::int64_t size = 0;   ///< bytes; of a zip's member as declared: a hint, never trusted
  std::size_t number = 0;  ///< its place in FileSet::members()
};

class FileSet {
 public:
  virtual ~FileSet() = default;

  virtual const std::vector<FileMember>& members() const = 0;

  /// The bytes of a member of this set.
  virtual std::shared_ptr<const ByteSource> read(const FileMember& member) const = 0;

  /// The same for contents that have checksums of their own: where bytes do not unpack the member ends, without an error.
  virtual std::shared_ptr<const ByteSource> read_up_to_damage(const FileMember& member) const { return read(member); }
};

/// Files with their names, as they were given together.
class NamedFiles final : public FileSet {
 public:
  void add(std::string name, std::shared_ptr<const ByteSource> source) {
    members_.push_back({std::move(name), source->size(), members_.size()});
    sources_.push_back(std::move(source));
  }

  const std::vector<FileMember>& members() const override { return members_; }
  std::shared_ptr<const ByteSource> read(const FileMember& member) const override { return sources_[member.number]; }

 private:
  std::vector<FileMember> members_;
  std::vector<std::shared_ptr<const ByteSource>> sources_;
};

}  // namespace klono::formats
