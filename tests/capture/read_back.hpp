#pragma once

#include <cstddef>
#include <span>

#include "signal/recording.hpp"

namespace klono::test {

/// The bytes of a journal through the reader of files.
Recording read_back(std::span<const std::byte> bytes);

}  // namespace klono::test
