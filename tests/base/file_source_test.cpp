#include "base/file_source.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <fstream>
#include <string>

using namespace klono;

namespace {

std::string write_temporary(const std::string& text) {
  const std::string path = "klono_file_source_test.tmp";
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

std::string read(const ByteSource& source, std::int64_t offset, std::size_t count) {
  std::vector<std::byte> bytes(count);
  const Result<std::size_t> got = source.read_at(offset, bytes);
  REQUIRE(got.ok());
  return {reinterpret_cast<const char*>(bytes.data()), got.value()};
}

}  // namespace

TEST_CASE("A file on disk is read by position, and past its end there is nothing") {
  const std::string path = write_temporary("0123456789");
  const auto file = open_file(path);
  REQUIRE(file.ok());
  CHECK(file.value()->size() == 10);
  CHECK(read(*file.value(), 3, 4) == "3456");
  CHECK(read(*file.value(), 8, 10) == "89");
  CHECK(read(*file.value(), 10, 1).empty());
  CHECK(read(*file.value(), 1000, 1).empty());
  std::remove(path.c_str());
}

TEST_CASE("A missing file and a folder are errors that name what was asked for") {
  for (const std::string path : {"no/such/file.csv", "."}) {
    const auto file = open_file(path);
    REQUIRE_FALSE(file.ok());
    CHECK(file.error().code == ErrorCode::CannotRead);
    CHECK(file.error().what.find(path) != std::string::npos);
  }
}
