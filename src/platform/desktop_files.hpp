#pragma once
/// Where a desktop keeps small settings and saved files, and the system's file dialog. Not on the web.

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace klono::platform {

/// "key=value" lines in $XDG_CONFIG_HOME/klonograph/settings; nothing is kept when that cannot be written.
class SettingsFile {
 public:
  SettingsFile();
  std::string load(std::string_view key) const;
  void store(std::string_view key, std::string_view value);

 private:
  std::string path_;
  std::map<std::string, std::string, std::less<>> values_;
};

/// Paths a person picked in the dialog of `zenity`; empty when it was closed or is not installed. Blocks.
std::vector<std::string> pick_files();

/// Writes into the download folder (else the home folder) under a name that is free there; the path, or
/// empty when nothing could be written.
std::string save_to_downloads(std::string_view name, std::span<const std::uint8_t> bytes);

/// Last part of a path.
std::string file_name_of(const std::string& path);

}  // namespace klono::platform
