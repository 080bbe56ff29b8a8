#include "formats/zip_archive.hpp"

#include <algorithm>
#include <cstring>

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

/// Bytes that can only be decoded forwards; a step back begins again, a step ahead decodes and drops.
class ForwardSource : public ByteSource {
 public:
  ForwardSource(std::int64_t declared_size, std::int64_t packed_size)
      : declared_size_(declared_size), most_(std::max(kAlwaysAllowedBytes, packed_size * kMostGrowth)) {}

  std::int64_t size() const override { return declared_size_; }

  Result<std::size_t> read_at(std::int64_t offset, std::span<std::byte> into) const override {
    if (offset < at_ || !begun_) {
      KLONO_CHECK(restart());
      begun_ = true;
      at_ = 0;
    }
    std::byte dropped[16384];
    while (at_ < offset) {
      const auto wanted = static_cast<std::size_t>(std::min<std::int64_t>(offset - at_, sizeof dropped));
      KLONO_TRY(const std::size_t got, decode({dropped, wanted}));
      if (got == 0) return std::size_t{0};
      at_ += static_cast<std::int64_t>(got);
      if (at_ > most_) return too_large();
    }
    std::size_t done = 0;
    while (done < into.size()) {
      KLONO_TRY(const std::size_t got, decode(into.subspan(done)));
      if (got == 0) break;
      done += got;
      at_ += static_cast<std::int64_t>(got);
    }
    if (at_ > most_) return too_large();
    return done;
  }

 protected:
  virtual Status restart() const = 0;
  virtual Result<std::size_t> decode(std::span<std::byte> into) const = 0;

 private:
  std::int64_t declared_size_;
  std::int64_t most_;
  mutable std::int64_t at_ = 0;
  mutable bool begun_ = false;
};

class MemberSource final : public ForwardSource {
 public:
  MemberSource(std::shared_ptr<const ByteSource> archive, std::int64_t declared_size, unz64_file_pos place)
      : ForwardSource(declared_size, archive->size()), archive_(std::move(archive)), place_(place) {}

 private:
  Status restart() const override {
    handle_ = open_handle(*archive_);
    finished_ = false;
    if (!handle_ || unzGoToFilePos64(handle_.get(), &place_) != UNZ_OK || unzOpenCurrentFile(handle_.get()) != UNZ_OK) return damaged();
    return Done{};
  }

  Result<std::size_t> decode(std::span<std::byte> into) const override {
    if (finished_) return std::size_t{0};
    const auto wanted = static_cast<unsigned>(std::min<std::size_t>(into.size(), 1U << 20));
    const int got = unzReadCurrentFile(handle_.get(), into.data(), wanted);
    finished_ = got == 0;
    // Only closing compares the check sum.
    if (got < 0 || (finished_ && unzCloseCurrentFile(handle_.get()) != UNZ_OK)) return damaged();
    return static_cast<std::size_t>(got);
  }

  std::shared_ptr<const ByteSource> archive_;
  unz64_file_pos place_;
  mutable Handle handle_;
  mutable bool finished_ = false;
};

class GzipSource final : public ForwardSource {
 public:
  explicit GzipSource(std::shared_ptr<const ByteSource> source) : ForwardSource(source->size(), source->size()), source_(std::move(source)) {}
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;
  ~GzipSource() override { end(); }

 private:
  void end() const {
    if (open_) inflateEnd(&stream_);
    open_ = false;
  }

  Status restart() const override {
    end();
    stream_ = {};
    open_ = inflateInit2(&stream_, 15 + 32) == Z_OK;
    offset_ = 0;
    finished_ = false;
    if (!open_) return damaged();
    return Done{};
  }

  Result<std::size_t> decode(std::span<std::byte> into) const override {
    if (finished_) return std::size_t{0};
    stream_.next_out = reinterpret_cast<Bytef*>(into.data());
    stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(into.size(), 1U << 20));
    const uInt room = stream_.avail_out;
    while (stream_.avail_out == room) {
      if (stream_.avail_in == 0) {
        KLONO_TRY(const std::size_t got, source_->read_at(offset_, std::span(input_)));
        offset_ += static_cast<std::int64_t>(got);
        stream_.next_in = reinterpret_cast<Bytef*>(input_);
        stream_.avail_in = static_cast<uInt>(got);
      }
      const bool at_end = stream_.avail_in == 0;
      const int code = inflate(&stream_, Z_NO_FLUSH);
      if (code == Z_STREAM_END && goes_on()) continue;
      if (code == Z_STREAM_END || (at_end && code == Z_BUF_ERROR)) {
        finished_ = true;
        break;
      }
      if (code != Z_OK && code != Z_BUF_ERROR) return damaged();
    }
    return static_cast<std::size_t>(room - stream_.avail_out);
  }

  /// gzip files may be joined end to end; anything else after the end is ignored.
  bool goes_on() const {
    return stream_.avail_in >= 2 && stream_.next_in[0] == 0x1F && stream_.next_in[1] == 0x8B && inflateReset(&stream_) == Z_OK;
  }

  std::shared_ptr<const ByteSource> source_;
  mutable z_stream stream_{};
  mutable bool open_ = false;
  mutable bool finished_ = false;
  mutable std::int64_t offset_ = 0;
  mutable std::byte input_[65536];
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

std::shared_ptr<const ByteSource> ZipArchive::read(const FileMember& member) const {
  const Place& place = places_[member.number];
  return std::make_shared<MemberSource>(source_, member.size, unz64_file_pos{place.directory_at, place.number});
}

std::shared_ptr<const ByteSource> gunzip(std::shared_ptr<const ByteSource> source) { return std::make_shared<GzipSource>(std::move(source)); }

}  // namespace klono::formats
