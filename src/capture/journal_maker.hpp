#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "formats/journal.hpp"

namespace klono::capture {

/// The frames of one recording under way: readings, marks, pauses and parts of the test, in an order that reading the
/// file back relies on. Readings come in batches, some time after they happened, while what a person does is known at
/// once; therefore the begin and the end of a part wait for the readings before them.
class JournalMaker {
 public:
  void readings(std::span<const formats::journal::Reading> readings);
  void anchor(const formats::journal::Anchor& anchor) { add(anchor); }
  void gap(const formats::journal::GapRecord& gap) { add(gap); }
  void sign(std::int8_t sign) { add(formats::journal::SignRecord{sign}); }
  void header(const formats::journal::Header& header) { add(header); }

  /// Numbers come from the person's screen; strength and taking back of a mark that is not there change nothing.
  void mark(std::uint32_t number, double stamp_ms);
  void strength(std::uint32_t number, int strength);
  void unmark(std::uint32_t number);
  int marks() const;

  /// Readings from `stamp_ms` on are not kept until resume, which leaves the gap's record.
  void pause(double stamp_ms);
  void resume(double stamp_ms);
  bool paused() const { return paused_at_ms_.has_value(); }

  /// A part begins; the one before ends there.
  void begin_task(Task task, double stamp_ms);
  void end_task(double stamp_ms);

  /// What happened until `stamp_ms` is in order now, also where readings stay away.
  void settle(double stamp_ms);
  void end(double stamp_ms);

  /// Frames since the last call, oldest first.
  std::vector<formats::journal::Frame> take();

 private:
  struct MarkState {
    double stamp_ms = 0.0;
    int strength = -1;
    bool taken_back = false;
  };
  void add(formats::journal::Frame frame);
  void write_mark(std::uint32_t number, const MarkState& mark);
  void close_readings();
  void settle_tasks(double stamp_ms);

  std::vector<formats::journal::Frame> frames_;
  formats::journal::Readings open_;
  std::deque<formats::journal::BlockRecord> tasks_;  // wait for the readings before them
  std::map<std::uint32_t, MarkState> marks_;
  std::optional<double> paused_at_ms_;
  /// Readings of it may still come after the resume.
  struct Pause {
    double begin = 0.0;
    double end = 0.0;
    bool contains(double stamp_ms) const { return stamp_ms >= begin && stamp_ms < end; }
  } last_pause_ms_;
  std::optional<Task> task_;
};

}  // namespace klono::capture
