#include "synth/zip_stream.hpp"

#include <array>

#include "synth/little_endian.hpp"
#include "zlib.h"

namespace klono::synth {
namespace {

constexpr unsigned kVersion = 20;
constexpr unsigned kSizesBehind = 8;  // flag: a data descriptor follows the bytes
constexpr int kRawDeflate = -15;
constexpr int kMemory = 8;

}  // namespace

struct ZipStream::Member {
  std::string name;
  std::uint64_t at = 0;
  std::uint64_t packed = 0;
  std::uint64_t size = 0;
  uLong checksum = 0;
};

struct ZipStream::Deflating {
  z_stream stream{};
};

ZipStream::ZipStream(ByteSink sink, bool deflated) : sink_(std::move(sink)), deflated_(deflated) {}

ZipStream::~ZipStream() {
  if (stream_) deflateEnd(&stream_->stream);
}

void ZipStream::put(std::string_view bytes) {
  good_ = good_ && sink_(bytes);
  at_ += bytes.size();
}

void ZipStream::begin(const std::string& name) {
  members_.push_back({name, at_, 0, 0, crc32(0, nullptr, 0)});
  std::string head = "PK\x03\x04";
  put16(head, kVersion);
  put16(head, kSizesBehind);
  put16(head, deflated_ ? Z_DEFLATED : 0);
  for (int i = 0; i < 4; ++i) put32(head, 0);  // no date; checksum and sizes follow
  put16(head, name.size());
  put16(head, 0);
  put(head + name);
  if (!deflated_) return;
  stream_ = std::make_unique<Deflating>();
  good_ = good_ && deflateInit2(&stream_->stream, Z_BEST_SPEED, Z_DEFLATED, kRawDeflate, kMemory, Z_DEFAULT_STRATEGY) == Z_OK;
}

void ZipStream::add(std::string_view bytes) {
  Member& member = members_.back();
  member.checksum = crc32_z(member.checksum, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  member.size += bytes.size();
  if (deflated_) deflate_all(bytes, false);
  else put(bytes);
}

void ZipStream::deflate_all(std::string_view bytes, bool last) {
  if (!good_) return;
  z_stream& stream = stream_->stream;
  std::array<char, 65536> packed{};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  do {
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, last ? Z_FINISH : Z_NO_FLUSH);
    put(std::string_view(packed.data(), packed.size() - stream.avail_out));
  } while (good_ && stream.avail_out == 0);
}

void ZipStream::end() {
  if (deflated_) {
    deflate_all({}, true);
    deflateEnd(&stream_->stream);
    stream_.reset();
  }
  Member& member = members_.back();
  member.packed = at_ - member.at - 30 - member.name.size();
  std::string behind = "PK\x07\x08";
  put32(behind, member.checksum);
  put32(behind, member.packed);
  put32(behind, member.size);
  put(behind);
}

bool ZipStream::finish() {
  const std::uint64_t at = at_;
  std::string directory;
  for (const Member& member : members_) {
    directory += "PK\x01\x02";
    put16(directory, kVersion);
    put16(directory, kVersion);
    put16(directory, kSizesBehind);
    put16(directory, deflated_ ? Z_DEFLATED : 0);
    put32(directory, 0);
    put32(directory, member.checksum);
    put32(directory, member.packed);
    put32(directory, member.size);
    put16(directory, member.name.size());
    for (int i = 0; i < 6; ++i) put16(directory, 0);
    put32(directory, member.at);
    directory += member.name;
  }
  const std::size_t size = directory.size();
  directory += "PK\x05\x06";
  put32(directory, 0);
  put16(directory, members_.size());
  put16(directory, members_.size());
  put32(directory, size);
  put32(directory, at);
  put16(directory, 0);
  put(directory);
  return good_;
}

}  // namespace klono::synth
