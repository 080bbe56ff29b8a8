#include "formats/archive_table.hpp"

#include <algorithm>
#include <functional>
#include <optional>

#include "base/words.hpp"
#include "formats/actigraph_gt3x.hpp"
#include "formats/delimited_table.hpp"
#include "formats/number_text.hpp"
#include "formats/sniff.hpp"
#include "formats/table_joining.hpp"
#include "formats/zip_archive.hpp"

namespace klono::formats {
namespace {

constexpr std::size_t kMostMetaBytes = 1 << 20;
constexpr std::size_t kHeadBytes = 64 * 1024;
constexpr std::size_t kMostProbed = 200;  // members whose first lines are looked at

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
const FileMember* member_at(const FileSet& files, std::string_view path) {
  for (const FileMember& member : files.members()) {
    const std::string name = slashed(member.name);
    if (is_hidden(name)) continue;
    if (name == path || name.ends_with("/" + std::string(path))) return &member;
  }
  return nullptr;
}

std::string text_of(const FileSet& files, const FileMember& member) {
  std::vector<std::byte> bytes(kMostMetaBytes);
  const Result<std::size_t> got = files.read(member)->read_at(0, bytes);
  return got ? std::string(reinterpret_cast<const char*>(bytes.data()), got.value()) : std::string();
}

ReadOptions options_for(const FileMember& member, ReadOptions options) {
  options.file_name = leaf(member.name);
  options.member.clear();
  return options;
}

Result<std::unique_ptr<TableReader>> open_member(const FileSet& files, const FileMember& member, const ReadOptions& options) {
  return open_table(files.read(member), options_for(member, options));
}

/// How much a member is wanted: acceleration with gravity before without (the phone's own fusion filters and delays,
/// METHODS.md 1), before a magnitude. Worthless members have an error instead.
Result<int> rank_of(const FileSet& files, const FileMember& member, const ReadOptions& options) {
  const std::shared_ptr<const ByteSource> source = files.read(member);
  KLONO_TRY(const std::vector<std::byte> head, read_head(*source, kHeadBytes));
  Sniffed found = sniff(head);
  if (found.container == Container::Json) return 3;
  if (found.container == Container::Refused) return *std::move(found.why);
  if (found.container != Container::Text) return Error{ErrorCode::UnknownFormat, std::string(word(Word::formats_unknown)), std::string(word(Word::formats_unknown_advice))};
  KLONO_TRY(const TextDialect dialect, recognise_delimited(source, guess_encoding(head), options_for(member, options)));
  if (!has_acceleration(dialect)) return no_acceleration();
  const bool magnitude = std::any_of(dialect.columns.begin(), dialect.columns.end(),
                                     [](const ColumnPlan& plan) { return plan.role == ChannelRole::AccelerationMagnitude; });
  return magnitude ? 2 : dialect.gravity_known && !dialect.has_gravity ? 1 : 0;
}

/// Reads one member and perhaps another, then makes one table of what they hold.
class ArchiveTable final : public TableReader {
 public:
  using Finish = std::function<RawTable(RawTable&&, std::optional<RawTable>&&)>;
  ArchiveTable(std::unique_ptr<TableReader> main, std::unique_ptr<TableReader> beside, Finish finish)
      : main_(std::move(main)), beside_(std::move(beside)), finish_(std::move(finish)) {}

  Result<bool> step() override {
    if (!main_done_) {
      KLONO_TRY(const bool more, main_->step());
      main_done_ = !more;
      return more || beside_ != nullptr;
    }
    if (beside_ == nullptr) return false;
    const Result<bool> more = beside_->step();
    if (!more.ok()) beside_.reset();  // the recording itself is whole
    return more.ok() && more.value();
  }

  std::int64_t bytes_done() const override { return main_->bytes_done() + (beside_ ? beside_->bytes_done() : 0); }
  std::int64_t bytes_total() const override { return main_->bytes_total() + (beside_ ? beside_->bytes_total() : 0); }

  Result<RawTable> take() override {
    KLONO_TRY(RawTable table, main_->take());
    std::optional<RawTable> other;
    if (beside_ != nullptr)
      if (Result<RawTable> taken = beside_->take(); taken.ok()) other = std::move(taken).value();
    return finish_(std::move(table), std::move(other));
  }

 private:
  std::unique_ptr<TableReader> main_;
  std::unique_ptr<TableReader> beside_;
  Finish finish_;
  bool main_done_ = false;
};

Result<std::unique_ptr<TableReader>> with_finish(Result<std::unique_ptr<TableReader>> main, std::unique_ptr<TableReader> beside,
                                                 ArchiveTable::Finish finish) {
  if (!main) return main;
  return std::unique_ptr<TableReader>(std::make_unique<ArchiveTable>(std::move(main).value(), std::move(beside), std::move(finish)));
}

struct Ranked {
  std::vector<const FileMember*> best;  ///< those of the best rank found
  int rank = 0;
  std::optional<Error> first_error;
};

Ranked rank_members(const FileSet& files, const ReadOptions& options) {
  Ranked ranked;
  std::size_t probed = 0;
  for (const FileMember& member : files.members()) {
    const std::string name = lower_case(slashed(member.name));
    const bool text = name.ends_with(".csv") || name.ends_with(".txt") || name.ends_with(".tsv") || name.ends_with(".json");
    if (!text || is_hidden(member.name) || name.starts_with("meta/") || contains(name, "/meta/")) continue;
    if (++probed > kMostProbed) break;
    Result<int> rank = rank_of(files, member, options);
    if (!rank) {
      if (!ranked.first_error && rank.error().code != ErrorCode::Empty) ranked.first_error = rank.error();
      continue;
    }
    if (ranked.best.empty() || rank.value() < ranked.rank) {
      ranked.best.clear();
      ranked.rank = rank.value();
    }
    if (rank.value() == ranked.rank) ranked.best.push_back(&member);
  }
  return ranked;
}

/// phyphox names a file after its sensor set, in the owner's words; the one with acceleration is told by its columns.
Result<std::unique_ptr<TableReader>> open_phyphox(const std::shared_ptr<const FileSet>& files, const ReadOptions& options) {
  const Ranked ranked = rank_members(*files, options);
  if (ranked.best.empty()) return no_acceleration();
  const FileMember* times = member_at(*files, "meta/time.csv");
  const PauseList pauses = times != nullptr ? parse_phyphox_times(text_of(*files, *times)) : PauseList{};
  return with_finish(open_member(*files, *ranked.best.front(), options), nullptr, [pauses](RawTable&& table, std::optional<RawTable>&&) {
    table.format = word(Word::formats_name_phyphox_zip);
    apply_pauses(table, pauses);
    return std::move(table);
  });
}

Result<std::unique_ptr<TableReader>> open_sensor_logger(const std::shared_ptr<const FileSet>& files, const ReadOptions& options) {
  const auto finish = [](RawTable&& table, std::optional<RawTable>&& gravity) {
    if (gravity) add_gravity(table, *gravity);
    table.format = word(Word::formats_name_sensor_logger_zip);
    return std::move(table);
  };
  if (const FileMember* total = member_at(*files, "TotalAcceleration.csv"); total != nullptr && total->size > 0)
    return with_finish(open_member(*files, *total, options), nullptr, finish);
  const FileMember* acceleration = member_at(*files, "Accelerometer.csv");
  if (acceleration == nullptr) return no_acceleration();
  // iOS keeps gravity apart.
  std::unique_ptr<TableReader> gravity;
  if (const FileMember* member = member_at(*files, "Gravity.csv"); member != nullptr && member->size > 0) {
    ReadOptions as_acceleration = options;
    as_acceleration.columns = {"time", "x", "y", "z"};
    as_acceleration.unit = "m/s2";
    if (auto opened = open_member(*files, *member, as_acceleration); opened.ok()) gravity = std::move(opened).value();
  }
  return with_finish(open_member(*files, *acceleration, options), std::move(gravity), finish);
}

Result<std::unique_ptr<TableReader>> choose_member(const FileSet& files, const ReadOptions& options) {
  const Ranked ranked = rank_members(files, options);
  if (ranked.best.size() == 1) return open_member(files, *ranked.best.front(), options);
  if (ranked.best.empty()) {
    if (ranked.first_error) return *ranked.first_error;
    return Error{ErrorCode::UnknownFormat, std::string(word(Word::formats_archive_nothing)), std::string(word(Word::formats_unknown_advice))};
  }
  Error error{ErrorCode::NeedsChoice, std::string(word(Word::formats_ask_member)), std::string(word(Word::formats_ask_member_advice))};
  Question question{Question::Kind::Member, "--member", std::string(word(Word::formats_ask_member))};
  for (const FileMember* member : ranked.best) question.suggestions += member->name + "\n";
  error.question = std::move(question);
  return error;
}

}  // namespace

Result<std::unique_ptr<TableReader>> open_files(std::shared_ptr<const FileSet> files, const ReadOptions& options) {
  if (!options.member.empty()) {
    const FileMember* chosen = member_at(*files, slashed(options.member));
    if (chosen == nullptr) return Error{ErrorCode::BadSetting, fill(Word::formats_member_missing, {{"name", options.member}})};
    return open_member(*files, *chosen, options);
  }
  if (member_at(*files, "info.txt") != nullptr && (member_at(*files, "log.bin") != nullptr || member_at(*files, "activity.bin") != nullptr))
    return open_gt3x(files, options);
  if (member_at(*files, "[Content_Types].xml") != nullptr)
    return Error{ErrorCode::RefusedFormat, std::string(word(Word::formats_refused_xlsx)), std::string(word(Word::formats_refused_xls_advice))};
  if (member_at(*files, "meta/state.csv") != nullptr)
    return Error{ErrorCode::RefusedFormat, std::string(word(Word::formats_refused_phyphox_state)), std::string(word(Word::formats_refused_phyphox_state_advice))};
  if (member_at(*files, "meta/time.csv") != nullptr) return open_phyphox(files, options);
  if (member_at(*files, "Accelerometer.csv") != nullptr || member_at(*files, "TotalAcceleration.csv") != nullptr)
    return open_sensor_logger(files, options);
  if (const FileMember* acc = member_at(*files, "ACC.csv")) return open_member(*files, *acc, options);
  return choose_member(*files, options);
}

Result<std::unique_ptr<TableReader>> open_archive(std::shared_ptr<const ByteSource> source, const ReadOptions& options) {
  KLONO_TRY(std::shared_ptr<const ZipArchive> archive, ZipArchive::open(std::move(source)));
  return open_files(std::move(archive), options);
}

}  // namespace klono::formats
