#pragma once

#include <memory>

#include "formats/reader.hpp"

namespace klono::formats {

/// GENEActiv .bin. Errors as open_table.
Result<std::unique_ptr<TableReader>> open_geneactiv(std::shared_ptr<const ByteSource> source, const ReadOptions& options);

}  // namespace klono::formats
