#pragma once

#include <memory>

#include "formats/reader.hpp"
#include "formats/text_dialect.hpp"
#include "formats/text_lines.hpp"

namespace klono::formats {

/// Recognises the first lines of a text and begins to read its rows.
Result<std::unique_ptr<TableReader>> open_delimited(std::shared_ptr<const ByteSource> source, TextGuess guess,
                                                    const ReadOptions& options);

/// Only recognises, without reading the rows: what an archive needs to choose among its members. At most about
/// 1 MB is looked at.
Result<TextDialect> recognise_delimited(const std::shared_ptr<const ByteSource>& source, TextGuess guess, const ReadOptions& options);

}  // namespace klono::formats
