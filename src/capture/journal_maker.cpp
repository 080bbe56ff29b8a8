#include "capture/journal_maker.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace klono::capture {

namespace journal = formats::journal;

namespace {

constexpr double kLate_ms = 500.0;  // chosen: twice the longest batch of the page's script

}  // namespace

void JournalMaker::add(journal::Frame frame) {
  close_readings();
  frames_.push_back(std::move(frame));
}

void JournalMaker::close_readings() {
  if (open_.readings.empty()) return;
  frames_.emplace_back(std::exchange(open_, {}));
}

void JournalMaker::readings(std::span<const journal::Reading> readings) {
  for (const journal::Reading& reading : readings) {
    if (!std::isfinite(reading.stamp_ms)) continue;
    settle_tasks(reading.stamp_ms);
    if (paused_at_ms_ && reading.stamp_ms >= *paused_at_ms_) continue;
    if (last_pause_ms_.contains(reading.stamp_ms)) continue;
    open_.readings.push_back(reading);
  }
}

void JournalMaker::settle_tasks(double stamp_ms) {
  while (!tasks_.empty() && tasks_.front().stamp_ms <= stamp_ms) {
    add(tasks_.front());
    tasks_.pop_front();
  }
}

void JournalMaker::settle(double stamp_ms) { settle_tasks(stamp_ms - kLate_ms); }

void JournalMaker::write_mark(std::uint32_t number, const MarkState& mark) {
  add(journal::MarkRecord{number, mark.stamp_ms, static_cast<std::int8_t>(mark.strength), mark.taken_back});
}

void JournalMaker::mark(std::uint32_t number, double stamp_ms) {
  const MarkState& mark = marks_[number] = {stamp_ms, -1, false};
  write_mark(number, mark);
}

void JournalMaker::strength(std::uint32_t number, int strength) {
  const auto mark = marks_.find(number);
  if (mark == marks_.end() || mark->second.taken_back) return;
  mark->second.strength = std::clamp(strength, -1, 10);
  write_mark(number, mark->second);
}

void JournalMaker::unmark(std::uint32_t number) {
  const auto mark = marks_.find(number);
  if (mark == marks_.end() || mark->second.taken_back) return;
  mark->second.taken_back = true;
  write_mark(number, mark->second);
}

int JournalMaker::marks() const {
  return static_cast<int>(std::ranges::count_if(marks_, [](const auto& mark) { return !mark.second.taken_back; }));
}

void JournalMaker::pause(double stamp_ms) {
  if (!paused_at_ms_) paused_at_ms_ = stamp_ms;
}

void JournalMaker::resume(double stamp_ms) {
  if (!paused_at_ms_) return;
  settle_tasks(stamp_ms);
  last_pause_ms_ = {*std::exchange(paused_at_ms_, std::nullopt), stamp_ms};
  add(journal::GapRecord{last_pause_ms_.begin, last_pause_ms_.end, GapReason::Paused});
}

void JournalMaker::begin_task(Task task, double stamp_ms) {
  end_task(stamp_ms);
  task_ = task;
  tasks_.push_back({stamp_ms, task, false});
}

void JournalMaker::end_task(double stamp_ms) {
  if (!task_) return;
  tasks_.push_back({stamp_ms, *std::exchange(task_, std::nullopt), true});
}

void JournalMaker::end(double stamp_ms) {
  end_task(stamp_ms);
  resume(stamp_ms);
  settle_tasks(stamp_ms);
  add(journal::End{stamp_ms});
}

std::vector<journal::Frame> JournalMaker::take() {
  close_readings();
  return std::exchange(frames_, {});
}

}  // namespace klono::capture
