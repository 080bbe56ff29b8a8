#pragma once

#include <memory>

#include "formats/reader.hpp"

namespace klono::formats {

/// omconvert's .wav. Errors as open_table.
Result<std::unique_ptr<TableReader>> open_omconvert_wav(std::shared_ptr<const ByteSource> source, const ReadOptions& options);

}  // namespace klono::formats
