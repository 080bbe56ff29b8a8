#include "cli/journal_making.hpp"

#include <array>
#include <cmath>
#include <limits>

#include "base/units.hpp"
#include "formats/journal.hpp"

namespace klono::cli {
namespace {

using namespace formats::journal;

constexpr double kFirst_ms = 2000.0;            // the page was open for a while
constexpr std::int64_t kUnix_ms = 1'767'225'600'000;  // 2026-01-01 00:00 UTC
constexpr double kRounding_m_s2 = 0.1;
constexpr std::int64_t kTwiceEach = 97;
constexpr double kTwiceAfter_ms = 3.0;
constexpr std::size_t kBatch = 32;

class JournalMaking {
 public:
  void add(const Frame& frame) {
    const std::vector<std::byte> more = writer_.encode(frame);
    bytes_.insert(bytes_.end(), more.begin(), more.end());
  }

  void add(const Reading& reading) {
    batch_.readings.push_back(reading);
    if (batch_.readings.size() >= kBatch) flush();
  }

  void flush() {
    if (!batch_.readings.empty()) add(Frame(batch_));
    batch_.readings.clear();
  }

  std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  Writer writer_;
  Readings batch_;
  std::vector<std::byte> bytes_;
};

double stamp_of(double t_s) { return kFirst_ms + 1000.0 * t_s; }

}  // namespace

std::vector<std::byte> journal_of(const Recording& recording) {
  const std::array<const Channel*, 3> axes{recording.find(ChannelRole::AccelerationX), recording.find(ChannelRole::AccelerationY),
                                           recording.find(ChannelRole::AccelerationZ)};
  for (const Channel* axis : axes)
    if (axis == nullptr) return {};
  JournalMaking making;
  making.add(Frame(Header{SensorKind::DeviceMotion, "2026-01-01-00-00-00", "", "synth", 0.0, 16.0}));
  making.add(Frame(Anchor{kFirst_ms, kUnix_ms, 0}));
  double end_s = 0.0;
  constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
  for (const Segment& segment : recording.segments) {
    making.flush();
    if (segment.first_index > 0) making.add(Frame(GapRecord{stamp_of(end_s), stamp_of(segment.start_s), GapReason::Hidden}));
    for (std::int64_t i = segment.first_index; i < segment.end_index(); ++i) {
      Reading reading{stamp_of(segment.time_of(i)), {}, {kNone, kNone, kNone}, {kNone, kNone, kNone}};
      for (std::size_t k = 0; k < 3; ++k) {
        const double value = static_cast<double>(axes[k]->samples[static_cast<std::size_t>(i)]) * kStandardGravity_m_s2;
        reading.acceleration[k] = static_cast<float>(std::round(value / kRounding_m_s2) / 10.0);
      }
      making.add(reading);
      if (i % kTwiceEach != 0) continue;
      reading.stamp_ms += kTwiceAfter_ms;
      making.add(reading);
    }
    end_s = segment.time_of(segment.end_index() - 1);
  }
  making.flush();
  making.add(Frame(End{stamp_of(end_s)}));
  return making.take();
}

}  // namespace klono::cli
