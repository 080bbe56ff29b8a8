#include "base/file_source.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/words.hpp"

namespace klono {
namespace {

Error unreadable(const std::string& path, int reason) {
  return {ErrorCode::CannotRead, fill(Word::base_file_cannot_open, {{"name", path}, {"why", std::strerror(reason)}}),
          std::string(word(Word::base_file_cannot_open_advice))};
}

class FileSource final : public ByteSource {
 public:
  FileSource(std::string path, int descriptor, std::int64_t size)
      : path_(std::move(path)), descriptor_(descriptor), size_(size) {}
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  ~FileSource() override { ::close(descriptor_); }

  std::int64_t size() const override { return size_; }

  Result<std::size_t> read_at(std::int64_t offset, std::span<std::byte> into) const override {
    std::size_t done = 0;
    while (done < into.size()) {
      const ssize_t got = ::pread(descriptor_, into.data() + done, into.size() - done, offset + static_cast<off_t>(done));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return unreadable(path_, errno);
      if (got == 0) break;
      done += static_cast<std::size_t>(got);
    }
    return done;
  }

 private:
  std::string path_;
  int descriptor_;
  std::int64_t size_;
};

}  // namespace

Result<std::shared_ptr<const ByteSource>> open_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return unreadable(path, errno);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    const int reason = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
    ::close(descriptor);
    return unreadable(path, reason);
  }
  return std::shared_ptr<const ByteSource>(std::make_shared<FileSource>(path, descriptor, static_cast<std::int64_t>(status.st_size)));
}

}  // namespace klono
