#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/batch_files.hpp"
#include "cli/batch_result.hpp"

namespace klono::cli {

/// What a result depends on: the file (name, size, time of change, first 64 KB; where it describes
/// files beside it, their sizes and times too), the program, the detector and all
/// settings. A result counts only for the key it was made with.
struct ResultKey {
  std::string text;       ///< a line each
  std::string file_name;  ///< 128 bits of the text's hash
};

/// `settings`: program, detector and choices as lines. The file may be unreadable; then its key says so.
ResultKey key_of(const BatchFile& file, std::string_view settings);

/// The finished results of a batch, a small file each, so that a run that was ended goes on where it was. Files appear
/// whole or not at all, and carry a checksum. Several threads and processes may share one folder.
class ResultStore {
 public:
  /// Makes the folder where it is missing. Errors: BadSetting where it cannot be made.
  static Result<ResultStore> open(const std::string& folder);

  /// The result of this key; none where it is missing, damaged or of another key.
  std::optional<BatchResult> load(const ResultKey& key) const;

  /// Errors: BadSetting where it cannot be written.
  Status save(const ResultKey& key, const BatchResult& result) const;

  const std::string& folder() const { return folder_; }

 private:
  explicit ResultStore(std::string folder) : folder_(std::move(folder)) {}
  std::string path_of(const ResultKey& key) const { return folder_ + "/" + key.file_name; }

  std::string folder_;
};

}  // namespace klono::cli
