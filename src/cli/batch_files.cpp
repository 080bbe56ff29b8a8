#include "cli/batch_files.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <tuple>

#include "base/words.hpp"
#include "report/text.hpp"

namespace klono::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kUnisens = "unisens.xml";

/// Where it really is; the path itself where that cannot be told.
std::string real_path(const fs::path& path) {
  std::error_code error;
  const fs::path real = fs::weakly_canonical(path, error);
  return (error ? path : real).string();
}

class Search {
 public:
  Search(bool several, const std::string& left_out) : several_(several), left_out_(real_path(left_out)) {}

  Status add(const std::string& text) {
    const fs::path given(text);
    std::error_code error;
    if (fs::is_directory(given, error)) {
      if (real_path(given) == left_out_) return Error{ErrorCode::BadSetting, fill(Word::batch_usage_out_is_path, {{"name", text}})};
      return add_folder(given, given);
    }
    if (!fs::exists(given, error)) return Error{ErrorCode::CannotRead, fill(Word::batch_path_missing, {{"name", text}})};
    files_.push_back({report::clean_text(given.lexically_normal().generic_string()), given.string()});
    return Done{};
  }

  std::vector<BatchFile> take() {
    std::ranges::sort(files_, {}, [](const BatchFile& file) { return std::tie(file.name, file.path); });
    std::set<std::string> seen;
    std::erase_if(files_, [&](const BatchFile& file) { return !seen.insert(real_path(file.path)).second; });
    return std::move(files_);
  }

 private:
  Status add_folder(const fs::path& given, const fs::path& folder) {
    std::error_code error;
    if (const fs::path whole = folder / kUnisens; fs::is_regular_file(whole, error)) {
      files_.push_back({name_of(given, whole), whole.string()});  // the other files there are its channels
      return Done{};
    }
    error.clear();
    fs::directory_iterator entry(folder, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
      const fs::path& path = entry->path();
      if (path.filename().string().starts_with(".")) continue;
      std::error_code unknown;
      if (entry->is_directory(unknown)) {
        if (entry->is_symlink(unknown) || real_path(path) == left_out_) continue;
        KLONO_CHECK(add_folder(given, path));
      } else if (entry->is_regular_file(unknown) || entry->is_symlink(unknown)) {
        files_.push_back({name_of(given, path), path.string()});
      }
    }
    if (!error) return Done{};
    return Error{ErrorCode::CannotRead, fill(Word::batch_folder_cannot_list, {{"name", folder.string()}, {"why", error.message()}})};
  }

  std::string name_of(const fs::path& given, const fs::path& path) const {
    const fs::path name = path.lexically_relative(given);
    return report::clean_text((several_ ? (given / name).lexically_normal() : name).generic_string());
  }

  bool several_;
  std::string left_out_;
  std::vector<BatchFile> files_;
};

}  // namespace

Result<std::vector<BatchFile>> find_batch_files(const std::vector<std::string>& paths, const std::string& left_out) {
  Search search(paths.size() > 1, left_out);
  for (const std::string& path : paths) KLONO_CHECK(search.add(path));
  return search.take();
}

}  // namespace klono::cli
