#pragma once
/// Values as bytes: little-endian whatever the machine, every read checked against the end.
/// Numbers at their own width, bool and enum as one byte, text and vectors after a u32 count, an optional
/// after a bool, structs field by field (fields.hpp).

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "protocol/aggregate.hpp"
#include "protocol/fields.hpp"

namespace klono::protocol {

template <class T>
concept Number = std::is_arithmetic_v<T> && !std::same_as<T, bool>;
template <class T>
concept Enum = std::is_enum_v<T>;

/// Highest value an enum may have on the wire.
constexpr std::uint8_t last_of(ErrorCode) { return static_cast<std::uint8_t>(ErrorCode::Internal); }
constexpr std::uint8_t last_of(Question::Kind) { return static_cast<std::uint8_t>(Question::Kind::Member); }
constexpr std::uint8_t last_of(Sensitivity) { return static_cast<std::uint8_t>(Sensitivity::Sensitive); }
constexpr std::uint8_t last_of(EventClass) { return static_cast<std::uint8_t>(EventClass::Movement); }
constexpr std::uint8_t last_of(Reason) { return static_cast<std::uint8_t>(Reason::Settling); }
constexpr std::uint8_t last_of(EmgDetail) { return static_cast<std::uint8_t>(EmgDetail::Lengths); }
constexpr std::uint8_t last_of(EmgKind) { return static_cast<std::uint8_t>(EmgKind::Activity); }
constexpr std::uint8_t last_of(EmgBand) { return static_cast<std::uint8_t>(EmgBand::Longer); }
constexpr std::uint8_t last_of(EmgReason) { return static_cast<std::uint8_t>(EmgReason::Settling); }
constexpr std::uint8_t last_of(GapReason) { return static_cast<std::uint8_t>(GapReason::Paused); }
constexpr std::uint8_t last_of(Task) { return static_cast<std::uint8_t>(Task::Reach); }
constexpr std::uint8_t last_of(ClockBasis) { return static_cast<std::uint8_t>(ClockBasis::Utc); }
constexpr std::uint8_t last_of(TraceMode) { return static_cast<std::uint8_t>(TraceMode::Emg); }
constexpr std::uint8_t last_of(ExportKind) { return static_cast<std::uint8_t>(ExportKind::AnalysisJson); }
constexpr std::uint8_t last_of(OnsetSource) { return static_cast<std::uint8_t>(OnsetSource::Person); }
constexpr std::uint8_t last_of(SleepMoment) { return static_cast<std::uint8_t>(SleepMoment::WokeUp); }
constexpr std::uint8_t last_of(Decision) { return static_cast<std::uint8_t>(Decision::Rejected); }

/// Appends values to a buffer.
class Writer {
 public:
  std::vector<std::uint8_t> take() { return std::move(bytes_); }

  /// Every field of one struct.
  template <class M, class... Fields>
  void operator()(const M&, const Fields&... fields) {
    static_assert(sizeof...(Fields) == kFieldCount<M>, "fields.hpp does not list every field");
    (put(fields), ...);
  }

  template <class T>
  void put(const T& value) {
    if constexpr (std::same_as<T, bool>) {
      put(static_cast<std::uint8_t>(value));
    } else if constexpr (Enum<T>) {
      static_assert(sizeof(T) == 1);
      put(static_cast<std::uint8_t>(value));
    } else if constexpr (Number<T>) {
      put_number(value);
    } else {
      visit_fields(*this, value);
    }
  }
  void put(const std::string& text);
  template <class T>
  void put(const std::vector<T>& values) {
    put(static_cast<std::uint32_t>(values.size()));
    if constexpr (Number<T> && std::endian::native == std::endian::little) {
      put_raw(values.data(), values.size() * sizeof(T));
    } else {
      for (const T& value : values) put(value);
    }
  }
  template <class T, std::size_t N>
  void put(const std::array<T, N>& values) {
    for (const T& value : values) put(value);
  }
  template <class T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }

 private:
  void put_raw(const void* data, std::size_t size);

  template <Number T>
  void put_number(T value) {
    std::array<std::uint8_t, sizeof(T)> raw;
    std::memcpy(raw.data(), &value, sizeof(T));
    if constexpr (std::endian::native == std::endian::big) std::reverse(raw.begin(), raw.end());
    put_raw(raw.data(), raw.size());
  }

  std::vector<std::uint8_t> bytes_;
};

/// Takes values from a buffer. After the first contradiction every further read gives nothing, and
/// ok() is false.
class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

  /// Every field of one struct.
  template <class M, class... Fields>
  void operator()(M&, Fields&... fields) {
    static_assert(sizeof...(Fields) == kFieldCount<M>, "fields.hpp does not list every field");
    (get(fields), ...);
  }

  template <class T>
  void get(T& value) {
    if constexpr (std::same_as<T, bool>) {
      std::uint8_t byte = 0;
      get(byte);
      if (byte > 1) fail();
      value = byte == 1;
    } else if constexpr (Enum<T>) {
      std::uint8_t byte = 0;
      get(byte);
      if (byte > last_of(T{})) return fail();
      value = static_cast<T>(byte);
    } else if constexpr (Number<T>) {
      get_number(value);
    } else {
      visit_fields(*this, value);
    }
  }
  void get(std::string& text);
  template <class T>
  void get(std::vector<T>& values) {
    std::uint32_t count = 0;
    get(count);
    values.clear();
    if constexpr (Number<T>) {
      if (count > rest_.size() / sizeof(T)) return fail();
      values.resize(count);
      if constexpr (std::endian::native == std::endian::little) return get_raw(values.data(), count * sizeof(T));
      for (T& value : values) get(value);
    } else {
      if (count > rest_.size()) return fail();  // an element takes at least one byte
      for (std::uint32_t i = 0; i < count && ok_; ++i) get(values.emplace_back());
    }
  }
  template <class T, std::size_t N>
  void get(std::array<T, N>& values) {
    for (T& value : values) get(value);
  }
  template <class T>
  void get(std::optional<T>& value) {
    bool present = false;
    get(present);
    value.reset();
    if (present && ok_) get(value.emplace());
  }

 private:
  void fail();
  void get_raw(void* into, std::size_t size);

  template <Number T>
  void get_number(T& value) {
    std::array<std::uint8_t, sizeof(T)> raw{};
    get_raw(raw.data(), raw.size());
    if constexpr (std::endian::native == std::endian::big) std::reverse(raw.begin(), raw.end());
    if (ok_) std::memcpy(&value, raw.data(), sizeof(T));
  }

  std::span<const std::uint8_t> rest_;
  bool ok_ = true;
};

}  // namespace klono::protocol
