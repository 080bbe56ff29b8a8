#include "read_back.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "base/byte_source.hpp"
#include "formats/reader.hpp"

namespace klono::test {

Recording read_back(std::span<const std::byte> bytes) {
  const auto source = std::make_shared<MemorySource>(std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  Result<Recording> recording = formats::read_recording(source, {});
  REQUIRE(recording.ok());
  return std::move(recording).value();
}

}  // namespace klono::test
