/// The recorder's program inside a browser worker: readings and orders in, bytes of the journal and news out.
/// web/recorder/ is the other side. One instance of the engine's program serves the app, another one this.

#include <emscripten.h>

#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "capture/recorder.hpp"
#include "engine/page_file.hpp"
#include "formats/journal_description.hpp"
#include "protocol/recorder.hpp"

namespace klono::engine {
namespace {

namespace journal = formats::journal;

// clang-format off
EM_JS(void, recorder_write, (const std::byte* bytes, std::size_t size), {
  Module["page"].write(HEAPU8.slice(bytes, bytes + size));
})
EM_JS(void, recorder_flush, (), { Module["page"].flush(); })
EM_JS(void, recorder_tell, (const char* json, std::size_t size), {
  Module["page"].tell(new TextDecoder().decode(HEAPU8.subarray(json, json + size)));
})
EM_JS(void, recorder_described, (const char* json, std::size_t size), {
  Module["page"].described(new TextDecoder().decode(HEAPU8.subarray(json, json + size)));
})
// clang-format on

constexpr std::size_t kRow = 10;  // stamp, then three sensors of three axes

std::unique_ptr<capture::Recorder> recorder;

void begin() {
  recorder = std::make_unique<capture::Recorder>(
      capture::Recorder::World{[](std::span<const std::byte> bytes) { recorder_write(bytes.data(), bytes.size()); }, recorder_flush,
                               [](const protocol::recorder::News& news) {
                                 const std::string json = protocol::recorder::encode(news);
                                 recorder_tell(json.data(), json.size());
                               }},
      KLONO_VERSION);
}

journal::Reading reading_of(std::span<const double, kRow> row) {
  journal::Reading reading;
  reading.stamp_ms = row[0];
  for (std::size_t axis = 0; axis < 3; ++axis) {
    reading.acceleration[axis] = static_cast<float>(row[1 + axis]);
    reading.linear[axis] = static_cast<float>(row[4 + axis]);
    reading.rotation[axis] = static_cast<float>(row[7 + axis]);
  }
  return reading;
}

protocol::recorder::StoredRecording stored_recording(std::uint32_t source) {
  protocol::recorder::StoredRecording stored;
  stored.readable = false;
  const auto file = open_page_file(source);
  if (!file.ok()) return stored;
  stored.bytes = static_cast<double>(file.value()->size());
  const Result<journal::Description> found = journal::describe(*file.value());
  if (!found.ok()) return stored;
  const journal::Description& description = found.value();
  stored.readable = true;
  stored.begun_unix_ms = static_cast<double>(description.begun.unix_ns) * 1e-6;
  stored.offset_min = description.begun.offset_min.value_or(0);
  stored.context = description.header.context;
  stored.planned_s = description.header.planned_s;
  stored.length_s = description.length_s;
  stored.finished = description.finished;
  return stored;
}

template <class E>
E enum_of(int value, E last) {
  return value >= 0 && value <= static_cast<int>(last) ? static_cast<E>(value) : last;
}

}  // namespace
}  // namespace klono::engine

extern "C" {

EMSCRIPTEN_KEEPALIVE void klono_recorder_begin() { klono::engine::begin(); }

/// What is no order is passed over.
EMSCRIPTEN_KEEPALIVE void klono_recorder_order(const char* json) {
  const auto order = klono::protocol::recorder::decode_order(json);
  if (order.ok()) klono::engine::recorder->order(order.value());
}

EMSCRIPTEN_KEEPALIVE void klono_recorder_readings(int sensor, double interval_as_told, const double* rows, int count) {
  using namespace klono::engine;
  std::vector<journal::Reading> readings;
  for (int i = 0; i < count; ++i) readings.push_back(reading_of(std::span<const double, kRow>(rows + static_cast<std::size_t>(i) * kRow, kRow)));
  recorder->readings(enum_of(sensor, journal::SensorKind::PolarBluetooth), readings, interval_as_told);
}

EMSCRIPTEN_KEEPALIVE void klono_recorder_polar(const std::uint8_t* bytes, int size, double stamp_ms) {
  klono::engine::recorder->polar_bytes(std::as_bytes(std::span(bytes, static_cast<std::size_t>(size))), stamp_ms);
}

EMSCRIPTEN_KEEPALIVE void klono_recorder_anchor(double stamp_ms, double unix_ms, int offset_min) {
  klono::engine::recorder->anchor({stamp_ms, static_cast<std::int64_t>(unix_ms), offset_min});
}

EMSCRIPTEN_KEEPALIVE void klono_recorder_gap(double begin_ms, double end_ms, int reason) {
  klono::engine::recorder->gap({begin_ms, end_ms, klono::engine::enum_of(reason, klono::GapReason::Paused)});
}

EMSCRIPTEN_KEEPALIVE void klono_recorder_tick(double stamp_ms) { klono::engine::recorder->tick(stamp_ms); }

/// Answers by described(): a StoredRecording without id and card, as the message would hold it.
EMSCRIPTEN_KEEPALIVE void klono_recorder_describe(std::uint32_t source) {
  using namespace klono::engine;
  const std::string json = klono::protocol::recorder::encode(stored_recording(source));
  recorder_described(json.data(), json.size());
}
}
