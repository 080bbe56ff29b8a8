#pragma once

#include <cstddef>

namespace klono::test {

/// Bytes that are allocated now, by this whole program.
std::size_t heap_bytes();

}  // namespace klono::test
