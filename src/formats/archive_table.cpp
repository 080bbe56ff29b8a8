#include "formats/archive_table.hpp"

#include <algorithm>
#include <optional>

#include "base/words.hpp"
#include "formats/actigraph_gt3x.hpp"
#include "formats/app_archives.hpp"
#include "formats/delimited_table.hpp"
#include "formats/joined_reader.hpp"
#include "formats/number_text.hpp"
#include "formats/phyphox_state.hpp"
#include "formats/sized_source.hpp"
#include "formats/sniff.hpp"
#include "formats/tsdf.hpp"
#include "formats/unisens.hpp"
#include "formats/workbook.hpp"
#include "formats/zip_archive.hpp"

namespace klono::formats {
namespace {

constexpr std::size_t kMostProbed = 200;  // members whose first lines are looked at
constexpr int kMostDepth = 2;             // an archive in an archive, and no more

enum Rank : int { kWithGravity, kWithoutGravity, kMagnitude, kJson };

/// One thing a person may choose: a member, or one inside an archive that is a member.
struct Found {
  std::string name;  ///< as an answer names it
  int rank = kWithGravity;
};

struct Probed {
  std::vector<Found> found;
  bool rotation = false;  ///< no acceleration, but turning
};

Error unknown() { return {ErrorCode::UnknownFormat, std::string(word(Word::formats_unknown)), std::string(word(Word::formats_unknown_advice))}; }

bool is_text_name(const std::string& lower) {
  for (const char* end : {".csv", ".txt", ".tsv", ".json"})
    if (lower.ends_with(end) || lower.ends_with(std::string(end) + ".gz")) return true;
  return false;
}

/// How much a text is wanted: acceleration with gravity before without (the phone's own fusion filters and delays,
/// METHODS.md 1), before a magnitude.
Result<Probed> probe_text(const std::shared_ptr<const ByteSource>& source, std::span<const std::byte> head, const FileMember& member, const ReadOptions& options) {
  KLONO_TRY(const TextDialect dialect, recognise_delimited(source, guess_encoding(head), options_for(member, options)));
  const auto has = [&](ChannelRole role) { return std::any_of(dialect.columns.begin(), dialect.columns.end(), [&](const ColumnPlan& plan) { return plan.role == role; }); };
  Probed probed;
  if (!has_acceleration(dialect)) {
    probed.rotation = has(ChannelRole::RotationX) && dialect.time_kind != TimeKind::None;
    if (!probed.rotation && !has(ChannelRole::Emg)) return no_acceleration();
    if (probed.rotation) return probed;
  }
  const bool without_gravity = dialect.gravity_known && !dialect.has_gravity;
  probed.found.push_back({member.name, has(ChannelRole::AccelerationMagnitude) ? kMagnitude : without_gravity ? kWithoutGravity : kWithGravity});
  return probed;
}

/// An archive inside: it is one recording, or it asks which of its own.
Result<Probed> probe_archive(const std::shared_ptr<const ByteSource>& source, const FileMember& member, const ReadOptions& options) {
  const Result<std::unique_ptr<TableReader>> opened = open_archive(source, options_for(member, options));
  Probed probed;
  if (opened.ok()) {
    probed.found.push_back({member.name, kWithGravity});
    return probed;
  }
  const std::optional<Question>& question = opened.error().question;
  if (!question) return opened.error();
  if (question->kind != Question::Kind::Member) {
    probed.found.push_back({member.name, kWithGravity});
    return probed;
  }
  const std::string& names = question->suggestions;
  for (std::size_t at = 0; at < names.size();) {
    const std::size_t end = std::min(names.find('\n', at), names.size());
    probed.found.push_back({member.name + "/" + names.substr(at, end - at), kWithGravity});
    at = end + 1;
  }
  return probed;
}

Result<Probed> probe(std::shared_ptr<const ByteSource> source, const FileMember& member, const ReadOptions& options, bool unpacked = false) {
  KLONO_TRY(const std::vector<std::byte> head, read_head(*source, kSniffedBytes));
  Sniffed found = sniff(head);
  Probed probed;
  probed.found.push_back({member.name, kWithGravity});
  const std::string lower = lower_case(member.name);
  switch (found.container) {
    case Container::Refused: return *std::move(found.why);
    case Container::Empty: return Error{ErrorCode::Empty, std::string(word(Word::formats_empty)), std::string(word(Word::formats_empty_advice))};
    case Container::Text:
      if (is_text_name(lower)) return probe_text(source, head, member, options);
      return unknown();
    case Container::Json:
      if (!is_text_name(lower)) return unknown();
      probed.found.front().rank = kJson;
      return probed;
    case Container::Gzip:
      if (unpacked) return unknown();
      return probe(with_told_size(*source, gunzip(source)), member, options, true);
    case Container::Zip: return probe_archive(source, member, options);
    case Container::Wav:  // music is no recording
      if (!contains({reinterpret_cast<const char*>(head.data()), head.size()}, "Accel")) return unknown();
      return probed;
    case Container::Unknown: return unknown();
    default: return probed;
  }
}

struct Ranked {
  std::vector<std::string> best;  ///< those of the best rank found
  int rank = 0;
  const FileMember* rotation = nullptr;
  std::optional<Error> first_error;
};

Ranked rank_members(const FileSet& files, const ReadOptions& options) {
  Ranked ranked;
  std::size_t probed_count = 0;
  for (const FileMember& member : files.members()) {
    const std::string name = lower_case(member.name);
    if (is_hidden(member.name) || name.starts_with("meta/") || contains(name, "/meta/")) continue;
    if (++probed_count > kMostProbed) break;
    Result<Probed> probed = probe(files.read(member), member, options);
    if (!probed) {
      const bool tells = probed.error().code != ErrorCode::Empty && (is_text_name(name) || probed.error().code != ErrorCode::UnknownFormat);
      if (!ranked.first_error && tells) ranked.first_error = probed.error();
      continue;
    }
    if (probed.value().rotation && ranked.rotation == nullptr) ranked.rotation = &member;
    for (Found& found : probed.value().found) {
      if (ranked.best.empty() || found.rank < ranked.rank) {
        ranked.best.clear();
        ranked.rank = found.rank;
      }
      if (found.rank == ranked.rank) ranked.best.push_back(std::move(found.name));
    }
  }
  return ranked;
}

/// A file that describes others beside it is read with them.
Result<std::unique_ptr<TableReader>> open_with_its_own(const FileSet& files, const FileMember& member, const ReadOptions& options) {
  if (leaf_of(member.name) == "unisens.xml") return open_unisens(files, member, options);
  if (member.name.ends_with("meta.json") && is_tsdf_of_movement(text_of_member(files, member))) return open_tsdf(files, member, options);
  return open_member(files, member, options);
}

/// A member by its name, or one inside an archive that is a member: "all.zip/left.csv".
Result<std::unique_ptr<TableReader>> open_named(const FileSet& files, const std::string& name, const ReadOptions& options) {
  if (const FileMember* chosen = member_at(files, name)) return open_with_its_own(files, *chosen, options);
  for (const FileMember& member : files.members()) {
    if (!name.starts_with(member.name + "/")) continue;
    ReadOptions inside = options_for(member, options);
    inside.member = name.substr(member.name.size() + 1);
    return open_archive(files.read(member), inside);
  }
  return Error{ErrorCode::BadSetting, fill(Word::formats_member_missing, {{"name", name}})};
}

Error ask_member(const std::vector<std::string>& names) {
  Error error{ErrorCode::NeedsChoice, std::string(word(Word::formats_ask_member)), std::string(word(Word::formats_ask_member_advice))};
  Question question{Question::Kind::Member, "--member", std::string(word(Word::formats_ask_member))};
  for (const std::string& name : names) question.suggestions += name + "\n";
  error.question = std::move(question);
  return error;
}

std::vector<std::string> tsdf_descriptions(const FileSet& files) {
  std::vector<std::string> found;
  std::size_t probed = 0;
  for (const FileMember& member : files.members()) {
    if (!member.name.ends_with("meta.json") || is_hidden(member.name)) continue;
    if (++probed > kMostProbed) break;
    if (is_tsdf_of_movement(text_of_member(files, member))) found.push_back(member.name);
  }
  return found;
}

Result<std::unique_ptr<TableReader>> choose_member(const FileSet& files, const ReadOptions& options) {
  const Ranked ranked = rank_members(files, options);
  if (ranked.best.size() == 1) return open_named(files, ranked.best.front(), options);
  if (ranked.best.empty()) {
    if (ranked.first_error) return *ranked.first_error;
    if (ranked.rotation != nullptr) return no_acceleration();
    return Error{ErrorCode::UnknownFormat, std::string(word(Word::formats_archive_nothing)), std::string(word(Word::formats_unknown_advice))};
  }
  return ask_member(ranked.best);
}

/// phyphox names a file after its sensor set, in the owner's words; the one with acceleration is told by its columns.
Result<std::unique_ptr<TableReader>> choose_phyphox(const FileSet& files, const ReadOptions& options) {
  const Ranked ranked = rank_members(files, options);
  const FileMember* main = ranked.best.empty() ? nullptr : member_at(files, ranked.best.front());
  if (main == nullptr) return no_acceleration();
  return open_phyphox(files, *main, ranked.rotation, options);
}

}  // namespace

Result<std::unique_ptr<TableReader>> open_files(std::shared_ptr<const FileSet> files, const ReadOptions& options) {
  std::string wanted = options.member;
  std::replace(wanted.begin(), wanted.end(), '\\', '/');
  if (member_at(*files, "[Content_Types].xml") != nullptr && member_at(*files, "xl/workbook.xml") != nullptr) return open_workbook(*files, options);
  if (is_sensor_logger_main(*files, wanted)) return open_sensor_logger(*files, options, wanted);
  if (!wanted.empty()) return open_named(*files, wanted, options);
  if (const FileMember* unisens = member_at(*files, "unisens.xml")) return open_unisens(*files, *unisens, options);
  if (member_at(*files, "info.txt") != nullptr && (member_at(*files, "log.bin") != nullptr || member_at(*files, "activity.bin") != nullptr))
    return open_gt3x(files, options);
  if (member_at(*files, "data/index.csv") != nullptr && member_at(*files, "meta/time.csv") != nullptr) return open_phyphox_state(files, options);
  if (member_at(*files, "meta/state.csv") != nullptr)
    return Error{ErrorCode::RefusedFormat, std::string(word(Word::formats_refused_phyphox_state)), std::string(word(Word::formats_refused_phyphox_state_advice))};
  if (member_at(*files, "meta/time.csv") != nullptr) return choose_phyphox(*files, options);
  if (is_sensor_logger(*files)) return open_sensor_logger(*files, options, "");
  if (const FileMember* acc = member_at(*files, "ACC.csv")) return open_empatica(*files, *acc, options);
  if (const std::vector<std::string> tsdf = tsdf_descriptions(*files); !tsdf.empty())
    return tsdf.size() == 1 ? open_named(*files, tsdf.front(), options) : ask_member(tsdf);
  return choose_member(*files, options);
}

Result<std::unique_ptr<TableReader>> open_archive(std::shared_ptr<const ByteSource> source, const ReadOptions& options) {
  if (options.archive_depth >= kMostDepth)
    return Error{ErrorCode::TooLarge, std::string(word(Word::apps_archive_nested)), std::string(word(Word::apps_archive_nested_advice))};
  KLONO_TRY(std::shared_ptr<const ZipArchive> archive, ZipArchive::open(std::move(source)));
  ReadOptions inside = options;
  ++inside.archive_depth;
  return open_files(std::move(archive), inside);
}

}  // namespace klono::formats
