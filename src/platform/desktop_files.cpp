#include "platform/desktop_files.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace klono::platform {
namespace {

namespace fs = std::filesystem;

fs::path folder_from(const char* variable, const char* below_home) {
  if (const char* value = std::getenv(variable); value != nullptr && *value != '\0') return value;
  const char* home = std::getenv("HOME");
  return home == nullptr ? fs::path() : fs::path(home) / below_home;
}

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return !path.empty() && fs::is_directory(path, ignored);
}

fs::path free_name(const fs::path& folder, const fs::path& name) {
  std::error_code ignored;
  fs::path path = folder / name;
  for (int i = 2; fs::exists(path, ignored) && i < 1000; ++i)
    path = folder / (name.stem().string() + " (" + std::to_string(i) + ")" + name.extension().string());
  return path;
}

}  // namespace

SettingsFile::SettingsFile() {
  const fs::path folder = folder_from("XDG_CONFIG_HOME", ".config");
  if (folder.empty()) return;
  path_ = (folder / "klonograph" / "settings").string();
  std::ifstream file(path_);
  for (std::string line; std::getline(file, line);) {
    const std::size_t equals = line.find('=');
    if (equals != std::string::npos) values_[line.substr(0, equals)] = line.substr(equals + 1);
  }
}

std::string SettingsFile::load(std::string_view key) const {
  const auto found = values_.find(key);
  return found == values_.end() ? std::string() : found->second;
}

void SettingsFile::store(std::string_view key, std::string_view value) {
  if (value.empty()) {
    if (const auto found = values_.find(key); found != values_.end()) values_.erase(found);
  } else {
    values_[std::string(key)] = value;
  }
  if (path_.empty()) return;
  std::error_code ignored;
  fs::create_directories(fs::path(path_).parent_path(), ignored);
  std::ofstream file(path_, std::ios::trunc);
  for (const auto& [name, kept] : values_) file << name << '=' << kept << '\n';
}

std::vector<std::string> pick_files() {
  // A constant command: nothing that a person or a file says reaches the shell.
  std::FILE* dialog = popen("command -v zenity >/dev/null 2>&1 && zenity --file-selection --multiple --separator='|' 2>/dev/null", "r");
  if (dialog == nullptr) return {};
  std::string answer;
  std::array<char, 4096> block;
  while (const std::size_t count = std::fread(block.data(), 1, block.size(), dialog)) answer.append(block.data(), count);
  pclose(dialog);
  while (!answer.empty() && answer.back() == '\n') answer.pop_back();

  std::vector<std::string> paths;
  for (std::size_t begin = 0; begin < answer.size();) {
    const std::size_t end = std::min(answer.find('|', begin), answer.size());
    if (end > begin) paths.push_back(answer.substr(begin, end - begin));
    begin = end + 1;
  }
  return paths;
}

std::string save_to_downloads(std::string_view name, std::span<const std::uint8_t> bytes) {
  fs::path folder = folder_from("XDG_DOWNLOAD_DIR", "Downloads");
  if (!is_folder(folder)) folder = folder_from("HOME", "");
  if (!is_folder(folder)) return {};
  const fs::path path = free_name(folder, fs::path(name).filename());
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  return file.flush() ? path.string() : std::string();
}

std::string file_name_of(const std::string& path) { return fs::path(path).filename().string(); }

}  // namespace klono::platform
