#include "base/byte_source.hpp"

#include <doctest/doctest.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "base/read_ahead_source.hpp"

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

/// Counts how often it is asked.
class Counted final : public ByteSource {
 public:
  explicit Counted(std::string text) : source_(std::move(text)) {}
  std::int64_t size() const override { return source_.size(); }
  Result<std::size_t> read_at(std::int64_t offset, std::span<std::byte> into) const override {
    ++asked;
    bytes += static_cast<std::int64_t>(into.size());
    return source_.read_at(offset, into);
  }
  mutable int asked = 0;
  mutable std::int64_t bytes = 0;

 private:
  MemorySource source_;
};

TEST_CASE("Behind a buffer a source gives the same bytes and is asked seldom for many small pieces") {
  std::string text;
  for (int i = 0; i < 10000; ++i) text += static_cast<char>(i * 31 % 251);
  const auto counted = std::make_shared<Counted>(text);
  const ReadAheadSource buffered(counted, 1000);
  for (const std::int64_t offset : {0, 7, 993, 1000, 500, 9990, 9999, 10000, 3, -1, 2000, 2400}) {
    for (const std::size_t size : {std::size_t{1}, std::size_t{37}, std::size_t{999}, std::size_t{1500}}) {
      std::vector<std::byte> expected(size), found(size);
      const std::size_t right = MemorySource(text).read_at(offset, expected).value();
      REQUIRE(buffered.read_at(offset, found).value() == right);
      CHECK(found == expected);
    }
  }
  counted->asked = 0;
  std::array<std::byte, 50> piece{};
  for (std::int64_t offset = 4000; offset < 9000; offset += 50) REQUIRE(buffered.read_at(offset, piece).value() == 50);
  CHECK(counted->asked <= 9);
}

TEST_CASE("Behind a buffer a jump costs little, and the further a reader goes on the more is read ahead") {
  const auto counted = std::make_shared<Counted>(std::string(1000000, 'x'));
  const ReadAheadSource buffered(counted, 128000);
  std::array<std::byte, 10> piece{};
  for (const std::int64_t offset : {50000, 20000, 90000, 0}) REQUIRE(buffered.read_at(offset, piece).value() == 10);
  CHECK(counted->asked == 4);
  CHECK(counted->bytes == 4 * 1000);
  counted->asked = 0;
  for (std::int64_t offset = 0; offset < 1000000; offset += 10) REQUIRE(buffered.read_at(offset, piece).value() == 10);
  CHECK(counted->asked == 13);  // 2, 4, … 128 thousand, and so on to the end
}

}  // namespace
}  // namespace klono
