#include "cli/inputs.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/file_source.hpp"
#include "base/words.hpp"
#include "formats/reader.hpp"

namespace klono::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 5000;  // of a folder; as of a zip
constexpr int kDeepest = 3;               // folders in folders of a folder that was named

/// A file that could not be opened, once its bytes are asked for.
class Unopened final : public ByteSource {
 public:
  explicit Unopened(Error why) : why_(std::move(why)) {}
  std::int64_t size() const override { return 0; }
  Result<std::size_t> read_at(std::int64_t, std::span<std::byte>) const override { return why_; }

 private:
  Error why_;
};

/// The files of a folder; each is opened when it is wanted.
class Folder final : public formats::FileSet {
 public:
  static Result<std::shared_ptr<const formats::FileSet>> open(const fs::path& path, int deepest) {
    auto folder = std::make_shared<Folder>();
    folder->path_ = path;
    std::error_code error;
    fs::recursive_directory_iterator files(path, fs::directory_options::skip_permission_denied, error);
    std::vector<std::pair<std::string, std::int64_t>> found;
    for (; !error && files != fs::recursive_directory_iterator(); files.increment(error)) {
      if (files.depth() >= deepest) files.disable_recursion_pending();
      std::error_code no_file;
      if (!files->is_regular_file(no_file) || no_file) continue;
      const std::uintmax_t size = files->file_size(no_file);
      if (!no_file) found.emplace_back(files->path().lexically_relative(path).generic_string(), static_cast<std::int64_t>(size));
      if (found.size() >= kMostFiles) break;
    }
    if (error)
      return Error{ErrorCode::CannotRead, fill(Word::clinical_set_cannot_list, {{"name", path.string()}}), std::string(word(Word::clinical_set_cannot_list_advice))};
    std::sort(found.begin(), found.end());
    for (auto& [name, size] : found) folder->members_.push_back({std::move(name), size, folder->members_.size()});
    return std::shared_ptr<const formats::FileSet>(std::move(folder));
  }

  const std::vector<formats::FileMember>& members() const override { return members_; }

  std::shared_ptr<const ByteSource> read(const formats::FileMember& member) const override {
    Result<std::shared_ptr<const ByteSource>> source = open_file((path_ / member.name).string());
    if (!source) return std::make_shared<Unopened>(std::move(source).error());
    return std::move(source).value();
  }

 private:
  fs::path path_;
  std::vector<formats::FileMember> members_;
};

bool is_folder(const std::string& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

/// `read` is a function of (source or files, options).
template <class Read>
auto read_at(const std::string& path, formats::ReadOptions options, Read read) -> decltype(read(std::shared_ptr<const ByteSource>(), options)) {
  if (is_folder(path)) {
    KLONO_TRY(std::shared_ptr<const formats::FileSet> files, Folder::open(path, kDeepest));
    return read(std::move(files), options);
  }
  KLONO_TRY(std::shared_ptr<const ByteSource> source, open_file(path));
  options.file_name = base_name(path);
  if (!describes_others(options.file_name)) return read(std::move(source), options);
  options.member = options.file_name;
  const fs::path parent = fs::path(path).parent_path();
  KLONO_TRY(std::shared_ptr<const formats::FileSet> files, Folder::open(parent.empty() ? fs::path(".") : parent, 0));
  return read(std::move(files), options);
}

struct Opening {
  auto operator()(std::shared_ptr<const ByteSource> source, const formats::ReadOptions& options) const { return formats::open_table(std::move(source), options); }
  auto operator()(std::shared_ptr<const formats::FileSet> files, const formats::ReadOptions& options) const { return formats::open_files(std::move(files), options); }
};

}  // namespace

std::string base_name(const std::string& path) {
  const std::size_t slash = path.find_last_of("/\\");
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

bool describes_others(const std::string& name) { return name == "unisens.xml" || name.ends_with("_meta.json") || name == "meta.json"; }

Result<formats::RawTable> read_table_at(const std::string& path, formats::ReadOptions options) {
  return read_at(path, std::move(options), [](auto bytes, const formats::ReadOptions& choices) { return formats::read_table(std::move(bytes), choices); });
}

Result<Recording> read_recording_at(const std::string& path, formats::ReadOptions options) {
  return read_at(path, std::move(options), [](auto bytes, const formats::ReadOptions& choices) { return formats::read_recording(std::move(bytes), choices); });
}

Result<std::unique_ptr<formats::TableReader>> open_table_at(const std::string& path, formats::ReadOptions options) {
  return read_at(path, std::move(options), Opening());
}

}  // namespace klono::cli
