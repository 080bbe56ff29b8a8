#include "formats/app_archives.hpp"

#include <algorithm>
#include <iterator>

#include "base/words.hpp"
#include "formats/joined_reader.hpp"
#include "formats/number_text.hpp"
#include "formats/table_joining.hpp"
#include "formats/text_dialect.hpp"

namespace klono::formats {
namespace {

constexpr std::size_t kMostTableBytes = 32 << 20;  // tags and temperatures of weeks

constexpr const char* kPhoneNames[] = {"TotalAcceleration.csv", "Accelerometer.csv", "AccelerometerUncalibrated.csv"};

const FileMember* filled_member(const FileSet& files, std::string_view path) {
  const FileMember* member = member_at(files, path);
  return member != nullptr && member->size > 0 ? member : nullptr;
}

/// What is beside the recording is not worth an error.
void open_beside(const FileSet& files, const FileMember* member, const ReadOptions& options, std::vector<std::unique_ptr<TableReader>>& beside) {
  if (member == nullptr) return;
  if (auto opened = open_member(files, *member, options); opened.ok()) beside.push_back(std::move(opened).value());
}

/// Only the name of the file and nothing of what a person chose for the acceleration.
ReadOptions plain(const ReadOptions& options) {
  ReadOptions own;
  own.archive_depth = options.archive_depth;
  own.fast_text = options.fast_text;
  return own;
}

/// The phone's acceleration: Android keeps one with gravity; without it the one it was taken from is next.
const FileMember* phone_acceleration(const FileSet& files) {
  for (const char* name : kPhoneNames)
    if (const FileMember* member = filled_member(files, name)) return member;
  return nullptr;
}

Error ask_phone_or_watch(const FileMember& phone, const FileMember& watch) {
  Error error{ErrorCode::NeedsChoice, std::string(word(Word::formats_ask_member)), std::string(word(Word::formats_ask_member_advice))};
  error.question = Question{Question::Kind::Member, "--member", std::string(word(Word::formats_ask_member)), phone.name + "\n" + watch.name + "\n"};
  return error;
}

}  // namespace

Result<std::unique_ptr<TableReader>> open_phyphox(const FileSet& files, const FileMember& main, const FileMember* rotation, const ReadOptions& options) {
  const FileMember* times = member_at(files, "meta/time.csv");
  const PauseList pauses = times != nullptr ? parse_phyphox_times(text_of(files, *times)) : PauseList{};
  std::vector<std::unique_ptr<TableReader>> beside;
  open_beside(files, rotation, plain(options), beside);
  return read_joined(open_member(files, main, options), std::move(beside), [pauses](RawTable&& table, std::vector<std::optional<RawTable>>&& others) {
    table.format = word(Word::formats_name_phyphox_zip);
    for (const std::optional<RawTable>& other : others)
      if (other) add_rotation(table, *other);
    apply_pauses(table, pauses);
    return std::move(table);
  });
}

bool is_sensor_logger(const FileSet& files) { return phone_acceleration(files) != nullptr || filled_member(files, "WristMotion.csv") != nullptr; }

bool is_sensor_logger_main(const FileSet& files, const std::string& name) {
  const std::string leaf = leaf_of(name);
  const bool known = std::any_of(std::begin(kPhoneNames), std::end(kPhoneNames), [&](const char* phone) { return leaf == phone; }) || leaf == "WristMotion.csv";
  return known && is_sensor_logger(files) && member_at(files, name) != nullptr;
}

Result<std::unique_ptr<TableReader>> open_sensor_logger(const FileSet& files, const ReadOptions& options, const std::string& chosen) {
  const FileMember* phone = phone_acceleration(files);
  const FileMember* watch = filled_member(files, "WristMotion.csv");
  const FileMember* main = phone != nullptr ? phone : watch;
  if (!chosen.empty()) main = member_at(files, chosen);
  else if (phone != nullptr && watch != nullptr) return ask_phone_or_watch(*phone, *watch);
  if (main == nullptr) return no_acceleration();
  const std::string name = leaf_of(main->name);
  std::vector<std::unique_ptr<TableReader>> beside;
  // iOS keeps gravity apart.
  const bool gravity_apart = name == "Accelerometer.csv";
  if (gravity_apart) open_beside(files, filled_member(files, "Gravity.csv"), plain(options), beside);
  const std::size_t gravities = beside.size();
  if (name != "WristMotion.csv") open_beside(files, filled_member(files, "Gyroscope.csv"), plain(options), beside);
  std::string remarks;
  if (const FileMember* member = filled_member(files, "Annotation.csv")) remarks = text_of(files, *member, kMostTableBytes);
  return read_joined(open_member(files, *main, options), std::move(beside),
                     [gravities, remarks = std::move(remarks)](RawTable&& table, std::vector<std::optional<RawTable>>&& others) {
                       for (std::size_t i = 0; i < others.size(); ++i) {
                         if (!others[i]) continue;
                         if (i < gravities) add_gravity(table, *others[i]);
                         else add_rotation(table, *others[i]);
                       }
                       add_sensor_logger_remarks(table, remarks);
                       table.format = word(Word::formats_name_sensor_logger_zip);
                       return std::move(table);
                     });
}

Result<std::unique_ptr<TableReader>> open_empatica(const FileSet& files, const FileMember& acceleration, const ReadOptions& options) {
  const auto text = [&](const char* name) {
    const FileMember* member = member_at(files, name);
    return member != nullptr ? text_of(files, *member, kMostTableBytes) : std::string();
  };
  return read_joined(open_member(files, acceleration, options), {}, [tags = text("tags.csv"), temperature = text("TEMP.csv")](RawTable&& table, std::vector<std::optional<RawTable>>&&) {
    table.format = word(Word::apps_name_empatica_zip);
    add_empatica_tags(table, tags);
    add_empatica_temperature(table, temperature);
    return std::move(table);
  });
}

}  // namespace klono::formats
