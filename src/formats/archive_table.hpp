#pragma once

#include <memory>

#include "formats/file_set.hpp"
#include "formats/reader.hpp"

namespace klono::formats {

/// Finds the recording in a zip. Errors as open_table.
Result<std::unique_ptr<TableReader>> open_archive(std::shared_ptr<const ByteSource> source, const ReadOptions& options);

}  // namespace klono::formats
