#include "formats/archive_table.hpp"

#include <algorithm>
#include <functional>
#include <optional>

#include "base/words.hpp"
#include "formats/number_text.hpp"
#include "formats/table_joining.hpp"
#include "formats/zip_archive.hpp"

namespace klono::formats {
namespace {

constexpr std::size_t kMostMetaBytes = 1 << 20;

std::string slashed(std::string name) {
  std::replace(name.begin(), name.end(), '\\', '/');
  return name;
}

std::string leaf(const std::string& name) {
  const std::string path = slashed(name);
  return path.substr(path.find_last_of('/') + 1);
}

bool is_hidden(const std::string& name) { return contains(slashed(name), "__MACOSX/") || leaf(name).starts_with("."); }

/// The member whose path ends with `path`, at the top or in one wrapping folder.
const ZipMember* member_at(const ZipArchive& archive, std::string_view path) {
  for (const ZipMember& member : archive.members()) {
    const std::string name = slashed(member.name);
    if (is_hidden(name)) continue;
    if (name == path || name.ends_with("/" + std::string(path))) return &member;
  }
  return nullptr;
}

std::string text_of(const ZipArchive& archive, const ZipMember& member) {
  const auto source = archive.read(member.name);
  if (!source) return {};
  std::vector<std::byte> bytes(kMostMetaBytes);
  const Result<std::size_t> got = source.value()->read_at(0, bytes);
  return got ? std::string(reinterpret_cast<const char*>(bytes.data()), got.value()) : std::string();
}

Result<std::unique_ptr<TableReader>> open_member(const ZipArchive& archive, const ZipMember& member, ReadOptions options) {
  KLONO_TRY(std::shared_ptr<const ByteSource> source, archive.read(member.name));
  options.file_name = leaf(member.name);
  options.member.clear();
  return open_table(std::move(source), options);
}

/// Reads one member, then changes the table with what the rest of the archive tells.
class ArchiveTable final : public TableReader {
 public:
  using Finish = std::function<Result<RawTable>(RawTable&&)>;
  ArchiveTable(std::unique_ptr<TableReader> inner, Finish finish) : inner_(std::move(inner)), finish_(std::move(finish)) {}

  Result<bool> step() override { return inner_->step(); }
  std::int64_t bytes_done() const override { return inner_->bytes_done(); }
  std::int64_t bytes_total() const override { return inner_->bytes_total(); }
  Result<RawTable> take() override {
    KLONO_TRY(RawTable table, inner_->take());
    return finish_(std::move(table));
  }

 private:
  std::unique_ptr<TableReader> inner_;
  Finish finish_;
};

Result<std::unique_ptr<TableReader>> with_finish(Result<std::unique_ptr<TableReader>> inner, ArchiveTable::Finish finish) {
  if (!inner) return inner;
  return std::unique_ptr<TableReader>(std::make_unique<ArchiveTable>(std::move(inner).value(), std::move(finish)));
}

/// phyphox names a file after its sensor set, in the owner's words; the one with acceleration is told by its columns.
Result<std::unique_ptr<TableReader>> open_phyphox(const std::shared_ptr<const ZipArchive>& archive, const ReadOptions& options) {
  std::vector<const ZipMember*> sets;
  for (const ZipMember& member : archive->members()) {
    const std::string name = slashed(member.name);
    if (is_hidden(name) || contains(name, "meta/") || !lower_case(name).ends_with(".csv")) continue;
    sets.push_back(&member);
  }
  // With gravity before without: the phone's own fusion filters and delays (formats.md section 1).
  const auto rank = [](const ZipMember* member) {
    const std::string name = lower_case(member->name);
    return contains(name, "linear") ? 1 : contains(name, "gyro") ? 2 : 0;
  };
  std::sort(sets.begin(), sets.end(), [&](const ZipMember* a, const ZipMember* b) {
    return std::pair(rank(a), a) < std::pair(rank(b), b);  // members lie in one vector: address is order
  });
  std::optional<Error> first_error;
  for (const ZipMember* member : sets) {
    Result<std::unique_ptr<TableReader>> reader = open_member(*archive, *member, options);
    if (!reader) {
      if (!first_error) first_error = reader.error();
      continue;
    }
    const ZipMember* times = member_at(*archive, "meta/time.csv");
    const PauseList pauses = times != nullptr ? parse_phyphox_times(text_of(*archive, *times)) : PauseList{};
    return with_finish(std::move(reader), [pauses](RawTable&& table) -> Result<RawTable> {
      table.format = word(Word::formats_name_phyphox_zip);
      apply_pauses(table, pauses);
      return std::move(table);
    });
  }
  if (first_error) return *first_error;
  return Error{ErrorCode::NoAcceleration, std::string(word(Word::formats_no_acceleration)), std::string(word(Word::formats_no_acceleration_advice))};
}

Result<RawTable> read_whole(const ZipArchive& archive, const ZipMember& member, const ReadOptions& options) {
  KLONO_TRY(std::unique_ptr<TableReader> reader, open_member(archive, member, options));
  for (;;) {
    KLONO_TRY(const bool more, reader->step());
    if (!more) break;
  }
  return reader->take();
}

Result<std::unique_ptr<TableReader>> open_sensor_logger(const std::shared_ptr<const ZipArchive>& archive, const ReadOptions& options) {
  const auto named = [](RawTable&& table) -> Result<RawTable> {
    table.format = word(Word::formats_name_sensor_logger_zip);
    return std::move(table);
  };
  if (const ZipMember* total = member_at(*archive, "TotalAcceleration.csv"); total != nullptr && total->size > 0)
    return with_finish(open_member(*archive, *total, options), named);
  const ZipMember* acceleration = member_at(*archive, "Accelerometer.csv");
  const ZipMember* gravity = member_at(*archive, "Gravity.csv");
  if (acceleration == nullptr) return Error{ErrorCode::NoAcceleration, std::string(word(Word::formats_no_acceleration)), std::string(word(Word::formats_no_acceleration_advice))};
  if (gravity == nullptr || gravity->size == 0) return with_finish(open_member(*archive, *acceleration, options), named);
  // iOS keeps gravity apart (formats.md section 2).
  const ZipMember gravity_member = *gravity;
  return with_finish(open_member(*archive, *acceleration, options), [archive, gravity_member, options](RawTable&& table) -> Result<RawTable> {
    ReadOptions as_acceleration = options;
    as_acceleration.columns = {"time", "x", "y", "z"};
    as_acceleration.unit = "m/s2";
    KLONO_TRY(const RawTable gravity_table, read_whole(*archive, gravity_member, as_acceleration));
    add_gravity(table, gravity_table);
    table.format = word(Word::formats_name_sensor_logger_zip);
    return std::move(table);
  });
}

Result<std::unique_ptr<TableReader>> choose_member(const ZipArchive& archive, const ReadOptions& options) {
  std::vector<const ZipMember*> texts;
  for (const ZipMember& member : archive.members()) {
    const std::string name = lower_case(member.name);
    const bool text = name.ends_with(".csv") || name.ends_with(".txt") || name.ends_with(".tsv") || name.ends_with(".json");
    if (text && !is_hidden(member.name) && member.size > 0) texts.push_back(&member);
  }
  std::vector<const ZipMember*> useful;
  std::optional<Error> last;
  for (const ZipMember* member : texts) {
    if (useful.size() > 50) break;
    Result<std::unique_ptr<TableReader>> reader = open_member(archive, *member, options);
    if (reader) useful.push_back(member);
    else last = reader.error();
  }
  if (useful.size() == 1) return open_member(archive, *useful.front(), options);
  if (useful.empty()) {
    if (texts.size() == 1 && last) return *last;
    return Error{ErrorCode::UnknownFormat, std::string(word(Word::formats_archive_nothing)), std::string(word(Word::formats_unknown_advice))};
  }
  Error error{ErrorCode::NeedsChoice, std::string(word(Word::formats_ask_member)), std::string(word(Word::formats_ask_member_advice))};
  Question question{Question::Kind::Member, "--member", std::string(word(Word::formats_ask_member))};
  for (const ZipMember* member : useful) question.suggestions += member->name + "\n";
  error.question = std::move(question);
  return error;
}

}  // namespace

Result<std::unique_ptr<TableReader>> open_archive(std::shared_ptr<const ByteSource> source, const ReadOptions& options) {
  KLONO_TRY(const std::shared_ptr<const ZipArchive> archive, ZipArchive::open(std::move(source)));
  if (!options.member.empty()) {
    const ZipMember* chosen = member_at(*archive, slashed(options.member));
    if (chosen == nullptr) return Error{ErrorCode::BadSetting, fill(Word::formats_member_missing, {{"name", options.member}})};
    return open_member(*archive, *chosen, options);
  }
  if (member_at(*archive, "info.txt") != nullptr && (member_at(*archive, "log.bin") != nullptr || member_at(*archive, "activity.bin") != nullptr))
    return Error{ErrorCode::RefusedFormat, std::string(word(Word::formats_refused_gt3x)), std::string(word(Word::formats_refused_gt3x_advice))};
  if (member_at(*archive, "[Content_Types].xml") != nullptr)
    return Error{ErrorCode::RefusedFormat, std::string(word(Word::formats_refused_xlsx)), std::string(word(Word::formats_refused_xls_advice))};
  if (member_at(*archive, "meta/state.csv") != nullptr)
    return Error{ErrorCode::RefusedFormat, std::string(word(Word::formats_refused_phyphox_state)), std::string(word(Word::formats_refused_phyphox_state_advice))};
  if (member_at(*archive, "meta/time.csv") != nullptr) return open_phyphox(archive, options);
  if (member_at(*archive, "Metadata.csv") != nullptr) return open_sensor_logger(archive, options);
  if (const ZipMember* acc = member_at(*archive, "ACC.csv")) return open_member(*archive, *acc, options);
  return choose_member(*archive, options);
}

}  // namespace klono::formats
