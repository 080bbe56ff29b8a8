#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace klono::formats {

/// Cuts a list of JSON objects into its objects while it comes in blocks, so that a list of any length needs the memory of one.
/// What is inside an object is left to a parser; whatever else stands in the list is passed over.
class JsonObjects {
 public:
  using Take = std::function<Status(std::string_view object)>;

  /// Gives each object that ends in `block`. Errors: those of `take`; TooLarge where one object is larger than 64 MB.
  Status feed(std::string_view block, const Take& take);

  /// Whether the list was closed.
  bool is_whole() const { return begun_ && depth_ == 0; }

 private:
  std::string pending_;  // the object that has begun
  int depth_ = 0;        // brackets and braces that are open
  bool begun_ = false;
  bool in_text_ = false;
  bool escaped_ = false;
};

}  // namespace klono::formats
