#include "formats/journal_stream.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <variant>

#include "base/units.hpp"
#include "base/words.hpp"
#include "formats/journal_clock.hpp"
#include "formats/journal_grid.hpp"
#include "formats/journal_start.hpp"

namespace klono::formats::journal {
namespace {

constexpr double kRepeat_steps = 0.6;
constexpr double kMostStamp_ms = 3.2e12;        // a century
constexpr double kNoGap_steps = 1.0;            // two runs that follow without a missing sample are not apart
constexpr std::size_t kGapsThatCanChange = 16;  // chosen: a record of a gap comes within seconds

/// Where a run of readings ends, whatever their steps.
struct Boundary {
  enum class Kind : std::uint8_t { Gap, Block, Clock } kind = Kind::Gap;
  double stamp_ms = 0.0;
  double end_ms = 0.0;
  GapReason reason = GapReason::Missing;
  Task task = Task::Rest;
  bool end = false;

  /// Whether a reading of this stamp lies behind it.
  bool is_before(double reading_ms) const { return kind == Kind::Gap ? stamp_ms < reading_ms : stamp_ms <= reading_ms; }
};

struct FoundGap {
  Gap gap;
  double begin_ms = 0.0;  ///< the readings around it
  double end_ms = 0.0;
};

}  // namespace

class Stream::Impl {
 public:
  explicit Impl(Sink sink) : sink_(std::move(sink)) {}

  void push(const Frame& frame) {
    std::visit([this](const auto& value) { take(value); }, frame);
    give();
  }

  void finish() {
    if (std::exchange(finished_, true)) return;
    if (!grid_) settle();
    end_run();
    for (const Boundary& boundary : std::exchange(boundaries_, {})) apply(boundary);
    close_block(last_end_s_);
  }

  double time_of(double stamp_ms) const { return std::max(0.0, clock_.time_of(stored_stamp(stamp_ms))); }
  bool has_gravity() const { return start_.leads_with_gravity(); }
  std::uint8_t delivered() const { return start_.delivered(); }

  Recording description() const {
    Recording recording;
    recording.format = word(Word::formats_name_journal);
    recording.start = clock_.start();
    if (grid_) recording.rate_hz = rate_.grid_hz;
    recording.has_gravity = has_gravity();
    recording.context = header_.context;
    recording.planned_s = std::isfinite(header_.planned_s) ? std::max(0.0, header_.planned_s) : 0.0;
    recording.unfinished = !has_end_;
    for (const FoundGap& found : gaps_) recording.gaps.push_back(found.gap);
    recording.blocks = blocks_;
    if (block_ && last_end_s_ > block_->span.begin_s) recording.blocks.push_back({{block_->span.begin_s, last_end_s_}, block_->task});
    for (const auto& [number, mark] : marks_)
      if (!mark.taken_back) recording.marks.push_back({time_of(mark.stamp_ms), std::clamp<int>(mark.strength, -1, 10)});
    std::ranges::sort(recording.marks, {}, [](const OwnMark& mark) { return std::pair(mark.at_s, mark.strength); });
    const auto warn = [&](const char* code, Word id, std::int64_t n) {
      if (n > 0) recording.warnings.push_back({code, fill(id, {{"n", std::to_string(n)}})});
    };
    warn("duplicate-rows", Word::formats_warn_duplicates, repeats_);
    warn("stamps-not-forward", Word::formats_warn_not_forward, not_forward_);
    return recording;
  }

 private:
  // ---- frames

  void take(const Header& header) {
    if (!std::exchange(has_header_, true)) header_ = header;
  }
  void take(const Anchor& anchor) {
    if (!clock_.jumped(anchor, last_stamp_ms())) return;
    take(Boundary{.kind = Boundary::Kind::Clock, .stamp_ms = anchor.stamp_ms});
  }
  void take(const Readings& batch) {
    for (const Reading& reading : batch.readings) take(reading);
  }
  void take(const GapRecord& gap) {
    if (!(std::abs(gap.begin_ms) < kMostStamp_ms && std::abs(gap.end_ms) < kMostStamp_ms)) return;
    take(Boundary{.kind = Boundary::Kind::Gap, .stamp_ms = gap.begin_ms, .end_ms = gap.end_ms, .reason = gap.reason});
  }
  void take(const MarkRecord& mark) {
    if (std::abs(mark.stamp_ms) < kMostStamp_ms) marks_[mark.number] = mark;
  }
  void take(const BlockRecord& block) {
    if (!(std::abs(block.stamp_ms) < kMostStamp_ms)) return;
    take(Boundary{.kind = Boundary::Kind::Block, .stamp_ms = block.stamp_ms, .task = block.task, .end = block.end});
  }
  void take(const SignRecord& sign) {
    const float factor = sign.sign < 0 ? -1.0F : 1.0F;
    if (factor == sign_) return;
    if (grid_) end_run();  // what is already out keeps the other sign
    sign_ = factor;
  }
  void take(const End&) { has_end_ = true; }

  void take(const Reading& delivered) {
    Reading reading = delivered;
    reading.stamp_ms = stored_stamp(reading.stamp_ms);
    if (!(std::abs(reading.stamp_ms) < kMostStamp_ms)) return;
    start_.note(reading);
    if (grid_) return handle(reading);
    waiting_.emplace_back(reading);
    if (start_.settled()) settle();
    else if (waiting_.size() >= kMostWaiting) give_up_waiting();
  }

  void take(const Boundary& boundary) {
    if (!grid_) {
      waiting_.emplace_back(boundary);
      return;
    }
    handle(boundary);
  }

  // ---- the first two seconds

  static constexpr std::size_t kMostWaiting = 4096;

  /// A sensor without acceleration fills the wait: its oldest readings go. Acceleration that does not settle is taken
  /// as it is.
  void give_up_waiting() {
    if (start_.has_lead()) return settle();
    std::size_t left_out = 0;
    std::erase_if(waiting_, [&](const Item& item) {
      return std::holds_alternative<Reading>(item) && left_out < kMostWaiting / 2 && ++left_out > 0;
    });
    if (left_out == 0) waiting_.erase(waiting_.begin(), waiting_.begin() + kMostWaiting / 2);
  }

  void settle() {
    rate_ = start_.settle();
    grid_.emplace(rate_);
    longest_s_ = std::max(3.0 * rate_.usual_ms, rate_.usual_ms + 50.0) / 1000.0;
    for (const Item& item : std::exchange(waiting_, {})) std::visit([this](const auto& value) { handle(value); }, item);
  }

  // ---- once the rate is known

  double last_stamp_ms() const { return last_ ? last_->stamp_ms : start_.last_stamp_ms(); }

  void handle(const Reading& reading) {
    const std::optional<std::array<float, 3>> lead = start_.lead_of(reading);
    if (lead && last_ && reading.stamp_ms > last_->stamp_ms && repeats(reading)) {
      ++repeats_;
      return;
    }
    if (!clock_.begun() && lead) clock_.begin(reading.stamp_ms);
    const double t_s = clock_.time_of(reading.stamp_ms);
    if (clock_.begun() && all_finite(reading.rotation)) grid_->second({t_s, plus_zero(reading.rotation)});
    if (lead) handle_lead(reading, *lead, t_s);
    else if (!all_finite(reading.rotation) && !all_finite(reading.linear)) empty_since_ = true;
  }

  void handle_lead(const Reading& reading, std::array<float, 3> lead, double t_s) {
    if (last_ && !(reading.stamp_ms > last_->stamp_ms && t_s > last_s_)) {
      ++not_forward_;
      return;
    }
    while (!boundaries_.empty() && boundaries_.front().is_before(reading.stamp_ms)) {
      const Boundary boundary = boundaries_.front();
      boundaries_.erase(boundaries_.begin());
      apply(boundary);
    }
    if (last_ && t_s - last_s_ > longest_s_) {
      end_run();
      if (next_reason_ == GapReason::Missing && empty_since_) next_reason_ = GapReason::Invalid;
    }
    if (!in_run_) begin_run(reading.stamp_ms);
    const float factor = static_cast<float>(static_cast<double>(sign_) / kStandardGravity_m_s2);
    for (float& value : lead) value = value * factor + 0.0F;
    grid_->lead({t_s, lead});
    last_ = reading;
    last_s_ = t_s;
    empty_since_ = false;
    take_samples(false);
  }

  /// All nine values as before, sooner than the sensor can deliver: the browser told one reading twice.
  bool repeats(const Reading& reading) const {
    if (reading.stamp_ms - last_->stamp_ms >= kRepeat_steps * rate_.usual_ms) return false;
    const auto same = [](const std::array<float, 3>& a, const std::array<float, 3>& b) {
      return std::ranges::equal(a, b, [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); });
    };
    return same(reading.acceleration, last_->acceleration) && same(reading.linear, last_->linear) &&
           same(reading.rotation, last_->rotation);
  }

  static std::array<float, 3> plus_zero(std::array<float, 3> values) {
    for (float& value : values) value += 0.0F;  // -0 is 0 in the file
    return values;
  }

  void handle(const Boundary& boundary) {
    if (boundary.kind == Boundary::Kind::Gap && explains_a_gap(boundary)) return;
    if (last_ && boundary.is_before(last_->stamp_ms)) return apply(boundary);
    const auto place = std::ranges::upper_bound(boundaries_, boundary.stamp_ms, {}, &Boundary::stamp_ms);
    boundaries_.insert(place, boundary);
  }

  /// A record that came after the readings behind its gap only names the reason.
  bool explains_a_gap(const Boundary& record) {
    const auto explains = [&](FoundGap& found) {
      const bool fits = found.gap.reason == GapReason::Missing && record.stamp_ms < found.end_ms && record.end_ms > found.begin_ms;
      if (fits) found.gap.reason = record.reason;
      return fits;
    };
    if (gap_before_run_ && explains(*gap_before_run_)) return true;
    const std::size_t from = gaps_.size() - std::min(gaps_.size(), kGapsThatCanChange);
    return std::any_of(gaps_.rbegin(), gaps_.rbegin() + static_cast<std::ptrdiff_t>(gaps_.size() - from), explains);
  }

  void apply(const Boundary& boundary) {
    end_run();
    if (boundary.kind == Boundary::Kind::Gap) {
      const double length_ms = boundary.end_ms - boundary.stamp_ms;
      if (length_ms >= next_reason_length_ms_) {
        next_reason_ = boundary.reason;
        next_reason_length_ms_ = length_ms;
      }
    }
    if (boundary.kind != Boundary::Kind::Block) return;
    const double at_s = std::max(time_of(boundary.stamp_ms), last_end_s_);
    close_block(at_s);
    if (!boundary.end) block_ = Block{{at_s, at_s}, boundary.task};
  }

  void close_block(double at_s) {
    if (block_ && at_s > block_->span.begin_s) blocks_.push_back({{block_->span.begin_s, at_s}, block_->task});
    block_.reset();
  }

  // ---- runs

  void begin_run(double stamp_ms) {
    in_run_ = true;
    grid_->begin(last_end_s_);
    const double begin_s = std::max(clock_.time_of(stamp_ms), last_end_s_);
    if (has_samples_ && begin_s - last_end_s_ > kNoGap_steps * rate_.usual_ms / 1000.0)
      gap_before_run_ = FoundGap{{{last_end_s_, begin_s}, next_reason_}, gap_begin_ms_, stamp_ms};
  }

  void take_samples(bool ending) {
    grid_->take(ending, lead_samples_, second_samples_);
    if (lead_samples_[0].empty() || told_) return;
    told_ = has_samples_ = true;
    next_reason_ = GapReason::Missing;
    next_reason_length_ms_ = 0.0;
    if (gap_before_run_) {
      gaps_.push_back(*gap_before_run_);
      if (sink_.gap) sink_.gap(gap_before_run_->gap);
      gap_before_run_.reset();
    }
    if (sink_.begin_segment) sink_.begin_segment(grid_->start_s(), rate_.grid_hz, block_ ? std::optional(block_->task) : std::nullopt);
  }

  void end_run() {
    if (!std::exchange(in_run_, false)) return;
    take_samples(true);
    give();
    gap_before_run_.reset();
    if (!std::exchange(told_, false)) return;
    last_end_s_ = grid_->end_s();
    if (last_) gap_begin_ms_ = last_->stamp_ms;
    if (sink_.end_segment) sink_.end_segment();
  }

  void give() {
    if (lead_samples_[0].empty()) return;
    if (sink_.samples)
      sink_.samples({lead_samples_[0], lead_samples_[1], lead_samples_[2]},
                    {second_samples_[0], second_samples_[1], second_samples_[2]});
    for (std::size_t k = 0; k < 3; ++k) {
      lead_samples_[k].clear();
      second_samples_[k].clear();
    }
  }

  using Item = std::variant<Reading, Boundary>;

  Sink sink_;
  Header header_;
  bool has_header_ = false;
  bool has_end_ = false;
  bool finished_ = false;
  Clock clock_;
  Start start_;
  std::vector<Item> waiting_;
  Rate rate_;
  std::optional<Grid> grid_;  // from the moment the rate is known
  double longest_s_ = 0.0;
  float sign_ = 1.0F;
  std::map<std::uint32_t, MarkRecord> marks_;

  std::optional<Reading> last_;  // of the leading sensor
  double last_s_ = 0.0;
  bool empty_since_ = false;     // readings without any number came after it
  std::int64_t repeats_ = 0;
  std::int64_t not_forward_ = 0;

  std::vector<Boundary> boundaries_;  // ahead of the readings, sorted
  std::vector<FoundGap> gaps_;
  std::optional<FoundGap> gap_before_run_;
  GapReason next_reason_ = GapReason::Missing;
  double next_reason_length_ms_ = 0.0;
  std::vector<Block> blocks_;
  std::optional<Block> block_;

  bool in_run_ = false;
  bool told_ = false;         // the run has given samples
  bool has_samples_ = false;  // any run has
  double gap_begin_ms_ = 0.0;
  double last_end_s_ = 0.0;
  Grid::Samples lead_samples_;
  Grid::Samples second_samples_;
};

Stream::Stream(Sink sink) : impl_(std::make_unique<Impl>(std::move(sink))) {}
Stream::~Stream() = default;
void Stream::push(const Frame& frame) { impl_->push(frame); }
void Stream::finish() { impl_->finish(); }
double Stream::time_of(double stamp_ms) const { return impl_->time_of(stamp_ms); }
bool Stream::has_gravity() const { return impl_->has_gravity(); }
Recording Stream::description() const { return impl_->description(); }
std::uint8_t Stream::delivered() const { return impl_->delivered(); }

}  // namespace klono::formats::journal
