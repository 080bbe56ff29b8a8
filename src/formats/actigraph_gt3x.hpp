#pragma once

#include <memory>

#include "formats/reader.hpp"
#include "formats/zip_archive.hpp"

namespace klono::formats {

/// ActiGraph .gt3x, version 2 (log.bin) and version 1 (activity.bin): members of a zip. Errors as open_table.
Result<std::unique_ptr<TableReader>> open_gt3x(std::shared_ptr<const ZipArchive> archive, const ReadOptions& options);

}  // namespace klono::formats
