/// Pictures of every screen in both themes, phone and desktop: klono_app_shots OUT_DIR [part of a name].

#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "app/emg_scenes.hpp"
#include "app/record_scenes.hpp"
#include "app/stage.hpp"

namespace klono::test {
namespace {

void fill_library(Stage& stage) {
  stage.open({5, 7.3, 11.0, 5, false, 1790201400, "Schlaflabor, beide Beine.csv", "ActiGraph (csv)"});
  stage.open({4, 6.6, 5.4, 5, true, 1792191300, "Nacht, linker Kn\xC3\xB6" "chel 17 Oct.csv", "phyphox (csv)"});
  stage.open({3, 6.6, 4.9, 5, false, 1792364520, "Night, left ankle 19 Oct.csv", "phyphox (csv)"});
  stage.open({2, 0.67, 14.0, 1, false, 1792440720, "Sofa, right wrist.zip", "Sensor Logger (csv)"});
  NightPlan last;
  last.name = "Night, left ankle.csv";
  stage.open(last);
  stage.command("go library");
  stage.command("dismiss");
}

NightPlan night_with_patterns() {
  NightPlan plan;
  plan.patterns = true;
  plan.name = "Night, left ankle.csv";
  return plan;
}

protocol::Failed refusal(protocol::RecordingId id, bool ask) {
  protocol::Failed failed{id, "ankle-october.awd", 41'230, {}};
  failed.error.code = ask ? ErrorCode::NeedsChoice : ErrorCode::RefusedFormat;
  failed.error.what = "It has one value for each minute. A twitch lasts less than a second, so none can be seen in it.";
  failed.error.advice = "In the program of the watch, export the raw data: x, y and z, 25 readings a second or more.";
  if (!ask) return failed;
  Question question;
  question.kind = Question::Kind::Unit;
  question.option = "--unit";
  question.prompt = "The columns rest near 9.8 in one row and near 1.0 in another.";
  question.suggestions = "g\nmg\nm/s2";
  failed.error.question = question;
  return failed;
}

protocol::Progress progress(protocol::RecordingId id) {
  return {id, 239'000'000, 412'000'000, 4.1 * 86400.0, 214};
}

const std::vector<Scene>& scenes() {
  static const std::vector<Scene> all{
      {"first-visit", [](Stage&) {}},
      {"library", [](Stage& stage) { fill_library(stage); }},
      {"library-reading", [](Stage& stage) {
         fill_library(stage);
         stage.host.push(protocol::Reply(progress(stage.choose("Week, left wrist.bin", 412'000'000))));
         stage.command("go library");
       }},
      {"reading", [](Stage& stage) { stage.host.push(protocol::Reply(progress(stage.choose("Week, left wrist.bin", 412'000'000)))); }},
      {"refused", [](Stage& stage) { stage.host.push(protocol::Reply(refusal(stage.choose("ankle-october.awd", 41'230), false))); }},
      {"question", [](Stage& stage) { stage.host.push(protocol::Reply(refusal(stage.choose("ankle-october.csv", 41'230), true))); }},
      {"review", [](Stage& stage) {
         fill_library(stage);
         stage.command("go review");
       }},
      {"settings", [](Stage& stage) { stage.command("go settings"); }},
      {"settings-changed", [](Stage& stage) {
         stage.command("set candidates.smallest_peak_g 0.035");
         stage.command("go settings");
       }},
      {"settings-all", [](Stage& stage) {
         stage.command("go settings");
         const bool phone = stage.host.surface().width < 840.0F;
         stage.host.tap(phone ? 195.0F : 300.0F, phone ? 727.0F : 663.0F);
         stage.rest(3);
         stage.host.push(platform::WheelInput{300.0F, 500.0F, 0.0F, -9.0F, false, false});
       }},
      {"help", [](Stage& stage) { stage.command("go help"); }},
      {"patterns-empty", [](Stage& stage) { stage.command("go patterns"); }},
      {"patterns", [](Stage& stage) {
         stage.open(night_with_patterns());
         stage.command("go patterns");
       }},
      {"patterns-marked", [](Stage& stage) {
         stage.open(night_with_patterns());
         stage.command("mark-sleep fell_asleep");
         stage.command("dismiss");
         stage.command("go patterns");
       }},
      {"patterns-none", [](Stage& stage) {
         stage.open({});
         stage.command("go patterns");
       }},
      {"review-marking", [](Stage& stage) {
         stage.open({});
         stage.command("sleep-times open");
         stage.command("mark-sleep fell_asleep");
         stage.command("pan-left");
         stage.command("dismiss");
       }},
      {"history", [](Stage& stage) { stage.command("go history"); }},
      {"report", [](Stage& stage) {
         fill_library(stage);
         stage.command("go report");
       }},
      {"report-empty", [](Stage& stage) { stage.command("go report"); }},
      {"toast", [](Stage& stage) {
         fill_library(stage);
         stage.command("close-recording 3");
         stage.rest(60);
       }, false},
      {"menu", [](Stage& stage) {
         fill_library(stage);
         const bool phone = stage.host.surface().width < 840.0F;
         stage.host.tap(phone ? 352.0F : 1088.0F, phone ? 150.0F : 166.0F);
       }},
      {"drop", [](Stage& stage) {
         fill_library(stage);
         stage.host.push(platform::DropHover{true});
       }},
  };
  return all;
}

struct Form {
  const char* name;
  float width, height, ratio;
};
constexpr Form kForms[] = {{"phone", 390.0F, 844.0F, 3.0F},  {"desktop", 1440.0F, 900.0F, 2.0F}, {"tablet", 900.0F, 1100.0F, 2.0F},
                           {"small", 320.0F, 568.0F, 2.0F},  {"low", 844.0F, 390.0F, 3.0F}};

bool shoot_one(const Scene& scene, const Form& form, bool dark, const std::string& path) {
  Stage stage(form.width, form.height, form.ratio, dark);
  scene.play(stage);
  if (!stage.rest(scene.settle ? 600 : 3) && scene.settle) {
    std::fprintf(stderr, "%s never comes to rest: an idle page must draw nothing\n", path.c_str());
    return false;
  }
  return stage.host.write_png(path);
}

bool shoot(const std::string& folder, const std::string& part) {
  std::vector<Scene> all = scenes();
  all.insert(all.end(), record_scenes().begin(), record_scenes().end());
  all.insert(all.end(), emg_scenes().begin(), emg_scenes().end());
  for (const Scene& scene : all) {
    for (const Form& form : kForms) {
      for (const bool dark : {true, false}) {
        const std::string name = std::string(scene.name) + "-" + form.name + (dark ? "-dark" : "-light");
        if (name.find(part) == std::string::npos) continue;
        if (!shoot_one(scene, form, dark, folder + "/" + name + ".png")) return false;
        std::printf("%s\n", name.c_str());
      }
    }
  }
  return true;
}

}  // namespace
}  // namespace klono::test

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: klono_app_shots OUT_DIR [part of a name]\n");
    return 2;
  }
  return klono::test::shoot(argv[1], argc > 2 ? argv[2] : "") ? 0 : 1;
}
