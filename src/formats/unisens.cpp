#include "formats/unisens.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "base/words.hpp"
#include "formats/columns.hpp"
#include "formats/delimited_table.hpp"
#include "formats/interleaved.hpp"
#include "formats/number_text.hpp"
#include "formats/packets.hpp"
#include "formats/text_lines.hpp"
#include "formats/timestamps.hpp"
#include "formats/xml_pull.hpp"

namespace klono::formats {
namespace {

constexpr std::size_t kMostText = 1 << 20;
constexpr std::size_t kHead = 64 * 1024;
constexpr std::int64_t kRowsInPacket = 4096;
constexpr double kSlowest_hz = 0.01, kFastest_hz = 1e5;

/// A <signalEntry> of the description.
struct Entry {
  std::string file;
  std::string kind;    ///< "int16", "double", …
  std::string content;
  std::string unit;
  double step = 1.0;   ///< lsbValue
  double zero = 0.0;   ///< baseline
  double rate_hz = 0.0;
  bool binary = false;
  bool big_endian = false;
  std::vector<std::string> channels;
  std::array<std::optional<std::size_t>, 3> axes;  ///< columns of x, y, z

  bool has_axes() const { return axes[0] && axes[1] && axes[2]; }
};

double number_of(const XmlPull& tag, std::string_view attribute, double otherwise) {
  const std::optional<double> value = parse_number(tag.attribute(attribute), false);
  return value && std::isfinite(*value) ? *value : otherwise;
}

struct Description {
  WallClock start;
  std::vector<Entry> entries;
};

void set_start(Description& description, std::string_view text) {
  const std::optional<WrittenTime> start = parse_written_time(text);
  if (!start || !start->has_date) return;
  description.start.basis = start->offset_min ? ClockBasis::Utc : ClockBasis::Local;
  description.start.unix_ns = start->unix_ns - static_cast<std::int64_t>(start->offset_min.value_or(0)) * 60'000'000'000;
  description.start.offset_min = start->offset_min;
}

Entry entry_of(const XmlPull& tag) {
  Entry entry;
  entry.file = tag.attribute("id");
  entry.kind = lower_case(tag.attribute("dataType"));
  entry.content = lower_case(tag.attribute("contentClass"));
  entry.unit = tag.attribute("unit");
  entry.step = number_of(tag, "lsbValue", 1.0);
  entry.zero = number_of(tag, "baseline", 0.0);
  entry.rate_hz = number_of(tag, "sampleRate", 0.0);
  return entry;
}

void add_channel(Entry& entry, const XmlPull& tag) {
  const std::size_t column = entry.channels.size();
  entry.channels.emplace_back(tag.attribute("name"));
  const ColumnGuess guess = guess_column(entry.channels.back());
  if (guess.axis >= 0 && !entry.axes[static_cast<std::size_t>(guess.axis)]) entry.axes[static_cast<std::size_t>(guess.axis)] = column;
}

/// As far as it can be read: a description that breaks off still tells its first entries.
Description read_description(std::string text) {
  Description description;
  bool inside = false;
  XmlPull tag(std::make_shared<MemorySource>(std::move(text)));
  for (;;) {
    const Result<XmlPull::Part> part = tag.next();
    if (!part.ok() || part.value() == XmlPull::Part::Done) return description;
    if (part.value() == XmlPull::Part::End && tag.name() == "signalEntry") inside = false;
    if (part.value() != XmlPull::Part::Begin) continue;
    if (tag.name() == "unisens") set_start(description, tag.attribute("timestampStart"));
    if (tag.name() == "signalEntry") {
      inside = true;
      description.entries.push_back(entry_of(tag));
    }
    if (!inside) continue;
    if (tag.name() == "binFileFormat") {
      description.entries.back().binary = true;
      description.entries.back().big_endian = lower_case(tag.attribute("endianess")) == "big";
    } else if (tag.name() == "channel") {
      add_channel(description.entries.back(), tag);
    }
  }
}

/// What is wanted most comes first: acceleration, of it the binary form.
int rank_of(const Entry& entry) {
  const std::optional<UnitInfo> unit = parse_unit(entry.unit);
  const bool moves = entry.content == "acc" || lower_case(entry.file).starts_with("acc") || (unit && unit->target == "g");
  if (!moves || !entry.has_axes() || (unit && unit->target != "g") || !(entry.rate_hz >= kSlowest_hz && entry.rate_hz <= kFastest_hz)) return 0;
  return entry.binary ? 2 : 1;
}

std::optional<Interleaved> layout_of(const Entry& entry) {
  const std::size_t digits = std::min(entry.kind.find_first_of("0123456789"), entry.kind.size());
  const bool is_float = entry.kind == "float" || entry.kind == "double";
  const int bits = is_float ? (entry.kind == "float" ? 32 : 64) : static_cast<int>(parse_integer(entry.kind.substr(digits)).value_or(0) % 1000);
  std::optional<Interleaved> layout = interleaved_of(is_float ? "float" : entry.kind.substr(0, digits), bits);
  if (!layout) return layout;
  layout->big_endian = entry.big_endian;
  layout->columns = entry.channels.size();
  return layout;
}

/// Rows of one binary file at an even rate.
class UnisensFormat final : public PacketFormat {
 public:
  UnisensFormat(std::shared_ptr<const ByteSource> source, Interleaved layout, Entry entry, WallClock start, double factor)
      : source_(std::move(source)), layout_(layout), entry_(std::move(entry)), factor_(factor * entry_.step) {
    facts_.format = word(Word::clinical_name_unisens);
    facts_.start = start;
    facts_.nominal_rate_hz = entry_.rate_hz;
    facts_.has_clock = false;
    for (std::size_t k = 0; k < 3; ++k)
      facts_.channels.push_back({entry_.channels[*entry_.axes[k]], "g", entry_.unit, acceleration_role(static_cast<int>(k))});
  }

  Result<bool> scan(PacketList& list) override {
    const auto row_bytes = static_cast<std::int64_t>(layout_.row_bytes());
    const std::int64_t rows = source_->size() / row_bytes;
    for (std::int64_t row = 0; row < rows; row += kRowsInPacket) {
      Packet packet;
      packet.count = static_cast<std::uint16_t>(std::min(kRowsInPacket, rows - row));
      packet.offset = row * row_bytes;
      packet.bytes = static_cast<std::uint32_t>(packet.count * row_bytes);
      packet.start_s = static_cast<double>(row) / entry_.rate_hz;
      list.add(packet);
    }
    return false;
  }

  std::int64_t bytes_done() const override { return source_->size(); }
  std::int64_t bytes_total() const override { return source_->size(); }
  PacketFacts facts() const override { return facts_; }
  const ByteSource& bytes() const override { return *source_; }

  bool decode(const Packet&, std::span<const std::byte> bytes, std::span<const std::span<float>> into) const override {
    for (std::size_t k = 0; k < 3; ++k) decode_interleaved(layout_, *entry_.axes[k], entry_.zero, factor_, bytes, into[k]);
    return true;
  }

 private:
  std::shared_ptr<const ByteSource> source_;
  Interleaved layout_;
  Entry entry_;
  double factor_;
  PacketFacts facts_;
};

/// A csv entry: rows of numbers without header or time.
class UnisensText final : public TableReader {
 public:
  UnisensText(std::unique_ptr<TableReader> rows, WallClock start) : rows_(std::move(rows)), start_(start) {}
  Result<bool> step() override { return rows_->step(); }
  std::int64_t bytes_done() const override { return rows_->bytes_done(); }
  std::int64_t bytes_total() const override { return rows_->bytes_total(); }
  Result<RawTable> take() override {
    KLONO_TRY(RawTable table, rows_->take());
    table.format = word(Word::clinical_name_unisens);
    table.start = start_;
    return table;
  }

 private:
  std::unique_ptr<TableReader> rows_;
  WallClock start_;
};

Result<std::unique_ptr<TableReader>> open_csv_entry(std::shared_ptr<const ByteSource> source, const Entry& entry, const WallClock& start, const ReadOptions& options) {
  ReadOptions choices = options;
  choices.member.clear();
  if (choices.columns.empty()) {
    choices.columns = {"-"};
    for (const std::optional<std::size_t>& axis : entry.axes) choices.columns.push_back(std::to_string(*axis + 1));
  }
  if (choices.rate_hz <= 0.0) choices.rate_hz = entry.rate_hz;
  if (const std::optional<UnitInfo> unit = parse_unit(entry.unit); choices.unit.empty() && unit) choices.unit = unit->name == "m/s^2" ? "m/s2" : unit->name;
  KLONO_TRY(const std::vector<std::byte> head, read_head(*source, kHead));
  KLONO_TRY(std::unique_ptr<TableReader> rows, open_delimited(std::move(source), guess_encoding(head), choices));
  return std::unique_ptr<TableReader>(std::make_unique<UnisensText>(std::move(rows), start));
}

}  // namespace

Error lonely_description(std::string_view name) {
  std::string printable(name);
  std::replace_if(printable.begin(), printable.end(), [](char c) { return c >= '\0' && c < ' '; }, ' ');
  return {ErrorCode::RefusedFormat, fill(Word::clinical_set_lonely, {{"name", printable}}), std::string(word(Word::clinical_set_lonely_advice))};
}

const FileMember* beside(const FileSet& files, const FileMember& description, std::string_view name) {
  const std::string wanted = description.name.substr(0, description.name.find_last_of("/\\") + 1) + std::string(name);
  const auto found = std::find_if(files.members().begin(), files.members().end(), [&](const FileMember& member) { return member.name == wanted; });
  return found == files.members().end() ? nullptr : &*found;
}

std::string text_of_member(const FileSet& files, const FileMember& member) {
  std::string text(kMostText, '\0');
  const Result<std::size_t> got = files.read(member)->read_at(0, std::as_writable_bytes(std::span(text)));
  text.resize(got ? got.value() : 0);
  return text;
}

Result<std::unique_ptr<TableReader>> open_unisens(const FileSet& files, const FileMember& description, const ReadOptions& options) {
  Description told = read_description(text_of_member(files, description));
  std::sort(told.entries.begin(), told.entries.end(), [](const Entry& a, const Entry& b) { return std::pair(-rank_of(a), a.file) < std::pair(-rank_of(b), b.file); });
  std::erase_if(told.entries, [](const Entry& entry) { return rank_of(entry) == 0; });
  if (told.entries.empty())
    return Error{ErrorCode::NoAcceleration, std::string(word(Word::formats_no_acceleration)), std::string(word(Word::formats_no_acceleration_advice))};
  for (const Entry& entry : told.entries) {
    const FileMember* member = beside(files, description, entry.file);
    if (member == nullptr) continue;
    if (!entry.binary) return open_csv_entry(files.read(*member), entry, told.start, options);
    const std::optional<Interleaved> layout = layout_of(entry);
    if (!layout) return Error{ErrorCode::RefusedFormat, fill(Word::clinical_set_kind, {{"name", "acc"}, {"kind", "dataType"}}), std::string(word(Word::formats_unknown_advice))};
    const std::optional<UnitInfo> unit = parse_unit(options.unit.empty() ? entry.unit : options.unit);
    return read_packets(std::make_unique<UnisensFormat>(files.read(*member), *layout, entry, told.start, unit ? unit->factor : 1.0));
  }
  return lonely_description("unisens.xml");
}

}  // namespace klono::formats
