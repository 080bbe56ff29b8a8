// The lines of the signal check: what was found, and what to do where something can be done.

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "view/plain_words.hpp"
#include "workspace/record_words.hpp"

namespace klono::workspace {
namespace {

using protocol::recorder::Abilities;
using protocol::recorder::Check;
using protocol::recorder::Source;
using protocol::recorder::StoreKind;
using Kind = CheckLine::Kind;

constexpr double kSlowest_hz = 24.5;       // METHODS.md 1: what the detector can analyse
constexpr double kUneven_ms = 2.0;         // chosen: a tenth of the step at 50 readings a second
constexpr double kGravityOff_g = 0.05;     // chosen: from here on sizes are off by what two figures show
constexpr double kCoarseStep_g = 0.005;    // chosen: a quarter of the smallest peak that is counted
constexpr double kDuplicates = 0.01;       // chosen: rarer ones change no figure
constexpr double kNight_h = 8.0;           // chosen: the room a night needs
constexpr double kPlentyAbove_h = 100.0;   // chosen: beyond that hours say nothing more

class Lines {
 public:
  explicit Lines(const CheckFacts& facts) : facts_(facts) {}

  std::vector<CheckLine> all() {
    if (!facts_.check || facts_.check->seconds <= 0.0) {
      add(Kind::Waiting, Word::record_line_waiting_readings);
    } else {
      const Check& check = *facts_.check;
      gravity(check);
      rate(check);
      floor(check);
      rounding(check);
      duplicates(check);
      if (check.sign == 0 && check.acceleration && facts_.source == Source::Phone)
        add(Kind::Waiting, Word::record_check_lie_flat);
      smallest(check);
      storage(check);
    }
    memory();
    screen_and_charger();
    return std::move(lines_);
  }

 private:
  using Values = std::initializer_list<std::pair<std::string_view, std::string>>;
  void add(Kind kind, Word id, Values values = {}) { lines_.push_back({kind, fill(id, values)}); }

  static std::string gravity_text(double g) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.2f", g);
    return fill(Word::plain_quantity_g, {{"n", digits}});
  }

  void gravity(const Check& check) {
    if (!check.acceleration) return add(Kind::Limit, Word::record_line_no_gravity);
    if (check.missing_axes > 0) return add(Kind::Limit, Word::record_line_axes_missing);
    if (!(check.gravity_g > 0.0)) return add(Kind::Waiting, Word::record_line_gravity_waiting);
    const bool off = std::abs(check.gravity_g - 1.0) > kGravityOff_g;
    add(off ? Kind::Limit : Kind::Fine, off ? Word::record_line_gravity_off : Word::record_line_gravity,
        {{"g", gravity_text(check.gravity_g)}});
  }

  void rate(const Check& check) {
    if (!check.settled || !(check.rate_hz > 0.0)) return add(Kind::Waiting, Word::record_line_rate_waiting);
    const std::string rate = view::figure_words(std::round(check.rate_hz * 2.0) / 2.0);
    if (check.rate_hz < kSlowest_hz) return add(Kind::Limit, Word::record_line_rate_slow, {{"rate", rate}});
    if (check.jitter_ms > kUneven_ms)
      return add(Kind::Limit, Word::record_line_rate_uneven,
                 {{"rate", rate}, {"jitter", view::length_words(check.jitter_ms / 1000.0)}});
    add(Kind::Fine, Word::record_line_rate_even, {{"rate", rate}});
  }

  void floor(const Check& check) {
    if (check.floor_g > 0.0)
      add(Kind::Fine, Word::record_line_steady, {{"g", view::acceleration_words(check.floor_g)}});
    else if (check.gravity_g > 0.0)  // else the line of gravity already asks to hold it still
      add(Kind::Waiting, Word::record_line_gravity_waiting);
  }

  /// A coarse step is a limit; turns of the phone help where there is a gyroscope.
  void rounding(const Check& check) {
    if (check.step_g < kCoarseStep_g) return;
    add(Kind::Limit, check.rotation ? Word::record_line_step_helped : Word::record_line_step,
        {{"g", view::acceleration_words(check.step_g)}});
    if (!check.rotation && check.settled) add(Kind::Limit, Word::record_line_no_rotation);
  }

  void duplicates(const Check& check) {
    if (check.duplicates <= kDuplicates) return;
    add(Kind::Limit, Word::record_line_duplicates, {{"percent", view::figure_words(std::round(check.duplicates * 100.0))}});
  }

  void smallest(const Check& check) {
    if (!(check.smallest_visible_g > 0.0)) return;
    const std::string g = view::acceleration_words(check.smallest_visible_g);
    if (facts_.context.placement)
      add(Kind::Limit, Word::record_line_smallest, {{"g", g}, {"place", place_noun(facts_.context.placement->place)}});
    else
      add(Kind::Limit, Word::record_line_smallest_anywhere, {{"g", g}});
  }

  bool night() const { return facts_.planned_s <= 0.0; }

  void storage(const Check& check) {
    const Abilities& able = facts_.abilities;
    if (able.store == StoreKind::Memory || able.free_bytes < 0.0 || !(check.bytes_per_hour > 0.0)) return;
    const double room_h = able.free_bytes / check.bytes_per_hour;
    const double needed_h = night() ? kNight_h : facts_.planned_s / 3600.0;
    if (room_h > kPlentyAbove_h) return add(Kind::Fine, Word::record_line_storage_plenty);
    const bool enough = room_h >= needed_h;
    add(enough ? Kind::Fine : Kind::Limit, enough ? Word::record_line_storage_ok : Word::record_line_storage_short,
        {{"hours", view::duration_words(room_h * 3600.0)}});
  }

  void memory() {
    if (facts_.abilities.store == StoreKind::Memory) add(Kind::Limit, Word::record_line_storage_memory);
  }

  void screen_and_charger() {
    const Abilities& able = facts_.abilities;
    const bool stays_on = able.wake_lock && !able.home_screen_too_old;
    if (able.home_screen_too_old)
      add(Kind::Limit, Word::record_line_wake_old_ios);
    else if (!able.wake_lock)
      add(Kind::Limit, Word::record_line_wake_missing);
    const bool known = able.charging_known && able.battery >= 0.0;
    const std::string percent = known ? std::to_string(std::lround(std::min(able.battery, 1.0) * 100.0)) : std::string();
    if (known && able.charging)
      return add(Kind::Charger, stays_on ? Word::record_line_charging : Word::record_night_charging,
                 {{"percent", percent}});
    if (stays_on) add(Kind::Fine, Word::record_line_wake_ok);
    if (!night()) return;
    if (known) return add(Kind::Charger, Word::record_line_not_charging, {{"percent", percent}});
    add(Kind::Charger, Word::record_line_charger_advice);
    // Safari tells nothing of the battery; there the two settings of the system decide the night.
    add(Kind::Limit, Word::record_line_night_ios);
  }

  const CheckFacts& facts_;
  std::vector<CheckLine> lines_;
};

}  // namespace

std::vector<CheckLine> check_lines_of(const CheckFacts& facts) { return Lines(facts).all(); }

}  // namespace klono::workspace
