#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "base/byte_source.hpp"
#include "formats/file_set.hpp"
#include "formats/raw_table.hpp"
#include "formats/read_options.hpp"

namespace klono::formats {

/// Reads one file stepwise, so that progress is real and stopping is immediate.
class TableReader {
 public:
  virtual ~TableReader() = default;

  /// Works through at most about 1 MB. True while there is more.
  virtual Result<bool> step() = 0;

  virtual std::int64_t bytes_done() const = 0;
  virtual std::int64_t bytes_total() const = 0;

  /// What was read so far; whole after step() gave false. Ends the reading.
  virtual Result<RawTable> take() = 0;

  /// The recording instead: the rows cleaned (recording_from_table), or the format's own way. Ends the reading.
  virtual Result<Recording> take_recording(const ReadOptions& options);
};

/// Recognises the bytes and begins. Errors: Empty, UnknownFormat, RefusedFormat, Malformed,
/// NeedsChoice (a member of an archive, columns), each with advice.
Result<std::unique_ptr<TableReader>> open_table(std::shared_ptr<const ByteSource> source, const ReadOptions& options);

/// Finds the recording among files that belong together: a folder, several files given at once, the members of a zip.
/// Errors as open_table.
Result<std::unique_ptr<TableReader>> open_files(std::shared_ptr<const FileSet> files, const ReadOptions& options);

/// All at once.
Result<RawTable> read_table(std::shared_ptr<const ByteSource> source, const ReadOptions& options);
Result<RawTable> read_table(std::shared_ptr<const FileSet> files, const ReadOptions& options);

/// All at once, cleaned.
Result<Recording> read_recording(std::shared_ptr<const ByteSource> source, const ReadOptions& options);
Result<Recording> read_recording(std::shared_ptr<const FileSet> files, const ReadOptions& options);

/// One line of the list of what can be read: shown by the command line and the help.
struct FormatInfo {
  std::string_view name;         ///< "phyphox (csv, zip)"
  std::string_view recognised_by;  ///< what in the bytes tells it
  std::string_view notes;
};
std::span<const FormatInfo> format_catalogue();

}  // namespace klono::formats
