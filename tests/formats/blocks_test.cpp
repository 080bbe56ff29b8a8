// Where the bytes are cut does not matter: blocks of any size, rows across block ends, files cut off.

#include <doctest/doctest.h>

#include <algorithm>

#include "formats/delimited_table.hpp"
#include "formats/recording_from_table.hpp"
#include "formats/text_lines.hpp"
#include "inputs.hpp"

namespace klono::formats {
namespace {

using namespace inputs;

/// Delivers at most `most` bytes a call, as a stream would.
class Dripping final : public ByteSource {
 public:
  Dripping(const std::string& bytes, std::size_t most) : bytes_(bytes), most_(most) {}
  std::int64_t size() const override { return bytes_.size(); }
  Result<std::size_t> read_at(std::int64_t offset, std::span<std::byte> into) const override {
    return bytes_.read_at(offset, into.first(std::min(into.size(), most_)));
  }

 private:
  MemorySource bytes_;
  std::size_t most_;
};

TextGuess guess_of(const std::string& bytes) { return guess_encoding(std::as_bytes(std::span(bytes))); }

std::vector<std::string> lines_in(const std::string& bytes, std::size_t most) {
  TextLines lines(std::make_shared<Dripping>(bytes, most), guess_of(bytes));
  std::vector<std::string> all;
  for (std::string_view line; lines.next(line);) all.emplace_back(line);
  CHECK(lines.status().ok());
  CHECK(lines.line_number() == static_cast<std::int64_t>(all.size()));
  return all;
}

Recording read_dripping(const std::string& bytes, std::size_t most) {
  Result<std::unique_ptr<TableReader>> reader = open_delimited(std::make_shared<Dripping>(bytes, most), guess_of(bytes), {});
  REQUIRE(reader.ok());
  for (;;) {
    const Result<bool> more = reader.value()->step();
    REQUIRE(more.ok());
    if (!more.value()) break;
  }
  Result<RawTable> table = reader.value()->take();
  REQUIRE(table.ok());
  Result<Recording> recording = recording_from_table(std::move(table).value(), {});
  REQUIRE(recording.ok());
  return std::move(recording).value();
}

}  // namespace

TEST_CASE("lines are the same whatever the size of the blocks they come in") {
  const std::string text = "a,1\r\n\r\nb \xC2\xB2,2\rc,\xE2\x88\x92" "3\n\n\rlast";
  const std::vector<std::string> expected{"a,1", "", "b \xC2\xB2,2", "c,\xE2\x88\x92" "3", "", "", "last"};
  for (const std::size_t most : std::vector<std::size_t>{1, 2, 3, 7, 4096}) CHECK(lines_in(text, most) == expected);
}

TEST_CASE("UTF-16 is decoded the same when a unit or a pair is cut by the end of a block") {
  // One character beyond the first plane, between two lines of plain text.
  std::string bytes = utf16("x,1\r\ny", false, true);
  bytes += std::string("\x3D\xD8\x00\xDE", 4);  // U+1F600
  bytes += utf16(",2\n", false, false);
  const std::vector<std::string> expected{"x,1", "y\xF0\x9F\x98\x80,2"};
  for (const std::size_t most : std::vector<std::size_t>{1, 2, 3, 5, 7, 4096}) CHECK(lines_in(bytes, most) == expected);
}

TEST_CASE("a recording is the same whatever the size of the blocks it comes in") {
  Writing writing;
  writing.line_end = "\r\n";
  const std::string text = written(motion(), writing);
  const Recording whole = read(text);
  for (const std::string& bytes : {text, utf16(text, false, true), utf16(text, true, true)})
    for (const std::size_t most : std::vector<std::size_t>{1, 7, 4096}) {
      const Recording dripped = read_dripping(bytes, most);
      for (int k = 0; k < 3; ++k) CHECK(axis(dripped, k) == axis(whole, k));
      CHECK(dripped.rate_hz == whole.rate_hz);
      CHECK(dripped.duration_s() == whole.duration_s());
    }
}

TEST_CASE("a recording of many blocks is the same wherever the block ends fall in its rows") {
  const std::vector<MotionSample> readings = motion(100.0, 200.0);
  const Recording plain = read(written(readings));
  CHECK(largest_difference(plain, readings) < 1e-5);
  for (std::size_t comment = 1; comment < 40; comment += 3) {
    const Recording moved = read("#" + std::string(comment, '.') + "\r\n" + written(readings));
    for (int k = 0; k < 3; ++k) CHECK(axis(moved, k) == axis(plain, k));
    CHECK(moved.rate_hz == plain.rate_hz);
  }
}

TEST_CASE("a file cut anywhere keeps what came before the cut, or is refused in words") {
  const std::string text = written(motion());
  const std::vector<float> whole = axis(read(text), 0);
  for (std::size_t length = 1; length < text.size(); length += 61) {
    CAPTURE(length);
    const Result<Recording> cut = try_read(text.substr(0, length));
    if (!cut) {
      CHECK_FALSE(one_line(cut.error()).empty());
      CHECK(length < 300);
      continue;
    }
    CHECK(cut.value().warnings.empty());
    const std::vector<float>& some = axis(cut.value(), 0);
    const auto rows = static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(length), '\n')) - 1;
    CHECK(some.size() >= rows);
    CHECK(some.size() <= rows + 1);
    CHECK(std::equal(some.begin(), some.begin() + static_cast<std::ptrdiff_t>(rows), whole.begin()));
  }
}

}  // namespace klono::formats
