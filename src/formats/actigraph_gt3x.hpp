#pragma once

#include <memory>

#include "formats/file_set.hpp"
#include "formats/reader.hpp"

namespace klono::formats {

/// ActiGraph .gt3x, version 2 (log.bin) and version 1 (activity.bin): files of their own in a zip or folder. Errors as open_table.
Result<std::unique_ptr<TableReader>> open_gt3x(std::shared_ptr<const FileSet> files, const ReadOptions& options);

}  // namespace klono::formats
