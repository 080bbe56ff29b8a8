#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "formats/raw_table.hpp"
#include "formats/read_options.hpp"
#include "formats/reader.hpp"

namespace klono::cli {

/// The last part of a path.
std::string base_name(const std::string& path);

/// Whether a file, by its name, describes others beside it.
bool describes_others(const std::string& name);

/// Reads what `path` names: a file; a folder whose files belong together; or the file that describes others beside it
/// (unisens.xml, a TSDF ..._meta.json). Errors as formats::open_table, CannotRead.
Result<formats::RawTable> read_table_at(const std::string& path, formats::ReadOptions options);
Result<Recording> read_recording_at(const std::string& path, formats::ReadOptions options);

/// The same, to be read step by step.
Result<std::unique_ptr<formats::TableReader>> open_table_at(const std::string& path, formats::ReadOptions options);

}  // namespace klono::cli
