#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"

namespace klono::cli {

/// One file of a batch.
struct BatchFile {
  std::string name;  ///< as the tables show it: relative to the folder that was given, '/' as separator, valid UTF-8
  std::string path;  ///< where it is
};

/// All files of the given files and folders, sorted by name, each once. Folders are searched to their depths; names that
/// begin with a dot, links to folders, and the folder `left_out` are passed over. A file that is named itself keeps the
/// path it was given by; where several paths are given, names in folders begin with the folder's path. A folder with a
/// unisens.xml is one recording, by the name of that file.
/// Errors: CannotRead for paths that are missing and folders that cannot be listed.
Result<std::vector<BatchFile>> find_batch_files(const std::vector<std::string>& paths, const std::string& left_out);

}  // namespace klono::cli
