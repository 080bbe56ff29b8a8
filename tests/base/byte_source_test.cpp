#include "base/byte_source.hpp"

#include <doctest/doctest.h>

#include <array>

namespace klono {
namespace {

TEST_CASE("A memory source delivers what is there and stops at its end") {
  const MemorySource source(std::string("abcdef"));
  std::array<std::byte, 4> into{};
  CHECK(source.read_at(0, into).value() == 4);
  CHECK(into[3] == std::byte{'d'});
  CHECK(source.read_at(4, into).value() == 2);
  CHECK(into[1] == std::byte{'f'});
}

TEST_CASE("Reading outside a memory source delivers nothing") {
  const MemorySource source(std::string("abc"));
  std::array<std::byte, 2> into{};
  CHECK(source.read_at(3, into).value() == 0);
  CHECK(source.read_at(-1, into).value() == 0);
  CHECK(source.read_at(1'000'000, into).value() == 0);
}

TEST_CASE("The head is never longer than the source or the limit") {
  const MemorySource source(std::string("abcdef"));
  CHECK(read_head(source, 4).value().size() == 4);
  CHECK(read_head(source, 100).value().size() == 6);
  CHECK(read_head(MemorySource(std::string()), 100).value().empty());
}

}  // namespace
}  // namespace klono
