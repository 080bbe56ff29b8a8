#include "app/record_scenes.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "workspace/recorder_news.hpp"
#include "workspace/recording_card.hpp"

namespace klono::test {
namespace {

using namespace protocol::recorder;
namespace recorder = protocol::recorder;

Abilities phone(bool bluetooth = false) {
  Abilities able = workspace::able_phone();
  able.bluetooth = bluetooth;
  return able;
}

/// Ten quiet seconds with one tap, and its echo on each axis.
std::vector<float> tapped(float strength, float shift) {
  std::vector<float> values;
  for (int i = 0; i < 200; ++i) {
    const float t = static_cast<float>(i) / 20.0F - 4.7F;
    const float noise = 0.003F * std::sin(static_cast<float>(i) * 7.3F + shift) * std::cos(static_cast<float>(i) * 3.1F);
    const float swing = t < 0.0F ? 0.0F : strength * std::exp(-t / 0.16F) * std::cos(16.0F * t + shift);
    values.push_back(swing + noise);
  }
  return values;
}

Check good_check() {
  Check check = workspace::good_check();
  check.seconds = 12.0;
  check.still = true;
  check.longest_step_ms = 19.0;
  check.step_g = 0.001;
  check.level_g = 0.012;
  check.trace_x = tapped(0.5F, 0.0F);
  check.trace_y = tapped(0.38F, 0.6F);
  check.trace_z = tapped(-0.45F, 0.3F);
  return check;
}

Check first_readings() {
  Check check = good_check();
  check.seconds = 1.0;
  check.settled = check.still = false;
  check.floor_g = check.smallest_visible_g = check.gravity_g = 0.0;
  check.sign = 0;
  for (auto* trace : {&check.trace_x, &check.trace_y, &check.trace_z}) trace->resize(24);
  return check;
}

Check coarse_check() {
  Check check = good_check();
  check.rate_hz = 50.0;
  check.jitter_ms = 6.0;
  check.step_g = 0.02;
  check.rotation = false;
  check.floor_g = 0.009;
  check.smallest_visible_g = 0.02;
  check.duplicates = 0.06;
  check.gravity_g = 1.07;
  return check;
}

void open_record(Stage& stage, bool bluetooth = false) {
  stage.tell(phone(bluetooth));
  stage.command("go record");
}

void to_check(Stage& stage, const char* place, const char* fix, const char* activity) {
  open_record(stage);
  stage.command(std::string("record place ") + place);
  stage.command(std::string("record fix ") + fix);
  stage.command("record next");
  stage.command(std::string("record activity ") + activity);
  stage.command("record next");
}

void readings(Stage& stage, const Check& check) {
  stage.command("record begin-check");
  stage.tell(Sensor{SensorState::Delivering});
  stage.tell(check);
}

/// Of the app's own recording: only it knows the name.
Running running(Stage& stage) {
  Running news;
  for (const Order& order : stage.host.orders())
    if (const auto* begin = std::get_if<RecordBegin>(&order)) news.id = begin->id;
  news.since_unix_ms = workspace::kBegan_unix_ms + 100'000.0;
  news.marks = 0;
  return news;
}

void start(Stage& stage, const char* activity, const char* length = nullptr, const char* place = "right_wrist") {
  to_check(stage, place, "strapped", activity);
  if (length != nullptr) stage.command(std::string("record length ") + length);
  readings(stage, good_check());
  stage.command("record start");
  stage.tell(running(stage));
}

void awake(Stage& stage, double seconds = 460.0) {
  start(stage, "at_rest", "20");
  stage.pass(seconds, 400.0);
}

void in_night(Stage& stage) {
  start(stage, "sleeping", "night", "left_ankle");
  stage.pass(600.0, 300.0);
}

void lose(Stage& stage, SensorState state, bool bluetooth = false) {
  to_check(stage, "left_ankle", "strapped", "at_rest");
  stage.tell(phone(bluetooth));
  stage.command("record begin-check");
  stage.tell(Sensor{state});
}

void hold_stop(Stage& stage, double seconds) {
  const auto surface = stage.host.surface();
  const bool wide = surface.width >= 840.0F && surface.height >= 600.0F;
  stage.host.press(surface.width * (surface.height < 480.0F ? 0.62F : wide ? 0.45F : 0.3F), surface.height - (wide ? 52.0F : surface.height < 480.0F ? 40.0F : 62.0F));
  stage.pass(seconds, 0.05);
}

NightPlan saved_plan() {
  NightPlan plan;
  plan.seed = 6;
  plan.hours = 7.72;
  plan.start_unix_s = 1795732707;
  return plan;
}

/// Minutes instead of hours: the stretches of a night do not fit into them.
void make_short(protocol::Opened& opened) {
  opened.analysis.masks.clear();
  opened.info.gaps.clear();
  opened.analysis.analysable_s = opened.analysis.recorded_s;
  for (std::size_t i = 0; i < opened.overview.peak_g.size(); ++i)
    opened.overview.peak_g[i] = i % 97 == 0 ? 0.3F : 0.004F + 0.002F * static_cast<float>(i % 5);
}

/// The recorder says it is whole, the engine has read it.
void save(Stage& stage, const NightPlan& plan, bool analysed, bool guided = false) {
  stage.command("record stop");
  const Running last = running(stage);
  stage.tell(Saved{last.id, plan.hours * 3600.0 - (plan.hours > 1.0 ? 240.0 : 0.0), plan.hours * 3600.0, 41e6, {}});
  stage.tell(StoredFile{last.id, 77, 41e6});
  protocol::RecordingId id = 0;
  for (const protocol::Request& request : stage.host.take_requests())
    if (const auto* open = std::get_if<protocol::OpenFile>(&request)) id = open->recording;
  if (!analysed) {
    stage.host.push(protocol::Reply(protocol::Progress{id, 17'000'000, 41'000'000, 0.42, 11000.0, 9}));
    stage.rest(3);
    return;
  }
  protocol::Opened opened = night(id, plan);
  opened.info.gaps.clear();
  if (plan.hours < 1.0) make_short(opened);
  if (plan.hours > 1.0) opened.info.gaps.push_back({{14400.0, 14640.0}, GapReason::Hidden});
  if (plan.hours > 1.0) opened.info.marks = {{4403.0, -1}, {7214.0, 6}, {15863.0, -1}};
  if (guided) {
    opened.info.blocks = {{{5.0, 65.0}, Task::Rest}, {{70.0, 130.0}, Task::ArmsOut}, {{135.0, 195.0}, Task::Reach}};
  }
  stage.host.push(protocol::Reply(std::move(opened)));
  stage.rest(3);
}

StoredRecording stored(const char* id, double hours, const char* context, bool finished = true) {
  StoredRecording one;
  one.id = id;
  one.bytes = hours * 6e6;
  one.begun_unix_ms = workspace::kBegan_unix_ms - hours * 3600e3 - 3600e3 * static_cast<double>(id[9] - '0') * 24.0;
  one.context = context;
  one.length_s = hours * 3600.0;
  one.finished = finished;
  return one;
}

std::string card_of(const NightPlan& plan, bool guided = false) {
  protocol::Opened opened = night(1, plan);
  if (guided) make_short(opened);
  workspace::RecordingCard card;
  card.found = workspace::RecordingCard::Found{};
  auto& found = *card.found;
  found.detector_version = 1;
  found.length_s = opened.info.duration_s;
  found.analysable_s = opened.analysis.analysable_s;
  found.brief = static_cast<std::int64_t>(opened.analysis.events.size());
  for (const Event& event : opened.analysis.events) found.onsets_s.push_back(event.onset_s);
  found.masks = opened.analysis.masks;
  found.gaps = opened.info.gaps;
  for (std::size_t i = 0; i < workspace::RecordingCard::kStripColumns; ++i) {
    float most = 0.0F;
    for (std::size_t k = 0; k < 4; ++k) most = std::max(most, opened.overview.peak_g[4 * i + k]);
    found.strip_g.push_back(most);
  }
  if (guided) found.parts = {{{5.0, 65.0}, Task::Rest}, {{70.0, 130.0}, Task::ArmsOut}, {{135.0, 195.0}, Task::Reach}};
  return workspace::json_of(card);
}

Stored store(bool unfinished) {
  constexpr const char* kAnkle = R"({"place":"left_ankle","fixing":"strapped","activity":"sleeping"})";
  constexpr const char* kWrist = R"({"place":"right_wrist","fixing":"strapped","activity":"guided_test"})";
  constexpr const char* kChest = R"({"place":"chest","activity":"at_rest"})";
  Stored news;
  if (unfinished) news.recordings.push_back(stored("2026-11-26-01-10-00", 6.2, kAnkle, false));
  NightPlan plan = saved_plan();
  StoredRecording last = stored("2026-11-22-22-48-05", plan.hours, kAnkle);
  last.card = card_of(plan);
  NightPlan test;
  test.seed = 9;
  test.hours = 0.055;
  test.events_per_hour = 220.0;
  test.turns = 0;
  test.gap = false;
  StoredRecording guided = stored("2026-11-23-20-12-00", test.hours, kWrist);
  guided.card = card_of(test, true);
  news.recordings.insert(news.recordings.end(), {last, guided, stored("2026-11-24-20-12-00", 0.33, kChest)});
  return news;
}

void library(Stage& stage, bool unfinished) {
  stage.tell(phone());
  stage.tell(store(unfinished));
  NightPlan file;
  file.name = "Sofa, right wrist.zip";
  file.hours = 0.67;
  file.turns = 1;
  stage.open(file);
  stage.command("go library");
  stage.command("dismiss");
}

}  // namespace

const std::vector<Scene>& record_scenes() {
  static const std::vector<Scene> all{
      {"record-desk", [](Stage& s) { s.command("go record"); }},
      {"record-desk-polar", [](Stage& s) {
         Abilities able;
         able.bluetooth = true;
         s.tell(able);
         s.command("go record");
       }},
      {"record-place-none", [](Stage& s) { open_record(s); }},
      {"record-place", [](Stage& s) {
         open_record(s);
         s.command("record place left_ankle");
         s.command("record fix strapped");
       }},
      {"record-place-back", [](Stage& s) {
         open_record(s);
         s.command("record place left_calf");
         s.command("record map back");
         s.command("record fix in_sock");
       }},
      {"record-activity", [](Stage& s) {
         open_record(s);
         s.command("record place left_ankle");
         s.command("record fix strapped");
         s.command("record next");
       }},
      {"record-activity-chosen", [](Stage& s) {
         open_record(s);
         s.command("record place left_ankle");
         s.command("record fix strapped");
         s.command("record next");
         s.command("record activity sleeping");
         s.command("record detail hiccups");
       }},
      {"record-check-ask", [](Stage& s) {
         to_check(s, "left_ankle", "strapped", "at_rest");
         s.tell(phone(true));
       }},
      {"record-check-asking", [](Stage& s) {
         to_check(s, "left_ankle", "strapped", "at_rest");
         s.command("record begin-check");
       }},
      {"record-check-refused", [](Stage& s) { lose(s, SensorState::Refused); }},
      {"record-check-missing", [](Stage& s) { lose(s, SensorState::Missing, true); }},
      {"record-check-silent", [](Stage& s) { lose(s, SensorState::Silent); }},
      {"record-check-busy", [](Stage& s) { lose(s, SensorState::BusyElsewhere); }},
      {"record-check-polar-lost", [](Stage& s) {
         to_check(s, "chest", "strapped", "at_rest");
         s.tell(phone(true));
         s.command("record source polar");
         s.tell(Sensor{SensorState::BluetoothLost});
       }},
      {"record-check-first", [](Stage& s) {
         to_check(s, "left_ankle", "strapped", "at_rest");
         readings(s, first_readings());
       }},
      {"record-check-good", [](Stage& s) {
         to_check(s, "left_ankle", "strapped", "at_rest");
         readings(s, good_check());
       }},
      {"record-check-coarse", [](Stage& s) {
         to_check(s, "left_ankle", "strapped", "at_rest");
         s.tell(phone(true));
         readings(s, coarse_check());
       }},
      {"record-check-night", [](Stage& s) {
         to_check(s, "left_ankle", "in_sock", "sleeping");
         readings(s, good_check());
       }},
      {"record-check-guided", [](Stage& s) {
         to_check(s, "right_wrist", "strapped", "guided_test");
         readings(s, good_check());
       }},
      {"record-awake", [](Stage& s) { awake(s); }},
      {"record-awake-marked", [](Stage& s) {
         awake(s, 735.0);
         s.command("record mark");
         s.pass(0.45, 0.05);
       }, false},
      {"record-awake-strength", [](Stage& s) {
         awake(s, 735.0);
         s.command("record mark");
         s.pass(2.0, 0.1);
         const auto surface = s.host.surface();
         const float below = surface.height < 600.0F ? 0.0F : 1.0F;
         s.host.tap(surface.width / 2.0F, below > 0.0F ? (surface.width < 840.0F ? 612.0F : 640.0F) : 300.0F);
         s.pass(0.4, 0.05);
       }, false},
      {"record-awake-count", [](Stage& s) {
         to_check(s, "right_wrist", "strapped", "at_rest");
         s.command("record count on");
         readings(s, good_check());
         s.command("record start");
         Running news = running(s);
         news.live_events = 7;
         s.tell(news);
         s.pass(300.0, 150.0);
       }},
      {"record-awake-paused", [](Stage& s) {
         awake(s);
         s.command("record pause");
       }},
      {"record-awake-trouble", [](Stage& s) {
         awake(s);
         s.tell(Trouble{TroubleKind::StorageFull, false});
         Running news = running(s);
         news.receiving = false;
         s.tell(news);
       }},
      {"record-awake-hold", [](Stage& s) {
         awake(s);
         hold_stop(s, 0.62);
       }, false},
      {"record-awake-held", [](Stage& s) {
         awake(s);
         hold_stop(s, 1.3);
         const auto ends = std::ranges::count_if(s.host.orders(), [](const Order& o) { return std::holds_alternative<RecordEnd>(o); });
         if (ends != 1) std::fprintf(stderr, "holding for over a second stopped %d times\n", static_cast<int>(ends));
       }, false},
      {"record-awake-night", [](Stage& s) {
         in_night(s);
         s.command("record light");
       }},
      {"record-stopping", [](Stage& s) {
         awake(s);
         s.command("record stop");
       }},
      {"record-night-dark", [](Stage& s) { in_night(s); }},
      {"record-night-woken", [](Stage& s) {
         in_night(s);
         s.command("record wake");
         s.pass(2.0, 1.0);
       }, false},
      {"record-night-marked", [](Stage& s) {
         in_night(s);
         s.command("record wake");
         s.command("record mark");
         s.pass(0.5, 0.1);
       }, false},
      {"record-guided-ready", [](Stage& s) {
         start(s, "guided_test");
         s.pass(2.0, 0.5);
       }},
      {"record-guided-rest", [](Stage& s) {
         start(s, "guided_test");
         s.pass(20.0, 5.1);
       }},
      {"record-guided-arms", [](Stage& s) {
         start(s, "guided_test");
         s.pass(92.5, 5.1);
       }},
      {"record-guided-reach", [](Stage& s) {
         start(s, "guided_test");
         s.command("record skip-part");
         s.pass(105.0, 5.1);
       }},
      {"record-guided-paused", [](Stage& s) {
         start(s, "guided_test");
         s.pass(20.0, 5.1);
         s.command("record sound off");
         s.command("record pause");
       }},
      {"record-saved", [](Stage& s) {
         in_night(s);
         s.command("record wake");
         for (int i = 0; i < 3; ++i) s.command("record mark");
         save(s, saved_plan(), true);
       }},
      {"record-saved-working", [](Stage& s) {
         in_night(s);
         save(s, saved_plan(), false);
       }},
      {"record-saved-memory", [](Stage& s) {
         Abilities able = phone();
         able.store = StoreKind::Memory;
         start(s, "at_rest", "20");
         Running news = running(s);
         news.store = StoreKind::Memory;
         s.tell(news);
         s.pass(300.0, 150.0);
         NightPlan plan = saved_plan();
         plan.hours = 0.33;
         save(s, plan, true);
       }},
      {"record-saved-guided", [](Stage& s) {
         start(s, "guided_test");
         s.pass(20.0, 5.1);
         NightPlan plan = saved_plan();
         plan.hours = 0.055;
         plan.turns = 0;
         save(s, plan, true, true);
       }},
      {"record-bar", [](Stage& s) {
         library(s, false);
         awake(s);
         s.command("go library");
       }},
      {"library-kept", [](Stage& s) { library(s, false); }},
      {"library-unfinished", [](Stage& s) {
         s.tell(phone());
         s.tell(store(true));
       }},
      {"library-only-unfinished", [](Stage& s) {
         s.tell(phone());
         Stored news = store(true);
         news.recordings.resize(1);
         s.tell(news);
       }},
      {"library-guided-first", [](Stage& s) {
         s.tell(phone());
         Stored news = store(false);
         news.recordings.erase(news.recordings.begin());
         s.tell(news);
       }},
      {"library-kept-menu", [](Stage& s) {
         s.tell(phone());
         s.tell(store(false));
         s.host.tap(s.phone() ? 352.0F : 1088.0F, s.phone() ? 150.0F : 166.0F);
       }},
      {"review-own", [](Stage& s) {
         in_night(s);
         save(s, saved_plan(), true);
         s.command("record review");
         s.command("zoom-fit");
       }},
  };
  return all;
}

}  // namespace klono::test
