#include "formats/json_objects.hpp"

#include "base/words.hpp"

namespace klono::formats {
namespace {

constexpr std::size_t kLargestObject = 64 << 20;

}  // namespace

Status JsonObjects::feed(std::string_view block, const Take& take) {
  std::size_t begin = 0;  // of the object that is open
  for (std::size_t i = 0; i < block.size(); ++i) {
    const char c = block[i];
    if (in_text_) {
      if (escaped_) escaped_ = false;
      else if (c == '\\') escaped_ = true;
      else if (c == '"') in_text_ = false;
      continue;
    }
    if (c == '"') {
      in_text_ = true;
    } else if (c == '[' || c == '{') {
      if (begun_ && depth_ == 0) return Done{};  // behind the end of the list
      if (depth_ == 1) begin = i;
      begun_ = true;
      ++depth_;
    } else if ((c == ']' || c == '}') && depth_ > 0) {
      --depth_;
      if (depth_ != 1) continue;
      const std::string_view part = block.substr(begin, i + 1 - begin);
      if (pending_.empty()) {
        if (c == '}') KLONO_CHECK(take(part));
      } else {
        pending_ += part;
        if (c == '}') KLONO_CHECK(take(pending_));
        pending_.clear();
      }
      begin = i + 1;
    }
  }
  if (depth_ > 1) pending_ += block.substr(begin);
  if (pending_.size() > kLargestObject)
    return Error{ErrorCode::TooLarge, std::string(word(Word::formats_json_too_large)), std::string(word(Word::formats_json_too_large_advice))};
  return Done{};
}

}  // namespace klono::formats
