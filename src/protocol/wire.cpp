#include "protocol/wire.hpp"

namespace klono::protocol {

void Writer::put_raw(const void* data, std::size_t size) {
  const auto* begin = static_cast<const std::uint8_t*>(data);
  if (size > 0) bytes_.insert(bytes_.end(), begin, begin + size);
}

void Writer::put(const std::string& text) {
  put(static_cast<std::uint32_t>(text.size()));
  put_raw(text.data(), text.size());
}

void Reader::fail() {
  ok_ = false;
  rest_ = {};
}

void Reader::get_raw(void* into, std::size_t size) {
  if (size > rest_.size()) return fail();
  if (size > 0) std::memcpy(into, rest_.data(), size);
  rest_ = rest_.subspan(size);
}

void Reader::get(std::string& text) {
  std::uint32_t count = 0;
  get(count);
  if (count > rest_.size()) return fail();
  text.resize(count);
  get_raw(text.data(), count);
}

}  // namespace klono::protocol
