#pragma once

#include <memory>

#include "formats/reader.hpp"

namespace klono::formats {

/// Finds the recording inside a zip: phyphox, Sensor Logger, Empatica E4, or any delimited text. Errors as open_table.
Result<std::unique_ptr<TableReader>> open_archive(std::shared_ptr<const ByteSource> source, const ReadOptions& options);

}  // namespace klono::formats
