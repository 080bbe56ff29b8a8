#include <algorithm>
#include <atomic>
#include <filesystem>
#include <iterator>
#include <mutex>
#include <thread>

#include "base/words.hpp"
#include "cli/batch_store.hpp"
#include "cli/commands.hpp"
#include "cli/refusals.hpp"
#include "detection/emg/emg_event.hpp"
#include "formats/number_text.hpp"
#include "report/json_writer.hpp"
#include "report/setting_rows.hpp"
#include "report/text.hpp"
#include "view/plain_words.hpp"

namespace klono::cli {
namespace {

#ifndef KLONO_BATCH_THREADS
#define KLONO_BATCH_THREADS 256
#endif
constexpr std::int64_t kMostJobs = KLONO_BATCH_THREADS;  // 1 where a build has no threads
constexpr std::size_t kListedRefusals = 10;
constexpr std::int64_t kMostParts = 1'000'000;

/// The whole command line of a batch.
struct Plan {
  Choices choices;
  std::vector<std::string> paths;
  std::string out;
  std::int64_t jobs = 1;
  std::vector<std::string> formats;  ///< of the tables: "csv", "arrow"
  std::int64_t part = 0;             ///< counted from 1; 0: all files, and the tables
  std::int64_t parts = 1;
};

std::optional<std::int64_t> whole_number(std::string_view text, std::int64_t most) {
  const std::optional<std::int64_t> value = formats::parse_integer(text);
  return value && *value >= 1 && *value <= most ? value : std::nullopt;
}

Status set_jobs(Plan& plan, const Arguments& arguments) {
  plan.jobs = std::clamp<std::int64_t>(std::thread::hardware_concurrency(), 1, kMostJobs);
  const auto text = arguments.value("--jobs");
  if (!text) return Done{};
  const auto jobs = whole_number(*text, std::max<std::int64_t>(kMostJobs, 256));
  if (!jobs) return usage(fill(Word::batch_usage_bad_jobs, {{"most", "256"}, {"value", *text}}));
  plan.jobs = std::min(*jobs, kMostJobs);
  return Done{};
}

Status set_part(Plan& plan, const Arguments& arguments) {
  const auto text = arguments.value("--part");
  if (!text) return Done{};
  const std::size_t slash = text->find('/');
  const auto part = whole_number(std::string_view(*text).substr(0, slash), kMostParts);
  const auto parts = slash == std::string::npos ? std::nullopt : whole_number(std::string_view(*text).substr(slash + 1), kMostParts);
  if (!part || !parts || *part > *parts) return usage(fill(Word::batch_usage_bad_part, {{"value", *text}}));
  if (arguments.has("--table")) return usage(std::string(word(Word::batch_usage_part_table)));
  plan.part = *part;
  plan.parts = *parts;
  return Done{};
}

Status set_formats(Plan& plan, const Arguments& arguments) {
  for (const std::string& given : arguments.values("--table")) {
    for (std::size_t begin = 0; begin <= given.size();) {
      const std::size_t end = std::min(given.find(',', begin), given.size());
      const std::string format = given.substr(begin, end - begin);
      begin = end + 1;
      if (format != "csv" && format != "arrow")
        return usage(fill(Word::cli_usage_bad_choice, {{"name", "--table"}, {"choices", "csv, arrow"}, {"value", format}}));
      if (format == "arrow" && !can_write_arrow()) return usage(std::string(word(Word::batch_usage_no_arrow)));
      if (std::ranges::find(plan.formats, format) == plan.formats.end()) plan.formats.push_back(format);
    }
  }
  if (plan.formats.empty()) plan.formats.push_back("csv");
  std::ranges::sort(plan.formats);
  return Done{};
}

Result<Plan> plan_from(const std::vector<std::string>& words) {
  OptionList known = reading_options();
  known.merge(detector_options());
  known.insert({{"--out", true}, {"--jobs", true}, {"--table", true}, {"--part", true}});
  KLONO_TRY(const Arguments arguments, Arguments::parse("batch", words, known));
  Plan plan;
  KLONO_TRY(plan.choices, choices_from(arguments));
  plan.paths = arguments.files();
  if (plan.paths.empty()) return usage(std::string(word(Word::batch_usage_no_path)));
  plan.out = arguments.value("--out").value_or("");
  if (plan.out.empty()) return usage(std::string(word(Word::batch_usage_no_out)));
  KLONO_CHECK(set_jobs(plan, arguments));
  KLONO_CHECK(set_part(plan, arguments));
  KLONO_CHECK(set_formats(plan, arguments));
  return plan;
}

/// All that a result depends on besides its file, as lines.
std::string settings_lines(const Plan& plan, std::string_view program_version) {
  std::string text = "program=" + std::string(program_version) + "\ndetector_version=" + std::to_string(kDetectorVersion) + "\n";
  for (const auto& [key, value] : report::reading_choices(formats::lines_of(plan.choices.reading))) text += "reading." + key + "=" + value + "\n";
  for (const report::SettingRow& row : report::setting_rows(plan.choices.detector)) text += "detector." + row.key + "=" + row.value + "\n";
  text += "emg_version=" + std::to_string(kEmgVersion) + "\n";
  for (const EmgSettingInfo& info : emg_setting_table()) text += std::string(info.key) + "=" + report::number_text(info.get(plan.choices.emg)) + "\n";
  return text;
}

std::string muscle_words(const BatchResult& result) {
  const std::int64_t bursts = bursts_of(result);
  return tells_bursts(result) ? view::count_words(bursts, word(Word::emg_burst), word(Word::emg_bursts))
                              : view::count_words(bursts, word(Word::emg_leg_movement), word(Word::emg_leg_movements));
}

std::string news_line(const BatchNews& news, const BatchResult& result) {
  const std::string done = std::to_string(news.done), all = std::to_string(news.all);
  if (is_refused(result)) return fill(Word::batch_progress_refused, {{"done", done}, {"all", all}, {"path", news.name}, {"why", refusal_of(result)}});
  const std::optional<std::int64_t> events = brief_events_of(result);
  if (!events && !result.emg.empty())
    return fill(Word::emg_batch_done, {{"done", done}, {"all", all}, {"path", news.name},
                                       {"bursts", muscle_words(result)},
                                       {"channels", view::count_words(std::ssize(result.emg), word(Word::emg_channel), word(Word::emg_channels))}});
  if (!events) return fill(Word::batch_progress_parts, {{"done", done}, {"all", all}, {"path", news.name}});
  return fill(Word::batch_progress_done, {{"done", done}, {"all", all}, {"path", news.name}, {"count", std::to_string(*events)},
                                          {"duration", view::duration_words(analysable_s_of(result))}});
}

/// The files of a batch and what came of them; worked through by several threads.
class Batch {
 public:
  Batch(const Plan& plan, std::string_view program_version, const BatchHost& host, ResultStore store, std::vector<BatchFile> files)
      : plan_(plan), program_version_(program_version), host_(host), store_(std::move(store)), files_(std::move(files)),
        keys_(files_.size()), passing_(files_.size()), settings_(settings_lines(plan, program_version)) {}

  /// Errors: Cancelled, and BadSetting where results cannot be written.
  Status run() {
    std::vector<std::thread> others;
    const auto workers = std::min<std::size_t>(static_cast<std::size_t>(plan_.jobs), files_.size());
    for (std::size_t i = 1; i < workers; ++i) others.emplace_back([this] { work(); });
    work();
    for (std::thread& other : others) other.join();
    if (failure_) return *failure_;
    if (news_.done < std::ssize(files_))
      return Error{ErrorCode::Cancelled, fill(Word::batch_stopped, {{"done", std::to_string(news_.done)}, {"all", std::to_string(files_.size())}})};
    return Done{};
  }

  /// The result of a file, in the order of names. Errors: Internal where it was taken away meanwhile.
  Result<BatchResult> result_of(std::size_t index) const {
    if (passing_[index]) return *passing_[index];
    std::optional<BatchResult> result = store_.load(keys_[index]);
    if (result) return *std::move(result);
    return Error{ErrorCode::CannotRead, fill(Word::batch_result_lost, {{"name", store_.folder()}})};
  }

  const std::vector<BatchFile>& files() const { return files_; }
  std::int64_t kept() const { return kept_; }

 private:
  bool is_stopped() const { return failed_.load() || host_.is_stopped(); }

  void work() {
    for (;;) {
      const std::size_t index = next_.fetch_add(1);
      if (index >= files_.size() || is_stopped()) return;
      if (Status status = work_on(index); !status) return fail(status.error());
    }
  }

  Status work_on(std::size_t index) {
    const BatchFile& file = files_[index];
    keys_[index] = key_of(file, settings_);
    if (const std::optional<BatchResult> kept = store_.load(keys_[index])) {
      tell(file, *kept, true);
      return Done{};
    }
    KLONO_TRY(BatchResult result, analyse_batch_file(file.name, file.path, plan_.choices, program_version_, [this] { return is_stopped(); }));
    if (may_change(result)) {
      passing_[index] = result;
    } else {
      KLONO_CHECK(store_.save(keys_[index], result));
    }
    tell(file, result, false);
    return Done{};
  }

  void tell(const BatchFile& file, const BatchResult& result, bool kept) {
    const std::lock_guard lock(telling_);
    ++news_.done;
    news_.refused += is_refused(result) ? 1 : 0;
    kept_ += kept ? 1 : 0;
    if (kept) return;
    news_.all = std::ssize(files_);
    news_.name = file.name;
    news_.line = news_line(news_, result);
    host_.tell(news_);
  }

  void fail(const Error& error) {
    const std::lock_guard lock(telling_);
    failed_.store(true);
    if (error.code != ErrorCode::Cancelled && !failure_) failure_ = error;
  }

  const Plan& plan_;
  std::string program_version_;
  const BatchHost& host_;
  ResultStore store_;
  std::vector<BatchFile> files_;
  std::vector<ResultKey> keys_;                        // each written by the thread that has the file
  std::vector<std::optional<BatchResult>> passing_;  // not kept: another run may have better luck
  std::string settings_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> failed_{false};
  std::mutex telling_;  // of what follows
  BatchNews news_;
  std::int64_t kept_ = 0;
  std::optional<Error> failure_;
};

/// What the tables hold in sum.
struct Totals {
  std::int64_t done = 0;
  std::int64_t refused = 0;
  std::int64_t events = 0;
  double analysable_s = 0.0;
  std::vector<std::string> refusals;  ///< the first ones

  void add(const BatchFile& file, const BatchResult& result) {
    if (is_refused(result)) {
      if (static_cast<std::size_t>(refused++) < kListedRefusals)
        refusals.push_back(fill(Word::batch_summary_refused, {{"path", file.name}, {"why", refusal_of(result)}}));
      return;
    }
    ++done;
    events += brief_events_of(result).value_or(0);
    if (brief_events_of(result)) analysable_s += analysable_s_of(result);
  }
};

/// All tables of a batch in one format.
class TableSet {
 public:
  static Result<TableSet> create(const std::string& folder, const std::string& format) {
    TableSet set;
    for (const BatchTable table : kBatchTables) {
      const std::string name = std::string(name_of(table)) + "." + format;
      const std::string path = folder + "/" + name;
      KLONO_TRY(std::unique_ptr<TableWriter> writer,
                format == "arrow" ? make_arrow_table(path, columns_of(table)) : make_csv_table(path, columns_of(table)));
      set.writers_.push_back(std::move(writer));
      set.names_.push_back(name);
    }
    return set;
  }

  Status add(const BatchResult& result) {
    for (std::size_t i = 0; i < writers_.size(); ++i)
      for (const Row& row : rows_of(result, kBatchTables[i])) KLONO_CHECK(writers_[i]->add(row));
    return Done{};
  }

  Status finish() {
    for (const auto& writer : writers_) KLONO_CHECK(writer->finish());
    return Done{};
  }

  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::unique_ptr<TableWriter>> writers_;  // in the order of kBatchTables
  std::vector<std::string> names_;
};

void write_list(report::JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  json.key(key).begin_array();
  for (const std::string& text : texts) json.value(std::string_view(text));
  json.end_array();
}

/// What was done with which settings. Nothing of when, where or by how many threads: the same work gives the same file.
std::string run_json(const Plan& plan, std::string_view program_version, const Totals& totals, const std::vector<std::string>& tables) {
  report::JsonWriter json;
  json.begin_object().key("program").begin_object();
  json.field("name", "klonograph").field("version", program_version).field("detector_version", kDetectorVersion).field("emg_version", kEmgVersion).end_object();
  json.key("reading").begin_object();
  for (const auto& [key, value] : report::reading_choices(formats::lines_of(plan.choices.reading))) json.field(key, value);
  json.end_object().key("detector").begin_object();
  for (const report::SettingRow& row : report::setting_rows(plan.choices.detector)) {
    json.key(row.key);
    row.is_number ? json.number(row.value) : json.value(std::string_view(row.value));
  }
  json.end_object().key("emg").begin_object();
  for (const EmgSettingInfo& info : emg_setting_table()) json.field(info.key, info.get(plan.choices.emg));
  json.end_object();
  write_list(json, "paths", plan.paths);
  json.key("recordings").begin_object();
  json.field("found", totals.done + totals.refused).field("done", totals.done).field("refused", totals.refused).end_object();
  write_list(json, "tables", tables);
  json.end_object();
  return json.text() + "\n";
}

Result<Totals> write_tables(const Plan& plan, const Batch& batch, std::string_view program_version) {
  std::vector<TableSet> sets;
  std::vector<std::string> names;
  for (const std::string& format : plan.formats) {
    KLONO_TRY(TableSet set, TableSet::create(plan.out, format));
    names.insert(names.end(), set.names().begin(), set.names().end());
    sets.push_back(std::move(set));
  }
  Totals totals;
  for (std::size_t i = 0; i < batch.files().size(); ++i) {
    KLONO_TRY(const BatchResult result, batch.result_of(i));
    totals.add(batch.files()[i], result);
    for (TableSet& set : sets) KLONO_CHECK(set.add(result));
  }
  KLONO_TRY(const std::unique_ptr<WholeFile> run, WholeFile::create(plan.out + "/run.json"));
  run->write(run_json(plan, program_version, totals, names));
  for (TableSet& set : sets) KLONO_CHECK(set.finish());
  KLONO_CHECK(run->finish());
  remove_unfinished(plan.out + "/results");
  remove_unfinished(plan.out);
  return totals;
}

Result<Totals> count_only(const Batch& batch) {
  Totals totals;
  for (std::size_t i = 0; i < batch.files().size(); ++i) {
    KLONO_TRY(const BatchResult result, batch.result_of(i));
    totals.add(batch.files()[i], result);
  }
  return totals;
}

std::string summary_of(const Plan& plan, const Batch& batch, const Totals& totals) {
  const std::string all = std::to_string(batch.files().size());
  std::string text;
  if (batch.kept() > 0) text += fill(Word::batch_progress_kept, {{"count", std::to_string(batch.kept())}, {"all", all}}) + "\n";
  text += fill(Word::batch_summary_files, {{"all", all}, {"done", std::to_string(totals.done)}, {"refused", std::to_string(totals.refused)}}) + "\n";
  text += fill(Word::batch_summary_events, {{"count", std::to_string(totals.events)}, {"duration", view::duration_words(totals.analysable_s)}}) + "\n";
  for (const std::string& refusal : totals.refusals) text += "  " + refusal + "\n";
  const std::int64_t unlisted = totals.refused - std::ssize(totals.refusals);
  if (unlisted > 0) text += "  " + fill(Word::batch_summary_more, {{"count", std::to_string(unlisted)}}) + "\n";
  if (plan.part > 0) {
    text += fill(Word::batch_summary_part, {{"part", std::to_string(plan.part) + "/" + std::to_string(plan.parts)}}) + "\n";
  } else {
    std::string names;
    for (const std::string& format : plan.formats)
      for (const BatchTable table : kBatchTables) names += std::string(name_of(table)) + "." + format + ", ";
    text += fill(Word::batch_summary_tables, {{"folder", plan.out}, {"names", names + "run.json"}}) + "\n";
  }
  return text;
}

std::vector<BatchFile> share_of(std::vector<BatchFile> files, const Plan& plan) {
  if (plan.part == 0) return files;
  std::vector<BatchFile> share;
  for (std::size_t i = static_cast<std::size_t>(plan.part - 1); i < files.size(); i += static_cast<std::size_t>(plan.parts))
    share.push_back(std::move(files[i]));
  return share;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string text;
  for (const std::string& one : texts) text += (text.empty() ? "" : ", ") + one;
  return text;
}

}  // namespace

Result<Outcome> run_batch(const std::vector<std::string>& words, std::string_view program_version, const BatchHost& host) {
  KLONO_TRY(const Plan plan, plan_from(words));
  KLONO_TRY(std::vector<BatchFile> files, find_batch_files(plan.paths, plan.out));
  if (files.empty()) return Error{ErrorCode::Empty, fill(Word::batch_nothing_found, {{"name", joined(plan.paths)}})};
  KLONO_TRY(ResultStore store, ResultStore::open(plan.out + "/results"));
  Batch batch(plan, program_version, host, std::move(store), share_of(std::move(files), plan));
  KLONO_CHECK(batch.run());
  KLONO_TRY(const Totals totals, plan.part > 0 ? count_only(batch) : write_tables(plan, batch, program_version));
  Outcome outcome{summary_of(plan, batch, totals), ""};
  if (totals.refused > 0) outcome.exit_code = totals.done > 0 ? kSomeRefused : kUnreadable;
  return outcome;
}

}  // namespace klono::cli
