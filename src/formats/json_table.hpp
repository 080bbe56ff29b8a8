#pragma once

#include <memory>

#include "formats/reader.hpp"

namespace klono::formats {

/// Arrays of objects with a time and x, y, z (mPower, Sensor Logger), objects of arrays, and the
/// magnitude lists of OpenSeizureDetector. Up to 64 MB.
Result<std::unique_ptr<TableReader>> open_json(std::shared_ptr<const ByteSource> source, const ReadOptions& options);

}  // namespace klono::formats
