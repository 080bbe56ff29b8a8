#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace klono::report {

inline constexpr double kNull = std::numeric_limits<double>::quiet_NaN();  ///< a number that is written as null

/// Writes JSON (RFC 8259) in the order of the calls, indented, numbers in their shortest exact form.
/// NaN and infinities become null; text is made valid UTF-8.
class JsonWriter {
 public:
  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);

  JsonWriter& value(double number);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(std::same_as<bool> auto truth) { return raw(truth ? "true" : "false"); }
  JsonWriter& value(std::integral auto number)
    requires(!std::same_as<decltype(number), bool>)
  {
    return raw(std::to_string(number));
  }
  JsonWriter& null() { return raw("null"); }
  /// A number already in JSON's form; null where it is empty.
  JsonWriter& number(std::string_view digits) { return raw(digits.empty() ? std::string_view("null") : digits); }

  template <class T>
  JsonWriter& field(std::string_view name, const T& what) {
    return key(name).value(what);
  }

  const std::string& text() const { return text_; }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  JsonWriter& raw(std::string_view text);
  void begin_item();
  void new_line();

  std::string text_;
  std::vector<bool> has_items_;  ///< one an open bracket
  bool after_key_ = false;
};

}  // namespace klono::report
