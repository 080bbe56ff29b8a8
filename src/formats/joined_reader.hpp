#pragma once
/// One table out of several members: what an archive keeps apart.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/file_set.hpp"
#include "formats/reader.hpp"

namespace klono::formats {

/// The last part of a path; either slash divides.
std::string leaf_of(const std::string& name);

/// Files a system adds by itself: "__MACOSX/…", ".DS_Store".
bool is_hidden(const std::string& name);

/// The member whose path ends with `path`, at the top or in one wrapping folder; null without one.
const FileMember* member_at(const FileSet& files, std::string_view path);

/// Up to `most_bytes` of a member as text; empty where it cannot be read.
std::string text_of(const FileSet& files, const FileMember& member, std::size_t most_bytes = 1 << 20);

/// What a person chose for the whole, for one member of it.
ReadOptions options_for(const FileMember& member, ReadOptions options);

Result<std::unique_ptr<TableReader>> open_member(const FileSet& files, const FileMember& member, const ReadOptions& options);

/// Makes one table of the first and of those beside it; one that could not be read is empty.
using FinishTable = std::function<RawTable(RawTable&&, std::vector<std::optional<RawTable>>&&)>;

/// Reads one member and those beside it, then finishes. Only the first one must be readable.
Result<std::unique_ptr<TableReader>> read_joined(Result<std::unique_ptr<TableReader>> main, std::vector<std::unique_ptr<TableReader>> beside, FinishTable finish);

}  // namespace klono::formats
