#pragma once
/// The archives that phone apps and wearables make: which member is the recording, and what belongs beside it.

#include <memory>

#include "formats/file_set.hpp"
#include "formats/reader.hpp"

namespace klono::formats {

/// phyphox: the members of its sets, the acceleration among them as `main`, and the gyroscope (null without one).
Result<std::unique_ptr<TableReader>> open_phyphox(const FileSet& files, const FileMember& main, const FileMember* rotation, const ReadOptions& options);

bool is_sensor_logger(const FileSet& files);

/// Whether a person's choice is one of the accelerometers of such a set, to which the rest belongs.
bool is_sensor_logger_main(const FileSet& files, const std::string& name);

/// Gravity, rotation and the person's annotations are joined to the acceleration of the phone or, where there is none, of the
/// watch; with both a person chooses (`chosen`, else empty).
Result<std::unique_ptr<TableReader>> open_sensor_logger(const FileSet& files, const ReadOptions& options, const std::string& chosen);

/// ACC.csv with tags as annotations and the temperature of the skin beside it.
Result<std::unique_ptr<TableReader>> open_empatica(const FileSet& files, const FileMember& acceleration, const ReadOptions& options);

}  // namespace klono::formats
