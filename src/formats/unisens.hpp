#pragma once

#include <memory>

#include "formats/file_set.hpp"
#include "formats/reader.hpp"

namespace klono::formats {

/// Unisens (movisens): unisens.xml and the files of numbers it names. Errors as open_table.
Result<std::unique_ptr<TableReader>> open_unisens(const FileSet& files, const FileMember& description, const ReadOptions& options);

/// The error for the description alone.
Error lonely_description(std::string_view name);

/// The member that lies beside `description` under `name`; null where there is none.
const FileMember* beside(const FileSet& files, const FileMember& description, std::string_view name);

/// Up to 1 MB of a member as text.
std::string text_of_member(const FileSet& files, const FileMember& member);

}  // namespace klono::formats
