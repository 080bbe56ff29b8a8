#include "detection/setting_table.hpp"

#include <cstdio>
#include <string>

#include "base/words.hpp"

namespace klono {
namespace {

std::string plain(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

}  // namespace

Error setting_out_of_range(std::string_view key, double low, double high, double value) {
  return Error{ErrorCode::BadSetting, fill(Word::detection_setting_range, {{"key", std::string(key)}, {"low", plain(low)}, {"high", plain(high)}, {"value", plain(value)}})};
}

Error setting_unknown(std::string_view key) { return Error{ErrorCode::BadSetting, fill(Word::detection_setting_unknown, {{"key", std::string(key)}})}; }

}  // namespace klono
