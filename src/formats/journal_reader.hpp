#pragma once

#include <memory>

#include "formats/reader.hpp"

namespace klono::formats {

/// Opens a recording made here. Its take_recording() goes through journal::Stream, as live detection does; take()
/// gives the rows as delivered (and reads the file a second time for them). Errors: CannotRead.
Result<std::unique_ptr<TableReader>> open_journal(std::shared_ptr<const ByteSource> source);

}  // namespace klono::formats
