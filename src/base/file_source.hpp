#pragma once

#include <memory>
#include <string>

#include "base/byte_source.hpp"

namespace klono {

/// A file on disk, read by position. Error: CannotRead with the system's reason in `what`.
Result<std::shared_ptr<const ByteSource>> open_file(const std::string& path);

}  // namespace klono
