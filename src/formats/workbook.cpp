#include "formats/workbook.hpp"

#include <algorithm>

#include "base/words.hpp"
#include "formats/delimited_table.hpp"
#include "formats/joined_reader.hpp"
#include "formats/number_text.hpp"
#include "formats/table_joining.hpp"
#include "formats/xml_pull.hpp"

namespace klono::formats {
namespace {

constexpr std::size_t kMostTexts = 2'000'000;
constexpr std::size_t kMostTextBytes = 64 << 20;
constexpr std::size_t kMostStyles = 100'000;
constexpr std::size_t kMostSheets = 200;

struct Sheet {
  std::string name;
  std::string relation;
  const FileMember* member = nullptr;
};

Error too_large() { return {ErrorCode::TooLarge, std::string(word(Word::apps_sheet_too_large)), std::string(word(Word::apps_sheet_too_large_advice))}; }

/// Calls `begin(xml)` for each element of a part; a part that is not there has none.
template <class Begin>
Status each_element(const FileSet& files, std::string_view path, Begin begin) {
  const FileMember* member = member_at(files, path);
  if (member == nullptr) return Done{};
  XmlPull xml(files.read(*member));
  for (;;) {
    KLONO_TRY(const XmlPull::Part part, xml.next());
    if (part == XmlPull::Part::Done) return Done{};
    if (part == XmlPull::Part::Begin) begin(xml);
  }
}

Status read_texts(const FileSet& files, WorkbookParts& parts) {
  const FileMember* member = member_at(files, "xl/sharedStrings.xml");
  if (member == nullptr) return Done{};
  XmlPull xml(files.read(*member));
  std::size_t bytes = 0;
  bool wanted = false;
  bool phonetic = false;
  for (;;) {
    KLONO_TRY(const XmlPull::Part part, xml.next());
    if (part == XmlPull::Part::Done) return Done{};
    if (part == XmlPull::Part::Text) {
      if (wanted && !parts.texts.empty()) parts.texts.back() += xml.text();
      bytes += wanted ? xml.text().size() : 0;
    } else {
      const bool begins = part == XmlPull::Part::Begin;
      if (xml.name() == "rPh") phonetic = begins;
      if (xml.name() == "t") wanted = begins && !phonetic;
      if (begins && xml.name() == "si") parts.texts.emplace_back();
    }
    if (bytes > kMostTextBytes || parts.texts.size() > kMostTexts) return too_large();
  }
}

/// Whether a format of one's own shows days: d, m, y, h or s outside quotes and brackets.
bool shows_days(std::string_view format) {
  char until = '\0';
  for (const char c : format) {
    if (until != '\0') {
      if (c == until) until = '\0';
    } else if (c == '"') {
      until = '"';
    } else if (c == '[') {
      until = ']';
    } else if (std::string_view("dmyhsDMYHS").find(c) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

Status read_styles(const FileSet& files, WorkbookParts& parts) {
  std::vector<std::int64_t> dated_formats;
  bool cell_styles = false;
  return each_element(files, "xl/styles.xml", [&](const XmlPull& xml) {
    if (xml.name() == "numFmt" && shows_days(xml.attribute("formatCode")) && dated_formats.size() < kMostStyles)
      dated_formats.push_back(parse_integer(xml.attribute("numFmtId")).value_or(-1));
    if (xml.name() == "cellXfs") cell_styles = true;
    if (xml.name() == "cellStyles" || xml.name() == "dxfs") cell_styles = false;
    if (!cell_styles || xml.name() != "xf" || parts.dated.size() >= kMostStyles) return;
    const std::int64_t format = parse_integer(xml.attribute("numFmtId")).value_or(0);
    const bool built_in = (format >= 14 && format <= 22) || (format >= 45 && format <= 47);
    parts.dated.push_back(built_in || std::find(dated_formats.begin(), dated_formats.end(), format) != dated_formats.end());
  });
}

Result<std::vector<Sheet>> find_sheets(const FileSet& files, WorkbookParts& parts) {
  std::vector<Sheet> sheets;
  KLONO_CHECK(each_element(files, "xl/workbook.xml", [&](const XmlPull& xml) {
    if (xml.name() == "workbookPr") parts.from_1904 = xml.attribute("date1904") == "1" || xml.attribute("date1904") == "true";
    if (xml.name() == "sheet" && sheets.size() < kMostSheets) sheets.push_back({xml.attribute("name"), xml.attribute("r:id"), nullptr});
  }));
  KLONO_CHECK(each_element(files, "xl/_rels/workbook.xml.rels", [&](const XmlPull& xml) {
    if (xml.name() != "Relationship") return;
    const std::string target = xml.attribute("Target");
    const std::string path = target.starts_with('/') ? target.substr(1) : "xl/" + target;
    for (Sheet& sheet : sheets)
      if (!sheet.relation.empty() && sheet.relation == xml.attribute("Id")) sheet.member = member_at(files, path);
  }));
  for (std::size_t i = 0; i < sheets.size(); ++i)
    if (sheets[i].member == nullptr) sheets[i].member = member_at(files, "xl/worksheets/sheet" + std::to_string(i + 1) + ".xml");
  std::erase_if(sheets, [](const Sheet& sheet) { return sheet.member == nullptr; });
  return sheets;
}

constexpr TextGuess kUtf8{true, TextEncoding::Utf8, 0};

ReadOptions options_for_sheet(const Sheet& sheet, ReadOptions options) {
  options.file_name = sheet.name + ".csv";
  options.member.clear();
  return options;
}

/// Sheets with acceleration, those with gravity before those without.
struct Ranked {
  std::vector<std::size_t> best;
  int rank = 0;
  std::optional<std::size_t> rotation;
  std::optional<Error> first_error;
};

Ranked rank_sheets(const FileSet& files, const std::vector<Sheet>& sheets, const std::shared_ptr<const WorkbookParts>& parts, const ReadOptions& options) {
  Ranked ranked;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const Result<TextDialect> dialect = recognise_delimited(sheet_text(files.read(*sheets[i].member), parts), kUtf8, options_for_sheet(sheets[i], options));
    if (!dialect) {
      const ErrorCode code = dialect.error().code;
      if (!ranked.first_error && code != ErrorCode::Empty && code != ErrorCode::UnknownFormat) ranked.first_error = dialect.error();
      continue;
    }
    const auto has = [&](ChannelRole role) { return std::ranges::any_of(dialect.value().columns, [&](const ColumnPlan& plan) { return plan.role == role; }); };
    if (!has_acceleration(dialect.value())) {
      if (has(ChannelRole::RotationX) && !ranked.rotation) ranked.rotation = i;
      continue;
    }
    const bool without_gravity = dialect.value().gravity_known && !dialect.value().has_gravity;
    const int rank = has(ChannelRole::AccelerationMagnitude) ? 2 : without_gravity ? 1 : 0;
    if (ranked.best.empty() || rank < ranked.rank) {
      ranked.best.clear();
      ranked.rank = rank;
    }
    if (rank == ranked.rank) ranked.best.push_back(i);
  }
  return ranked;
}

Error ask_sheet(const std::vector<Sheet>& sheets, const std::vector<std::size_t>& best) {
  Error error{ErrorCode::NeedsChoice, std::string(word(Word::formats_ask_member)), std::string(word(Word::formats_ask_member_advice))};
  Question question{Question::Kind::Member, "--member", std::string(word(Word::formats_ask_member))};
  for (const std::size_t i : best) question.suggestions += sheets[i].name + "\n";
  error.question = std::move(question);
  return error;
}

}  // namespace

Result<std::unique_ptr<TableReader>> open_workbook(const FileSet& files, const ReadOptions& options) {
  auto parts = std::make_shared<WorkbookParts>();
  KLONO_TRY(const std::vector<Sheet> sheets, find_sheets(files, *parts));
  KLONO_CHECK(read_texts(files, *parts));
  KLONO_CHECK(read_styles(files, *parts));
  const std::shared_ptr<const WorkbookParts> read_parts = parts;
  const auto open_sheet = [&](std::size_t i, const ReadOptions& how) { return open_delimited(sheet_text(files.read(*sheets[i].member), read_parts), kUtf8, options_for_sheet(sheets[i], how)); };
  const auto named = [&](std::string_view name) { return std::ranges::find_if(sheets, [&](const Sheet& sheet) { return sheet.name == name; }); };
  const Ranked ranked = rank_sheets(files, sheets, read_parts, options);
  std::size_t chosen = ranked.best.empty() ? 0 : ranked.best.front();
  if (!options.member.empty()) {
    const auto found = named(options.member);
    if (found == sheets.end()) return Error{ErrorCode::BadSetting, fill(Word::formats_member_missing, {{"name", options.member}})};
    chosen = static_cast<std::size_t>(found - sheets.begin());
  } else if (ranked.best.size() > 1) {
    return ask_sheet(sheets, ranked.best);
  } else if (ranked.best.empty()) {
    if (ranked.first_error) return *ranked.first_error;
    return Error{ErrorCode::NoAcceleration, std::string(word(Word::apps_sheet_nothing)), std::string(word(Word::formats_no_acceleration_advice))};
  }
  PauseList pauses;
  const auto times = named("Metadata Time");
  if (times != sheets.end()) {
    std::vector<std::byte> bytes(1 << 20);
    KLONO_TRY(const std::size_t got, sheet_text(files.read(*times->member), read_parts)->read_at(0, bytes));
    pauses = parse_phyphox_times({reinterpret_cast<const char*>(bytes.data()), got});
  }
  std::vector<std::unique_ptr<TableReader>> beside;
  if (ranked.rotation)
    if (auto opened = open_sheet(*ranked.rotation, {}); opened.ok()) beside.push_back(std::move(opened).value());
  const bool phyphox = times != sheets.end();
  return read_joined(open_sheet(chosen, options), std::move(beside), [pauses, phyphox](RawTable&& table, std::vector<std::optional<RawTable>>&& others) {
    table.format = word(phyphox ? Word::apps_name_phyphox_xlsx : Word::apps_name_xlsx);
    for (const std::optional<RawTable>& other : others)
      if (other) add_rotation(table, *other);
    apply_pauses(table, pauses);
    return std::move(table);
  });
}

}  // namespace klono::formats
