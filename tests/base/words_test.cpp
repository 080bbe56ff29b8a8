#include "base/words.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace klono;

TEST_CASE("Named places in a text are filled, whatever their order") {
  const std::string text = fill(Word::base_file_cannot_open, {{"why", "gone"}, {"name", "a.csv"}});
  CHECK(text.find("a.csv") != std::string::npos);
  CHECK(text.find("gone") != std::string::npos);
  CHECK(text.find('{') == std::string::npos);
}

TEST_CASE("A value that looks like a place is not filled again") {
  const std::string text = fill(Word::base_file_cannot_open, {{"name", "{why}"}, {"why", "gone"}});
  CHECK(text.find("{why}") != std::string::npos);
}

TEST_CASE("Every word is there, and none shouts or judges") {
  for (const std::string_view text : kWords) {
    CHECK_FALSE(text.empty());
    CHECK_MESSAGE(text.find('!') == std::string_view::npos, text);
    for (const std::string_view banned : {"abnormal", "Abnormal", "ALERT", "Warning:", "danger"})
      CHECK_MESSAGE(text.find(banned) == std::string_view::npos, text);
  }
}
