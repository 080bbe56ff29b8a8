#pragma once

#include <memory>
#include <string_view>

#include "formats/file_set.hpp"
#include "formats/reader.hpp"

namespace klono::formats {

/// Whether a JSON text describes a TSDF recording with acceleration.
bool is_tsdf_of_movement(std::string_view text);

/// TSDF: a ..._meta.json and the binary files it names. Errors as open_table.
Result<std::unique_ptr<TableReader>> open_tsdf(const FileSet& files, const FileMember& description, const ReadOptions& options);

}  // namespace klono::formats
