// Real recordings (KLONO_RECORDINGS) cut short and hurt: whatever the bytes are, reading ends in data or in one clear message.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>

#include "formats/reader.hpp"
#include "formats/recording_from_table.hpp"
#include "inputs.hpp"

namespace klono::formats {
namespace {

namespace fs = std::filesystem;
using namespace inputs;

/// A third of the copies in the run of every change, all of them with KLONO_LONG: dozens of files are read from them.
std::size_t copies(std::size_t all) { return std::getenv("KLONO_LONG") != nullptr ? all : all / 3; }

constexpr std::size_t kPrefixes = 60;
constexpr std::size_t kHurts = 200;
constexpr std::size_t kHurtBytes = 10'000;         // of a file's begin
constexpr std::size_t kWork = 2'000'000;           // bytes read for the hurt copies of one file
constexpr std::size_t kLongestPrefix = 100'000;
constexpr std::size_t kLongestInSet = 30'000;      // each of several files is read with each of their prefixes

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> recordings_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().extension() != ".md" && !entry.path().string().ends_with(".expected.json")) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// Files that make a recording only together are hurt one at a time.
std::vector<std::vector<fs::path>> sets_in(const fs::path& folder) {
  std::vector<std::vector<fs::path>> sets;
  for (const fs::path& path : recordings_in(folder)) {
    const std::string parent = path.parent_path().filename().string();
    if (parent == "unisens" || parent == "tsdf") continue;
    sets.push_back({path});
  }
  for (const char* name : {"unisens", "tsdf"}) sets.push_back(recordings_in(folder / name));
  return sets;
}

/// An end at a container's directory, or one packed record: a part of it is nothing.
bool only_whole(const std::string& bytes) { return bytes.starts_with("PK") || bytes.starts_with("Obj\x01"); }

/// False where what came out is neither a sound recording nor one line of words.
bool is_sound(const Recording& recording) {
  std::int64_t next = 0;
  double end_s = 0.0;
  for (const Segment& segment : recording.segments) {
    if (segment.first_index != next || segment.count <= 0 || !(segment.rate_hz > 0.0) || !std::isfinite(segment.start_s) || segment.start_s < end_s - 1e-6) return false;
    next = segment.end_index();
    end_s = segment.end_s();
  }
  if (next != recording.num_samples()) return false;
  for (const Channel& channel : recording.channels)
    if (static_cast<std::int64_t>(channel.samples.size()) != (recording.stored ? 0 : next)) return false;
  if (recording.stored) {
    std::vector<std::vector<float>> rooms(recording.channels.size(), std::vector<float>(64));
    const std::vector<std::span<float>> into(rooms.begin(), rooms.end());
    for (const std::int64_t begin : {std::int64_t{0}, next / 2, next - 32}) recording.stored->read(begin, into);
  }
  return !recording.emg || is_sound(*recording.emg);
}

struct Outcomes {
  int read = 0;
  int refused = 0;
  int broken = 0;
};

Result<Recording> recording_of(const std::vector<fs::path>& paths, const std::vector<std::string>& files, bool rows) {
  const ReadOptions options = named(paths.front().filename().string());
  std::shared_ptr<NamedFiles> set;
  if (paths.size() > 1) {
    set = std::make_shared<NamedFiles>();
    for (std::size_t k = 0; k < paths.size(); ++k) set->add(paths[k].filename().string(), source_of(files[k]));
  }
  KLONO_TRY(const std::unique_ptr<TableReader> reader, set ? open_files(set, options) : open_table(source_of(files.front()), options));
  for (;;) {
    KLONO_TRY(const bool more, reader->step());
    if (!more) break;
  }
  if (!rows) return reader->take_recording(options);
  KLONO_TRY(RawTable table, reader->take());
  return recording_from_table(std::move(table), options);
}

void take_in(Outcomes& outcomes, const Result<Recording>& result) {
  const bool sound = result.ok() ? is_sound(result.value()) : !result.error().what.empty() && one_line(result.error()).find('\n') == std::string::npos &&
                                                                  (result.error().code == ErrorCode::NeedsChoice) == result.error().question.has_value();
  ++(result.ok() ? outcomes.read : outcomes.refused);
  if (!sound) ++outcomes.broken;
}

std::set<std::size_t> lengths_of(const std::string& bytes, std::mt19937& random) {
  std::set<std::size_t> lengths;
  for (const std::size_t edge : std::vector<std::size_t>{0, 1, 2, 3, 4, 7, 8, 16, 184, 192, 255, 256, 257, 512, 1023, 1024, 1025, 1536, 2048, bytes.size() - std::min<std::size_t>(1, bytes.size())})
    if (edge <= bytes.size()) lengths.insert(edge);
  const double most = static_cast<double>(std::min(bytes.size(), kLongestPrefix));
  std::uniform_real_distribution<double> share(0.0, 1.0);
  for (int tries = 0; lengths.size() < copies(kPrefixes) && tries < 400; ++tries) lengths.insert(static_cast<std::size_t>(std::pow(most, share(random))));
  return lengths;
}

const char* recordings_folder() {
  const char* folder = std::getenv("KLONO_RECORDINGS");
  if (folder != nullptr && fs::is_directory(folder)) return folder;
  CHECK(std::getenv("KLONO_RECORDINGS_REQUIRED") == nullptr);
  MESSAGE("skipped: KLONO_RECORDINGS is not a folder");
  return nullptr;
}

}  // namespace

TEST_CASE("every real recording cut short anywhere ends in data or in one clear message") {
  const char* folder = recordings_folder();
  if (folder == nullptr) return;
  const std::vector<std::vector<fs::path>> sets = sets_in(folder);
  CHECK(sets.size() >= 45);
  int read = 0;
  for (const std::vector<fs::path>& paths : sets) {
    CAPTURE(paths.front().string());
    std::vector<std::string> files;
    for (const fs::path& path : paths) {
      files.push_back(bytes_of(path));
      if (paths.size() > 1) files.back().resize(std::min(files.back().size(), kLongestInSet));
    }
    std::mt19937 random(static_cast<std::uint32_t>(files.front().size()));
    Outcomes outcomes;
    for (std::size_t k = 0; k < files.size(); ++k)
      for (const std::size_t length : lengths_of(files[k], random)) {
        std::vector<std::string> cut = files;
        cut[k].resize(length);
        take_in(outcomes, recording_of(paths, cut, length % 2 == 1));
      }
    CHECK(outcomes.broken == 0);
    read += outcomes.read > 0 ? 1 : 0;
  }
  CHECK(read >= 25);
}

TEST_CASE("every real recording with one byte changed ends in data or in one clear message") {
  const char* folder = recordings_folder();
  if (folder == nullptr) return;
  int read = 0;
  for (const std::vector<fs::path>& paths : sets_in(folder)) {
    CAPTURE(paths.front().string());
    std::vector<std::string> files;
    std::size_t total = 0;
    for (const fs::path& path : paths) {
      files.push_back(bytes_of(path));
      if (!only_whole(files.back())) files.back().resize(std::min(files.back().size(), 5 * kHurtBytes));
      if (paths.size() == 1 && files.back().size() < 5 * kHurtBytes + 1 && files.back().find('\0') == std::string::npos)
        files.back().resize(std::min(files.back().size(), kHurtBytes));  // text: slower for its length
      total += files.back().size();
    }
    std::mt19937 random(static_cast<std::uint32_t>(total + 1));
    Outcomes outcomes;
    const std::size_t rounds = std::clamp<std::size_t>(copies(kWork) / std::max<std::size_t>(total, 1), 5, copies(kHurts));
    for (std::size_t round = 0; round < rounds; ++round) {
      std::vector<std::string> hurt = files;
      std::string& bytes = hurt[round % hurt.size()];
      if (bytes.empty()) continue;
      const std::size_t reach = round % 2 == 0 ? std::min<std::size_t>(bytes.size(), 2000) : bytes.size();
      bytes[random() % reach] = static_cast<char>(random());
      take_in(outcomes, recording_of(paths, hurt, round % 3 == 0));
    }
    CHECK(outcomes.broken == 0);
    read += outcomes.read > 0 ? 1 : 0;
  }
  CHECK(read >= 25);
}

}  // namespace klono::formats
