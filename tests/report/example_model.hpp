#pragma once
/// A small report model with every kind of thing in it.

#include <cmath>
#include <string>
#include <string_view>

#include "report/report_model.hpp"

namespace klono::testing {

inline Event event_at(double onset_s, EventClass event_class, double peak_g, std::int32_t group = -1) {
  Event event;
  event.onset_s = onset_s;
  event.peak_s = onset_s + 0.08;
  event.end_s = onset_s + 0.34;
  event.duration_s = 0.31;
  event.peak_g = peak_g;
  event.rise_s = 0.05;
  event.dominant_hz = 6.25;
  event.direction = {0.6, 0.0, -0.8};
  event.floor_g = 0.004;
  event.above_floor = peak_g / 0.004;
  event.tilt_change_deg = 1.5;
  event.quiet_before_s = 4.0;
  event.quiet_after_s = 3.0;
  event.confidence = 0.875;
  event.event_class = event_class;
  event.group = group;
  return event;
}

inline report::ExampleTrace trace_of(const Event& event, std::size_t index) {
  report::ExampleTrace trace{.event = index, .begin_s = event.onset_s - 0.5, .rate_hz = 100.0, .axes = {}};
  for (int i = 0; i < 200; ++i) {
    const double t = i / 100.0 - 0.5;
    const double a = t < 0.0 ? 0.0 : event.peak_g * std::exp(-6.0 * t) * std::sin(40.0 * t);
    trace.axes[0].push_back(static_cast<float>(0.6 * a));
    trace.axes[1].push_back(0.001F);
    trace.axes[2].push_back(static_cast<float>(-0.8 * a));
  }
  return trace;
}

/// Three hours from 22:30 on 24 Nov 2026, zone +01:00; seven events, one set aside, one confirmed.
inline report::ReportModel example_model() {
  report::ReportModel model;
  model.title = "Left ankle, asleep";
  model.file_name = "night 3.csv";
  model.format = "phyphox (csv)";
  model.start = {ClockBasis::Utc, 1'795'555'800'000'000'000, 60};
  model.duration_s = 10800.0;
  model.rate_hz = 99.8;
  model.channel_names = {"x", "y", "z"};
  model.gaps = {{{7200.0, 7320.0}, GapReason::Missing}};
  model.warnings = {{"duplicate-stamps", "3 readings carry the time of the one before."}};
  model.reading = "unit=g\nrate=100\n";
  model.program_version = "0.1.0";
  Analysis& analysis = model.analysis;
  analysis.recorded_s = 10680.0;
  analysis.analysable_s = 9000.0;
  analysis.noise_floor_g = 0.004;
  analysis.step_g = 0.001;
  analysis.smallest_visible_g = 0.021;
  analysis.masks = {{{0.0, 900.0}, Reason::BodyMovement}, {{5000.0, 5780.0}, Reason::Walking}};
  analysis.events = {event_at(1000.0, EventClass::Twitch, 0.1),       event_at(1500.25, EventClass::Burst, 0.2, 7),
                     event_at(1501.25, EventClass::Burst, 0.3, 7),    event_at(1502.5, EventClass::Burst, 0.4, 7),
                     event_at(3000.0, EventClass::LimbMovement, 0.9), event_at(4000.0, EventClass::Rhythmic, 0.5, 2),
                     event_at(4003.0, EventClass::Rhythmic, 0.6, 2)};
  Event knock = event_at(2000.0, EventClass::Twitch, 0.08);
  knock.reason = Reason::HandlingKnock;
  analysis.not_counted = {knock};
  model.decisions = {Decision::Confirmed, Decision::None, Decision::Rejected};
  for (int i = 0; i < 1024; ++i) model.overview_peak_g.push_back(i > 682 && i < 694 ? std::nanf("") : 0.01F + 0.2F * static_cast<float>(i % 7 == 0));
  for (const std::size_t i : {0U, 1U, 5U}) model.examples.push_back(trace_of(analysis.events[i], i));
  return model;
}

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

inline std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

}  // namespace klono::testing
