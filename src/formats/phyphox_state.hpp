#pragma once

#include <memory>

#include "formats/file_set.hpp"
#include "formats/reader.hpp"

namespace klono::formats {

/// A saved state of phyphox: data/index.csv names the buffers, each a file of 64-bit numbers. Read where there are buffers of an
/// accelerometer and their times. Errors: NoAcceleration, Malformed.
Result<std::unique_ptr<TableReader>> open_phyphox_state(std::shared_ptr<const FileSet> files, const ReadOptions& options);

}  // namespace klono::formats
