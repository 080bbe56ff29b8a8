#include "synth/device_files.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "synth/csv_export.hpp"
#include "synth/little_endian.hpp"
#include "synth/long_recording.hpp"

namespace klono::synth {
namespace {

constexpr double kCounts = 256.0;  // in 1 g
constexpr std::size_t kBlockSamples = 120;
constexpr std::int64_t kStart_s = LongRecording::kStart_unix_s;

int counts_of(float value_g) { return static_cast<int>(std::clamp(std::nearbyint(static_cast<double>(value_g) * kCounts), -2048.0, 2047.0)); }

class Writer {
 public:
  virtual ~Writer() = default;
  virtual bool add(const SyntheticRecording& hour) = 0;
  virtual bool finish() = 0;
};

/// Calls `take` for every full group of `size` samples, and keeps the rest.
class Groups {
 public:
  using Sample = std::array<int, 3>;

  explicit Groups(std::size_t size) { group_.reserve(size_ = size); }

  template <class Take>
  void add(const Recording& recording, Take take) {
    const auto& x = recording.channels[0].samples;
    const auto& y = recording.channels[1].samples;
    const auto& z = recording.channels[2].samples;
    for (std::size_t i = 0; i < x.size(); ++i) {
      group_.push_back({counts_of(x[i]), counts_of(y[i]), counts_of(z[i])});
      if (group_.size() < size_) continue;
      take(std::span<const Sample>(group_));
      group_.clear();
    }
  }

  const std::vector<Sample>& rest() const { return group_; }

 private:
  std::size_t size_ = 0;
  std::vector<Sample> group_;
};

class CwaWriter final : public Writer {
 public:
  CwaWriter(double rate_hz, ByteSink sink) : rate_hz_(rate_hz), sink_(std::move(sink)), code_(rate_hz > 75.0 ? 0x4A : 0x49) {
    std::string head = "MD";
    put16(head, 1020);
    head.resize(1024, '\0');
    head[36] = static_cast<char>(code_);
    head[41] = 44;  // firmware
    std::fill(head.begin() + 64, head.begin() + 512, ' ');
    good_ = sink_(head);
  }

  bool add(const SyntheticRecording& hour) override {
    std::string bytes;
    groups_.add(hour.recording, [&](std::span<const Groups::Sample> samples) { put_block(bytes, samples); });
    return good_ = good_ && sink_(bytes);
  }

  bool finish() override {
    std::string bytes;
    if (!groups_.rest().empty()) put_block(bytes, groups_.rest());
    return good_ && sink_(bytes);
  }

 private:
  static std::uint32_t stamp_of(std::int64_t unix_s) {
    using namespace std::chrono;
    const sys_seconds at{seconds(unix_s)};
    const auto day = floor<days>(at);
    const year_month_day date{day};
    const hh_mm_ss time{at - day};
    return static_cast<std::uint32_t>(static_cast<int>(date.year()) - 2000) << 26 | static_cast<unsigned>(date.month()) << 22 | static_cast<unsigned>(date.day()) << 17 |
           static_cast<std::uint32_t>(time.hours().count()) << 12 | static_cast<std::uint32_t>(time.minutes().count()) << 6 | static_cast<std::uint32_t>(time.seconds().count());
  }

  /// eezzzzzz zzzzyyyy yyyyyyxx xxxxxxxx
  static std::uint32_t packed(const Groups::Sample& sample) {
    const int largest = std::max({std::abs(sample[0]), std::abs(sample[1]), std::abs(sample[2])});
    int e = 0;
    while (e < 3 && (largest >> e) > 511) ++e;
    std::uint32_t word = static_cast<std::uint32_t>(e) << 30;
    for (std::size_t k = 0; k < 3; ++k) word |= (static_cast<std::uint32_t>(sample[k] >> e) & 1023U) << (10 * k);
    return word;
  }

  void put_block(std::string& bytes, std::span<const Groups::Sample> samples) {
    const double at_s = static_cast<double>(first_) / rate_hz_;
    auto second = static_cast<std::int64_t>(at_s);
    auto fraction = static_cast<std::uint32_t>(std::lround((at_s - static_cast<double>(second)) * 32768.0));
    if (fraction == 32768) {
      fraction = 0;
      ++second;
    }
    // Readers that do not know of the fraction take the place of the whole second; the others put the fraction back.
    const std::uint32_t nominal_hz = code_ == 0x4A ? 100 : 50;
    const std::uint32_t place = 0U - (((fraction << 1) * nominal_hz) >> 16);
    const std::size_t begin = bytes.size();
    bytes += "AX";
    put16(bytes, 508);
    put16(bytes, 0x8000U | fraction);
    put32(bytes, 1);
    put32(bytes, sequence_);
    put32(bytes, stamp_of(kStart_s + second));
    put16(bytes, 300);
    put16(bytes, 277);  // 31 degrees: worn
    bytes.push_back(sequence_ == 0 ? '\1' : '\0');
    bytes.push_back(static_cast<char>(200 - std::min<std::uint32_t>(sequence_ / 10000, 80)));
    bytes.push_back(static_cast<char>(code_));
    bytes.push_back('\x30');
    put16(bytes, place & 0xFFFFU);
    put16(bytes, static_cast<std::uint32_t>(samples.size()));
    for (const Groups::Sample& sample : samples) put32(bytes, packed(sample));
    bytes.resize(begin + 510, '\0');
    std::uint32_t sum = 0;
    for (std::size_t i = begin; i < bytes.size(); i += 2) sum += static_cast<unsigned char>(bytes[i]) + 256U * static_cast<unsigned char>(bytes[i + 1]);
    put16(bytes, (0U - sum) & 0xFFFFU);
    first_ += static_cast<std::int64_t>(samples.size());
    ++sequence_;
  }

  double rate_hz_;
  ByteSink sink_;
  std::uint32_t code_;
  Groups groups_{kBlockSamples};
  std::int64_t first_ = 0;
  std::uint32_t sequence_ = 0;
  bool good_ = true;
};

class Gt3xWriter final : public Writer {
 public:
  Gt3xWriter(double rate_hz, bool deflated, ByteSink sink) : zip_(std::move(sink), deflated), groups_(static_cast<std::size_t>(rate_hz)) {
    constexpr std::int64_t kTicksTo1970 = 62135596800;
    zip_.begin("info.txt");
    zip_.add("Serial Number: TAS1H00000000\r\nDevice Type: Link\r\nFirmware: 1.7.2\r\nSample Rate: " + std::to_string(std::lround(rate_hz)) +
             "\r\nStart Date: " + std::to_string((kStart_s + kTicksTo1970) * 10'000'000) + "\r\nAcceleration Scale: 256.0\r\nAcceleration Min: -8.0\r\nAcceleration Max: 8.0\r\n");
    zip_.end();
    zip_.begin("log.bin");
  }

  bool add(const SyntheticRecording& hour) override {
    std::string bytes;
    groups_.add(hour.recording, [&](std::span<const Groups::Sample> samples) { put_record(bytes, samples); });
    zip_.add(bytes);
    return true;
  }

  bool finish() override {
    zip_.end();
    return zip_.finish();
  }

 private:
  void put_record(std::string& bytes, std::span<const Groups::Sample> samples) {
    constexpr char kActivity2 = 26;
    const std::size_t begin = bytes.size();
    bytes.push_back('\x1E');
    bytes.push_back(kActivity2);
    put32(bytes, static_cast<std::uint32_t>(kStart_s + second_++));
    put16(bytes, static_cast<std::uint32_t>(6 * samples.size()));
    for (const Groups::Sample& sample : samples)
      for (const int value : sample) put16(bytes, static_cast<std::uint32_t>(value));
    unsigned char all = 0;
    for (std::size_t i = begin; i < bytes.size(); ++i) all ^= static_cast<unsigned char>(bytes[i]);
    bytes.push_back(static_cast<char>(~all));
  }

  ZipStream zip_;
  Groups groups_;
  std::int64_t second_ = 0;
};

class CsvWriter final : public Writer {
 public:
  explicit CsvWriter(ByteSink sink) : sink_(std::move(sink)) {}

  bool add(const SyntheticRecording& hour) override {
    const std::string text = to_csv(hour);
    const std::size_t skipped = begun_ ? text.find('\n') + 1 : 0;
    begun_ = true;
    return sink_(std::string_view(text).substr(skipped));
  }

  bool finish() override { return true; }

 private:
  ByteSink sink_;
  bool begun_ = false;
};

std::unique_ptr<Writer> writer_of(DeviceFile kind, double rate_hz, const ByteSink& sink) {
  switch (kind) {
    case DeviceFile::Cwa: return std::make_unique<CwaWriter>(rate_hz, sink);
    case DeviceFile::Gt3x: return std::make_unique<Gt3xWriter>(rate_hz, false, sink);
    case DeviceFile::Gt3xDeflated: return std::make_unique<Gt3xWriter>(rate_hz, true, sink);
    case DeviceFile::Csv: break;
  }
  return std::make_unique<CsvWriter>(sink);
}

}  // namespace

bool can_hold(DeviceFile kind, double rate_hz) {
  if (kind == DeviceFile::Cwa) return std::abs(rate_hz - 50.0) <= 2.5 || std::abs(rate_hz - 100.0) <= 5.0;
  const bool whole = std::abs(rate_hz - std::nearbyint(rate_hz)) < 1e-9;
  return rate_hz >= 30.0 && rate_hz <= 100.0 && (whole || kind == DeviceFile::Csv);
}

std::optional<SyntheticRecording> write_device_file(const SyntheticSpec& spec, DeviceFile kind, const ByteSink& sink) {
  if (!can_hold(kind, spec.rate_hz)) return std::nullopt;
  const std::unique_ptr<Writer> writer = writer_of(kind, spec.rate_hz, sink);
  LongRecording days(spec);
  SyntheticRecording all;
  std::int64_t samples = 0;
  while (const std::optional<SyntheticRecording> hour = days.next()) {
    if (!writer->add(*hour)) return std::nullopt;
    samples += hour->recording.num_samples();
    all.truth.insert(all.truth.end(), hour->truth.begin(), hour->truth.end());
    all.disturbed.insert(all.disturbed.end(), hour->disturbed.begin(), hour->disturbed.end());
  }
  if (!writer->finish()) return std::nullopt;
  all.recording.format = "synthetic";
  all.recording.start = {ClockBasis::Local, kStart_s * 1'000'000'000, std::nullopt};
  all.recording.rate_hz = spec.rate_hz;
  all.recording.segments = {{0, samples, 0.0, spec.rate_hz}};
  return all;
}

}  // namespace klono::synth
