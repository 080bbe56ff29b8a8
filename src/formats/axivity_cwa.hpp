#pragma once

#include <memory>

#include "formats/reader.hpp"

namespace klono::formats {

/// Axivity .cwa (AX3, AX6). Errors as open_table.
Result<std::unique_ptr<TableReader>> open_axivity(std::shared_ptr<const ByteSource> source, const ReadOptions& options);

}  // namespace klono::formats
