#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

#include "fuzz/targets.hpp"

namespace {

using Bytes = std::vector<std::uint8_t>;
using Feed = void (*)(const std::uint8_t*, std::size_t);
namespace fs = std::filesystem;

std::vector<fs::path> files_in(const char* folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(KLONO_FUZZ_CORPUS) / folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

Bytes bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void replay(const char* folder, Feed feed) {
  const std::vector<fs::path> files = files_in(folder);
  REQUIRE(files.size() >= 8);
  for (const fs::path& path : files) {
    CAPTURE(path.filename().string());
    const Bytes whole = bytes_of(path);
    feed(whole.data(), whole.size());
    for (std::size_t cut = 1; cut <= 12; ++cut) feed(whole.data(), whole.size() * cut / 13);
    std::mt19937 random(static_cast<std::uint32_t>(whole.size()));
    for (int round = 0; round < 40 && !whole.empty(); ++round) {
      Bytes hurt = whole;
      for (int k = 0; k <= round % 4; ++k) hurt[random() % hurt.size()] = static_cast<std::uint8_t>(random());
      feed(hurt.data(), hurt.size());
    }
  }
}

}  // namespace

TEST_CASE("Every recording of the corpus, cut short and hurt, is read or refused in words") { replay("reader", klono::fuzz::feed_reader); }

TEST_CASE("Every message of the corpus, cut short and hurt, is read exactly or refused") { replay("codec", klono::fuzz::feed_codec); }
