#pragma once

#include <memory>

#include "base/byte_source.hpp"

namespace klono::formats {

/// The unpacked bytes of a gzip file with the size it tells in its last four bytes, which readers of blocks need to find their
/// way; where that cannot be (a file that was cut), with the size `unpacked` has by itself. A hint all the same: fewer bytes may come.
std::shared_ptr<const ByteSource> with_told_size(const ByteSource& packed, std::shared_ptr<const ByteSource> unpacked);

}  // namespace klono::formats
