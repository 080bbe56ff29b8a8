#include "formats/phyphox_state.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include "base/units.hpp"
#include "base/words.hpp"
#include "formats/columns.hpp"
#include "formats/joined_reader.hpp"
#include "formats/number_text.hpp"
#include "formats/resting_unit.hpp"
#include "formats/table_joining.hpp"
#include "formats/text_dialect.hpp"

namespace klono::formats {
namespace {

constexpr std::size_t kNumberBytes = 8;
constexpr std::size_t kBlockNumbers = (1 << 20) / kNumberBytes;
constexpr std::size_t kMostNumbers = 80'000'000;

struct Buffer {
  std::string container;
  std::string file;
  std::int64_t count = 0;  ///< as declared
};

std::vector<Buffer> buffers_of(std::string_view index) {
  std::vector<Buffer> buffers;
  std::vector<std::string_view> fields;
  for (std::size_t at = 0; at < index.size();) {
    const std::size_t end = std::min(index.find('\n', at), index.size());
    const std::string_view line = trimmed(index.substr(at, end - at));
    at = end + 1;
    const std::size_t quote = line.starts_with('"') ? line.find('"', 1) : std::string_view::npos;
    const char separator = quote != std::string_view::npos && quote + 1 < line.size() ? line[quote + 1] : ',';
    split_fields(line, separator, fields);
    if (fields.size() < 3) continue;
    if (const std::optional<std::int64_t> count = parse_integer(fields[2])) buffers.push_back({std::string(fields[0]), std::string(fields[1]), *count});
  }
  return buffers;
}

/// Time and the three axes of one sensor.
struct Chosen {
  std::array<const Buffer*, 4> parts{};
  bool linear = false;
};

std::optional<Chosen> choose(const std::vector<Buffer>& buffers, ColumnKind kind) {
  Chosen chosen;
  chosen.linear = kind == ColumnKind::LinearAcceleration;
  for (const Buffer& buffer : buffers) {
    const ColumnGuess guess = guess_column(buffer.container);
    if (guess.kind != kind || guess.axis < 0 || !contains(lower_case(buffer.container), "acc")) continue;
    const Buffer*& slot = chosen.parts[static_cast<std::size_t>(guess.axis) + 1];
    if (slot == nullptr) slot = &buffer;
  }
  for (std::size_t k = 1; k < 4; ++k)
    if (chosen.parts[k] == nullptr || chosen.parts[k]->count != chosen.parts[1]->count) return std::nullopt;
  // The time of this sensor is as long, and begins with the same letters.
  const std::string stem = lower_case(chosen.parts[1]->container).substr(0, 3);
  for (const Buffer& buffer : buffers) {
    if (guess_column(buffer.container).kind != ColumnKind::Time || buffer.count != chosen.parts[1]->count) continue;
    if (chosen.parts[0] == nullptr || lower_case(buffer.container).starts_with(stem)) chosen.parts[0] = &buffer;
  }
  return chosen.parts[0] != nullptr ? std::optional(chosen) : std::nullopt;
}

class StateReader final : public TableReader {
 public:
  StateReader(std::array<std::shared_ptr<const ByteSource>, 4> sources, std::array<std::string, 4> names, bool linear, PauseList pauses)
      : sources_(std::move(sources)), names_(std::move(names)), linear_(linear), pauses_(std::move(pauses)) {}

  Result<bool> step() override {
    if (part_ >= sources_.size()) return false;
    std::vector<double>& into = part_ == 0 ? times_ : block_;
    const std::size_t before = part_ == 0 ? times_.size() : 0;
    KLONO_TRY(const std::size_t got, read_numbers(into, before));
    for (std::size_t i = 0; part_ > 0 && i < got; ++i) axes_[part_ - 1].push_back(static_cast<float>(block_[i] / kStandardGravity_m_s2));
    if (got < kBlockNumbers || done_[part_] >= kMostNumbers) ++part_;
    return part_ < sources_.size();
  }

  std::int64_t bytes_done() const override {
    std::size_t sum = 0;
    for (const std::size_t done : done_) sum += done * kNumberBytes;
    return static_cast<std::int64_t>(sum);
  }
  std::int64_t bytes_total() const override {
    std::int64_t sum = 0;
    for (const auto& source : sources_) sum += source->size();
    return sum;
  }

  Result<RawTable> take() override {
    std::size_t rows = times_.size();
    for (const std::vector<float>& axis : axes_) rows = std::min(rows, axis.size());
    while (rows > 0 && !std::isfinite(times_[rows - 1])) --rows;
    if (rows == 0 || !std::isfinite(times_[0]))
      return Error{ErrorCode::Malformed, std::string(word(Word::apps_state_damaged)), std::string(word(Word::formats_refused_phyphox_state_advice))};
    RawTable table;
    table.format = word(Word::apps_name_phyphox_state);
    times_.resize(rows);
    table.time.name = names_[0];
    table.time.first_in_file_s = times_[0];
    for (double& time : times_) time -= table.time.first_in_file_s;
    table.time.seconds = std::move(times_);
    for (std::size_t k = 0; k < axes_.size(); ++k) {
      axes_[k].resize(rows);
      table.columns.push_back({names_[k + 1], "g", "m/s^2", acceleration_role(static_cast<int>(k)), std::move(axes_[k])});
    }
    table.unit_basis = UnitBasis::Written;
    table.gravity_known = linear_;
    table.has_gravity = !linear_;
    apply_pauses(table, pauses_);
    settle_unit(table);
    return table;
  }

 private:
  /// Whole numbers only; the rest of a cut one is left out.
  Result<std::size_t> read_numbers(std::vector<double>& into, std::size_t at) {
    static_assert(std::endian::native == std::endian::little);
    bytes_.resize(kBlockNumbers * kNumberBytes);
    KLONO_TRY(const std::size_t got, sources_[part_]->read_at(static_cast<std::int64_t>(done_[part_] * kNumberBytes), bytes_));
    const std::size_t count = got / kNumberBytes;
    into.resize(at + count);
    if (count > 0) std::memcpy(into.data() + at, bytes_.data(), count * kNumberBytes);
    done_[part_] += count;
    return count;
  }

  std::array<std::shared_ptr<const ByteSource>, 4> sources_;
  std::array<std::string, 4> names_;
  bool linear_;
  PauseList pauses_;
  std::size_t part_ = 0;
  std::array<std::size_t, 4> done_{};  // numbers
  std::vector<double> times_;
  std::vector<double> block_;
  std::array<std::vector<float>, 3> axes_;
  std::vector<std::byte> bytes_;
};

}  // namespace

Result<std::unique_ptr<TableReader>> open_phyphox_state(std::shared_ptr<const FileSet> files, const ReadOptions&) {
  const FileMember* index = member_at(*files, "data/index.csv");
  const std::vector<Buffer> buffers = index != nullptr ? buffers_of(text_of(*files, *index)) : std::vector<Buffer>();
  std::optional<Chosen> chosen = choose(buffers, ColumnKind::Acceleration);
  if (!chosen) chosen = choose(buffers, ColumnKind::LinearAcceleration);
  if (!chosen)
    return Error{ErrorCode::NoAcceleration, std::string(word(Word::apps_state_nothing)), std::string(word(Word::formats_refused_phyphox_state_advice))};
  std::array<std::shared_ptr<const ByteSource>, 4> sources;
  std::array<std::string, 4> names;
  for (std::size_t k = 0; k < sources.size(); ++k) {
    const Buffer& part = *chosen->parts[k];
    const FileMember* member = member_at(*files, part.file.starts_with("data/") ? part.file : "data/" + part.file);
    if (member == nullptr)
      return Error{ErrorCode::Malformed, std::string(word(Word::apps_state_damaged)), std::string(word(Word::formats_refused_phyphox_state_advice))};
    sources[k] = files->read(*member);
    names[k] = part.container;
  }
  const FileMember* times = member_at(*files, "meta/time.csv");
  return std::unique_ptr<TableReader>(std::make_unique<StateReader>(std::move(sources), std::move(names), chosen->linear,
                                                                    times != nullptr ? parse_phyphox_times(text_of(*files, *times)) : PauseList{}));
}

}  // namespace klono::formats
