/// The engine's program inside a browser worker: bytes in, bytes out. web/engine_worker.js is the other side.

#include <emscripten.h>

#include <algorithm>
#include <memory>

#include "base/byte_source.hpp"
#include "base/read_ahead_source.hpp"
#include "base/words.hpp"
#include "engine/page_file.hpp"
#include "engine/service.hpp"

namespace klono::engine {
namespace {

// clang-format off
EM_JS(void, page_reply, (const std::uint8_t* bytes, std::size_t size), {
  Module["page"].reply(HEAPU8.slice(bytes, bytes + size));
})
EM_JS(double, page_size_of, (std::uint32_t source), { return Module["page"].sizeOf(source); })
EM_JS(double, page_read, (std::uint32_t source, double begin, double end, void* into), {
  const bytes = Module["page"].read(source, begin, end);
  if (!bytes) return -1;
  HEAPU8.set(bytes, into);
  return bytes.length;
})
// clang-format on

/// A File of the page, read slice by slice.
class PageFile final : public ByteSource {
 public:
  PageFile(std::uint32_t source, std::int64_t size) : source_(source), size_(size) {}

  std::int64_t size() const override { return size_; }

  Result<std::size_t> read_at(std::int64_t offset, std::span<std::byte> into) const override {
    if (offset >= size_ || into.empty()) return std::size_t{0};
    const std::int64_t end = std::min(size_, offset + static_cast<std::int64_t>(into.size()));
    const double got = page_read(source_, static_cast<double>(offset), static_cast<double>(end), into.data());
    if (got < 0.0)
      return Error{ErrorCode::CannotRead, std::string(word(Word::engine_source_failed)), std::string(word(Word::engine_source_failed_advice))};
    return static_cast<std::size_t>(got);
  }

 private:
  std::uint32_t source_;
  std::int64_t size_;
};

constexpr std::size_t kReadAhead = 16 << 20;  // each asking takes a browser milliseconds, however little is asked

std::unique_ptr<Service> service;

}  // namespace

Result<std::shared_ptr<const ByteSource>> open_page_file(std::uint32_t source) {
  const double size = page_size_of(source);
  if (size < 0.0)
    return Error{ErrorCode::CannotRead, std::string(word(Word::engine_source_unknown)), std::string(word(Word::engine_source_unknown_advice))};
  return std::shared_ptr<const ByteSource>(
      std::make_shared<ReadAheadSource>(std::make_shared<PageFile>(source, static_cast<std::int64_t>(size)), kReadAhead));
}

}  // namespace klono::engine

extern "C" {

EMSCRIPTEN_KEEPALIVE void klono_engine_begin() {
  using namespace klono::engine;
  service = std::make_unique<Service>([](const std::vector<std::uint8_t>& reply) { page_reply(reply.data(), reply.size()); }, open_page_file,
                                      [] { return emscripten_get_now() / 1000.0; });
}

EMSCRIPTEN_KEEPALIVE void klono_engine_receive(const std::uint8_t* bytes, std::size_t size) { klono::engine::service->receive({bytes, size}); }

/// True while there is more to do.
EMSCRIPTEN_KEEPALIVE bool klono_engine_step() { return klono::engine::service->step(); }
}
