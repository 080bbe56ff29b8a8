#pragma once

#include <cstdint>
#include <memory>

#include "base/byte_source.hpp"

namespace klono::engine {

/// In a browser's worker: a File, or a stored recording, that the worker's script knows by this handle; read slice by
/// slice. Error: CannotRead.
Result<std::shared_ptr<const ByteSource>> open_page_file(std::uint32_t source);

}  // namespace klono::engine
