#include "formats/zip_archive.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <optional>

#include "base/words.hpp"
#include "unzip.h"
#include "zlib.h"

namespace klono::formats {
namespace {

constexpr std::size_t kMostMembers = 5000;
// A deflate bomb ends here: recordings as text shrink to a tenth, held values to a hundredth (both limits chosen).
constexpr std::int64_t kAlwaysAllowedBytes = std::int64_t{64} << 20;
constexpr std::int64_t kMostGrowth = 400;

Error damaged() {
  return {ErrorCode::Malformed, std::string(word(Word::formats_archive_damaged)), std::string(word(Word::formats_archive_damaged_advice))};
}

Error too_large() {
  return {ErrorCode::TooLarge, std::string(word(Word::formats_archive_too_large)), std::string(word(Word::formats_archive_too_large_advice))};
}

/// What minizip sees as an open file.
struct Stream {
  const ByteSource* source;
  ZPOS64_T at = 0;
};

voidpf open_stream(voidpf opaque, const void*, int) { return new Stream{static_cast<const ByteSource*>(opaque)}; }

uLong read_stream(voidpf, voidpf stream, void* into, uLong count) {
  auto* file = static_cast<Stream*>(stream);
  const Result<std::size_t> got = file->source->read_at(static_cast<std::int64_t>(file->at), {static_cast<std::byte*>(into), count});
  if (!got) return 0;
  file->at += got.value();
  return static_cast<uLong>(got.value());
}

uLong write_stream(voidpf, voidpf, const void*, uLong) { return 0; }
ZPOS64_T tell_stream(voidpf, voidpf stream) { return static_cast<Stream*>(stream)->at; }

long seek_stream(voidpf, voidpf stream, ZPOS64_T offset, int origin) {
  auto* file = static_cast<Stream*>(stream);
  const auto size = static_cast<ZPOS64_T>(file->source->size());
  const ZPOS64_T base = origin == ZLIB_FILEFUNC_SEEK_CUR ? file->at : origin == ZLIB_FILEFUNC_SEEK_END ? size : 0;
  const ZPOS64_T target = base + offset;
  if (target > size) return -1;
  file->at = target;
  return 0;
}

int close_stream(voidpf, voidpf stream) {
  delete static_cast<Stream*>(stream);
  return 0;
}

int no_error(voidpf, voidpf) { return 0; }

struct CloseArchive {
  void operator()(void* archive) const { unzClose(archive); }
};
using Handle = std::unique_ptr<void, CloseArchive>;

Handle open_handle(const ByteSource& source) {
  zlib_filefunc64_def functions{};
  functions.zopen64_file = open_stream;
  functions.zread_file = read_stream;
  functions.zwrite_file = write_stream;
  functions.ztell64_file = tell_stream;
  functions.zseek64_file = seek_stream;
  functions.zclose_file = close_stream;
  functions.zerror_file = no_error;
  functions.opaque = const_cast<ByteSource*>(&source);
  return Handle(unzOpen2_64("", &functions));
}

struct EndInflate {
  void operator()(z_stream* stream) const {
    inflateEnd(stream);
    delete stream;
  }
};
using Inflating = std::unique_ptr<z_stream, EndInflate>;

Inflating copy_of(const z_stream& stream) {
  auto copy = std::make_unique<z_stream>();
  if (inflateCopy(copy.get(), const_cast<z_stream*>(&stream)) != Z_OK) return nullptr;
  return Inflating(copy.release());
}

/// Where the packed bytes of a stream lie, and what is known of the unpacked ones.
struct Packed {
  std::shared_ptr<const ByteSource> source;
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::int64_t declared_size = 0;
  bool gzip = false;
  std::optional<uLong> checksum;  ///< compared at the end where it is told
  OnDamage damage = OnDamage::Fail;
};

/// Deflated bytes. They are unpacked forwards, page after page; the last pages are kept for short steps back, and states of
/// the unpacking every few megabytes for long ones, so that a window anywhere costs little and a file of any size bounded memory.
class InflatedSource final : public ByteSource {
 public:
  explicit InflatedSource(Packed packed) : packed_(std::move(packed)), most_(std::max(kAlwaysAllowedBytes, packed_.source->size() * kMostGrowth)) {}

  std::int64_t size() const override { return packed_.declared_size; }

  Result<std::size_t> read_at(std::int64_t offset, std::span<std::byte> into) const override {
    std::size_t done = 0;
    while (done < into.size()) {
      const std::int64_t at = offset + static_cast<std::int64_t>(done);
      KLONO_TRY(const Page* const page, page_of(at / kPage));
      const auto skipped = static_cast<std::size_t>(at % kPage);
      if (page == nullptr || skipped >= page->count) break;
      const std::size_t taken = std::min(into.size() - done, page->count - skipped);
      std::memcpy(into.data() + done, page->bytes.data() + skipped, taken);
      done += taken;
    }
    return done;
  }

 private:
  static constexpr std::int64_t kPage = 1 << 16;
  static constexpr std::size_t kPagesKept = 8;
  static constexpr std::int64_t kFirstSpacing = 64;   // pages: 4 MB
  static constexpr std::size_t kMostStates = 128;     // of about 40 kB each

  struct Page {
    std::int64_t number = -1;
    std::size_t count = 0;
    std::vector<std::byte> bytes;
  };

  /// All that goes on differently after a page.
  struct State {
    std::int64_t page = 0;   ///< the next one
    std::int64_t offset = 0; ///< of the next packed byte
    uLong checksum = 0;
    bool finished = false;
    Inflating stream;
  };

  /// Null past the end.
  Result<const Page*> page_of(std::int64_t number) const {
    Page& slot = pages_[static_cast<std::size_t>(number) % kPagesKept];
    if (slot.number == number) return &slot;
    if (last_page_ >= 0 && number > last_page_) return nullptr;
    KLONO_CHECK(go_near(number));
    while (now_.page <= number) {
      if (now_.finished) return nullptr;
      KLONO_CHECK(next_page());
    }
    return &slot;
  }

  /// Takes up the latest state before the page, where that is not what goes on anyway.
  Status go_near(std::int64_t number) const {
    const bool ahead = now_.stream != nullptr && now_.page <= number;
    const auto after = std::upper_bound(states_.begin(), states_.end(), number, [](std::int64_t page, const State& state) { return page < state.page; });
    if (after != states_.begin() && (!ahead || std::prev(after)->page > now_.page)) {
      const State& state = *std::prev(after);
      now_ = {state.page, state.offset, state.checksum, false, copy_of(*state.stream)};
      if (!now_.stream) return damaged();
      now_.stream->avail_in = 0;
    } else if (!ahead) {
      auto fresh = std::make_unique<z_stream>();
      if (inflateInit2(fresh.get(), packed_.gzip ? 15 + 32 : -15) != Z_OK) return damaged();
      now_ = {0, packed_.begin, crc32(0, nullptr, 0), false, Inflating(fresh.release())};
    }
    return Done{};
  }

  Status next_page() const {
    Page& page = pages_[static_cast<std::size_t>(now_.page) % kPagesKept];
    page.number = -1;
    page.bytes.resize(static_cast<std::size_t>(kPage));
    page.count = 0;
    const Status status = fill(page);
    if (!status.ok() && (packed_.damage == OnDamage::Fail || status.error().code != ErrorCode::Malformed)) {
      now_.stream.reset();
      return status;
    }
    now_.finished = now_.finished || !status.ok();
    now_.checksum = crc32(now_.checksum, reinterpret_cast<const Bytef*>(page.bytes.data()), static_cast<uInt>(page.count));
    page.number = now_.page;
    if (now_.finished) {
      last_page_ = now_.page;
      if (packed_.checksum && packed_.damage == OnDamage::Fail && *packed_.checksum != now_.checksum) {
        page.number = -1;
        last_page_ = -1;
        now_.stream.reset();
        return damaged();
      }
    }
    ++now_.page;
    if (now_.page * kPage > most_ && !now_.finished) return too_large();
    if (!now_.finished && now_.page % spacing_ == 0) keep_state();
    return Done{};
  }

  void keep_state() const {
    if (!states_.empty() && states_.back().page >= now_.page) return;
    Inflating copy = copy_of(*now_.stream);
    if (!copy) return;
    states_.push_back({now_.page, now_.offset - now_.stream->avail_in, now_.checksum, false, std::move(copy)});
    if (states_.size() <= kMostStates) return;
    spacing_ *= 2;
    std::erase_if(states_, [this](const State& state) { return state.page % spacing_ != 0; });
  }

  Status fill(Page& page) const {
    z_stream& stream = *now_.stream;
    stream.next_out = reinterpret_cast<Bytef*>(page.bytes.data());
    stream.avail_out = static_cast<uInt>(page.bytes.size());
    while (stream.avail_out > 0 && !now_.finished) {
      if (stream.avail_in == 0) KLONO_CHECK(fetch(stream));
      const bool at_end = stream.avail_in == 0;
      const int code = inflate(&stream, Z_NO_FLUSH);
      page.count = page.bytes.size() - stream.avail_out;
      if (code == Z_STREAM_END) {
        now_.finished = !goes_on(stream);
      } else if (code == Z_BUF_ERROR && at_end) {
        if (!packed_.gzip) return damaged();
        now_.finished = true;  // what a cut gzip file holds is worth having
      } else if (code != Z_OK && code != Z_BUF_ERROR) {
        return damaged();
      }
    }
    return Done{};
  }

  Status fetch(z_stream& stream) const {
    input_.resize(1 << 16);
    const auto wanted = static_cast<std::size_t>(std::clamp<std::int64_t>(packed_.end - now_.offset, 0, static_cast<std::int64_t>(input_.size())));
    KLONO_TRY(const std::size_t got, packed_.source->read_at(now_.offset, std::span(input_).first(wanted)));
    now_.offset += static_cast<std::int64_t>(got);
    stream.next_in = reinterpret_cast<Bytef*>(input_.data());
    stream.avail_in = static_cast<uInt>(got);
    return Done{};
  }

  /// gzip files may be joined end to end; anything else after the end is ignored.
  bool goes_on(z_stream& stream) const {
    return packed_.gzip && stream.avail_in >= 2 && stream.next_in[0] == 0x1F && stream.next_in[1] == 0x8B && inflateReset(&stream) == Z_OK;
  }

  Packed packed_;
  std::int64_t most_;
  mutable State now_;
  mutable std::vector<State> states_;  ///< by page
  mutable std::int64_t spacing_ = kFirstSpacing;
  mutable std::int64_t last_page_ = -1;  ///< once known
  mutable std::array<Page, kPagesKept> pages_;
  mutable std::vector<std::byte> input_;
};

/// Bytes of a member that was only stored; its checksum is compared where it is read from front to back.
class StoredSource final : public ByteSource {
 public:
  explicit StoredSource(Packed packed) : packed_(std::move(packed)) {}

  std::int64_t size() const override { return packed_.end - packed_.begin; }

  Result<std::size_t> read_at(std::int64_t offset, std::span<std::byte> into) const override {
    const auto wanted = static_cast<std::size_t>(std::clamp<std::int64_t>(size() - offset, 0, static_cast<std::int64_t>(into.size())));
    KLONO_TRY(const std::size_t got, packed_.source->read_at(packed_.begin + offset, into.first(wanted)));
    if (packed_.damage == OnDamage::Fail && packed_.checksum && offset == checked_to_ && got > 0) {
      checksum_ = crc32_z(checksum_, reinterpret_cast<const Bytef*>(into.data()), got);
      checked_to_ += static_cast<std::int64_t>(got);
      if (checked_to_ == size() && checksum_ != *packed_.checksum) return damaged();
    }
    return got;
  }

 private:
  Packed packed_;
  mutable std::int64_t checked_to_ = 0;
  mutable uLong checksum_ = 0;
};

/// A member that cannot be opened.
class DamagedSource final : public ByteSource {
 public:
  std::int64_t size() const override { return 0; }
  Result<std::size_t> read_at(std::int64_t, std::span<std::byte>) const override { return damaged(); }
};

}  // namespace

Result<std::shared_ptr<const ZipArchive>> ZipArchive::open(std::shared_ptr<const ByteSource> source) {
  auto archive = std::make_shared<ZipArchive>();
  archive->source_ = source;
  const Handle handle = open_handle(*source);
  if (!handle) return damaged();
  for (int code = unzGoToFirstFile(handle.get()); code == UNZ_OK; code = unzGoToNextFile(handle.get())) {
    if (archive->members_.size() >= kMostMembers) return too_large();
    unz_file_info64 info{};
    char name[1024] = {};
    if (unzGetCurrentFileInfo64(handle.get(), &info, name, sizeof name - 1, nullptr, 0, nullptr, 0) != UNZ_OK) return damaged();
    const std::size_t length = std::strlen(name);
    if (length == 0 || name[length - 1] == '/') continue;
    unz64_file_pos place{};
    if (unzGetFilePos64(handle.get(), &place) != UNZ_OK) return damaged();
    const auto size = static_cast<std::int64_t>(std::min<ZPOS64_T>(info.uncompressed_size, 1ULL << 40));
    archive->members_.push_back({name, size, archive->members_.size()});
    archive->places_.push_back({place.pos_in_zip_directory, place.num_of_file});
  }
  return std::shared_ptr<const ZipArchive>(std::move(archive));
}

std::shared_ptr<const ByteSource> ZipArchive::read(const FileMember& member) const { return open_member(member, OnDamage::Fail); }

std::shared_ptr<const ByteSource> ZipArchive::read_up_to_damage(const FileMember& member) const { return open_member(member, OnDamage::End); }

std::shared_ptr<const ByteSource> ZipArchive::open_member(const FileMember& member, OnDamage damage) const {
  const Handle handle = open_handle(*source_);
  unz64_file_pos place{places_[member.number].directory_at, places_[member.number].number};
  unz_file_info64 info{};
  if (!handle || unzGoToFilePos64(handle.get(), &place) != UNZ_OK || unzOpenCurrentFile(handle.get()) != UNZ_OK ||
      unzGetCurrentFileInfo64(handle.get(), &info, nullptr, 0, nullptr, 0, nullptr, 0) != UNZ_OK)
    return std::make_shared<DamagedSource>();
  constexpr uLong kEncrypted = 1;
  const auto begin = static_cast<std::int64_t>(unzGetCurrentFileZStreamPos64(handle.get()));
  const auto there = static_cast<ZPOS64_T>(std::max<std::int64_t>(0, source_->size() - begin));
  if ((info.flag & kEncrypted) != 0 || (info.compression_method != 0 && info.compression_method != Z_DEFLATED)) return std::make_shared<DamagedSource>();
  Packed packed{source_, begin, begin + static_cast<std::int64_t>(std::min(info.compressed_size, there)), member.size, false, info.crc, damage};
  if (info.compression_method == 0) return std::make_shared<StoredSource>(std::move(packed));
  return std::make_shared<InflatedSource>(std::move(packed));
}

std::shared_ptr<const ByteSource> gunzip(std::shared_ptr<const ByteSource> source) {
  const std::int64_t size = source->size();
  return std::make_shared<InflatedSource>(Packed{std::move(source), 0, size, size, true, std::nullopt, OnDamage::Fail});
}

}  // namespace klono::formats
