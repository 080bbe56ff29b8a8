#include "app/app.hpp"

#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "app/review/review.hpp"
#include "app/screens/help.hpp"
#include "app/screens/history.hpp"
#include "app/screens/library.hpp"
#include "app/screens/patterns.hpp"
#include "app/screens/question.hpp"
#include "app/screens/reading.hpp"
#include "app/screens/record.hpp"
#include "app/screens/refused.hpp"
#include "app/screens/report.hpp"
#include "app/screens/settings.hpp"
#include "base/words.hpp"
#include "protocol/codec.hpp"
#include "protocol/recorder.hpp"
#include "workspace/workspace.hpp"

namespace klono::app {
namespace {

using ui::Icon;
using ui::Ink;
using ui::Rect;
using ui::Role;
using ui::id_of;
using workspace::EntryState;
using workspace::Screen;

constexpr ui::WidgetId kFade = id_of("screen-fade");
constexpr ui::WidgetId kToast = id_of("toast");
constexpr ui::WidgetId kDrop = id_of("drop");
constexpr double kMessage_s = 4.0;  // chosen: long enough for one sentence

bool prefers_dark(workspace::Theme theme, const platform::Surface& surface) {
  if (theme == workspace::Theme::System) return surface.prefers_dark;
  return theme == workspace::Theme::Dark;
}

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

}  // namespace

class App::Impl {
 public:
  explicit Impl(std::string version) : workspace_(std::move(version)) {}
  ~Impl();
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void start(platform::Host& host);
  void frame(platform::Host& host);

 private:
  void take(const std::vector<platform::Input>& inputs);
  void shortcuts();
  bool picture_stands(const std::vector<platform::Input>& inputs, const platform::Surface& surface);
  void begin_drawing(const platform::Surface& surface);
  void wake_again(platform::Host& host, bool at_once);
  void draw(platform::Host& host);
  void draw_screen(const screens::Context& context, const Rect& rect);
  void draw_review(const screens::Context& context, const Rect& rect);
  Rect draw_navigation(const screens::Context& context, Rect rect);
  bool shows_tabs() const;
  void draw_messages(const screens::Context& context);
  void draw_drop(ui::Ui& ui);
  void hand_over(platform::Host& host);

  workspace::Workspace workspace_;
  ui::Fonts fonts_;
  ui::Ui ui_;
  ui::Theme theme_;
  review::Review review_;
  bool started_ = false;
  bool dropping_ = false;
  double last_s_ = 0.0;
  Screen shown_screen_ = Screen::Library;
  std::string last_status_;
  std::string toast_text_;
  bool toast_undo_ = false;
  double message_until_s_ = -1.0;
  std::uint64_t mirrored_ = 0;
  /// What a dark screen shows.
  struct DarkPicture {
    std::int64_t minute;
    double battery;
    bool charging;
    float width, height, pixel_ratio;
    friend bool operator==(const DarkPicture&, const DarkPicture&) = default;
  };
  std::optional<DarkPicture> dark_picture_;
  std::vector<std::string> commands_;
};

App::Impl::~Impl() {
  if (!started_) return;
  ImGui_ImplOpenGL3_Shutdown();
  ImGui::DestroyContext();
}

void App::Impl::start(platform::Host& host) {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  ImGui::GetStyle().CircleTessellationMaxError = 0.15F;
  ImGui_ImplOpenGL3_Init();
  started_ = true;
  last_s_ = host.now_s();
  for (const std::string& key : workspace::Workspace::stored_keys())
    workspace_.restore_setting(key, host.load_setting(key));
}

void App::Impl::take(const std::vector<platform::Input>& inputs) {
  for (const platform::Input& input : inputs) {
    std::visit(Overloaded{
                   [&](const platform::FileChosen& file) { workspace_.file_chosen(file.source, file.name, file.size); },
                   [&](const platform::CommandInput& command) { workspace_.command(command.command); },
                   [&](const platform::EngineBytes& message) {
                     const Result<protocol::Reply> reply = protocol::decode_reply(message.bytes);
                     if (reply) workspace_.receive(reply.value());
                   },
                   [&](const platform::DropHover& hover) { dropping_ = hover.inside; },
                   [&](const platform::RecorderNews& message) {
                     const auto news = protocol::recorder::decode_news(message.json);
                     if (news) workspace_.receive(news.value());
                   },
                   [](const auto&) {}},
               input);
  }
}

void App::Impl::shortcuts() {
  for (const platform::KeyInput& key : ui_.gestures().keys()) {
    if (key.key == platform::Key::Z) commands_.emplace_back(key.shift ? "redo" : "undo");
    if (key.key == platform::Key::Y) commands_.emplace_back("redo");
    if (key.key == platform::Key::O) commands_.emplace_back("open-file");
    const bool pushed = workspace_.screen() == Screen::Settings || workspace_.screen() == Screen::Help;
    if (key.key == platform::Key::Escape && pushed) commands_.emplace_back("go library");
  }
}

void App::Impl::begin_drawing(const platform::Surface& surface) {
  if (fonts_.prepare(surface.pixel_ratio)) {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }
  ImGui_ImplOpenGL3_NewFrame();
  // Everything is laid out in CSS pixels and handed over in device pixels, so that one means one.
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {std::round(surface.width * surface.pixel_ratio), std::round(surface.height * surface.pixel_ratio)};
  io.DeltaTime = 1.0F / 60.0F;
  ImGui::NewFrame();
}

void App::Impl::frame(platform::Host& host) {
  const std::vector<platform::Input> inputs = host.take_inputs();
  const double now_s = host.now_s();
  const double unix_ms = host.unix_ms();
  workspace_.set_now(now_s);
  workspace_.set_wall(unix_ms, host.utc_offset_min(static_cast<std::int64_t>(unix_ms / 1000.0)));
  take(inputs);
  const std::uint64_t before = workspace_.revision();  // what came in is drawn now; what drawing itself changes asks for another frame

  const platform::Surface surface = host.surface();
  bool drawn = false;
  if (surface.width >= 1.0F && surface.height >= 1.0F && !picture_stands(inputs, surface)) {
    drawn = true;
    theme_ = ui::Theme(prefers_dark(workspace_.theme(), surface));
    begin_drawing(surface);
    ui::Painter painter(ImGui::GetBackgroundDrawList(), fonts_, theme_, surface.pixel_ratio);
    ui_.begin(painter, surface, now_s, inputs);
    shortcuts();
    draw(host);
    ui_.end();
    ImGui::Render();
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    host.set_cursor(ui_.cursor());
  }
  for (const std::string& command : std::exchange(commands_, {})) workspace_.command(command);
  hand_over(host);
  wake_again(host, drawn && (ui_.frame_wanted() || workspace_.revision() != before));
}

/// News of the recorder come all night; the dark screen is drawn again only when its line moves or says something else.
bool App::Impl::picture_stands(const std::vector<platform::Input>& inputs, const platform::Surface& surface) {
  const workspace::RecordFlow& record = workspace_.record();
  std::optional<DarkPicture> now;
  if (record.darkness() == workspace::Darkness::Black)
    now = DarkPicture{record.minute(), record.abilities().battery, record.abilities().charging,
                      surface.width,   surface.height,             surface.pixel_ratio};
  const bool same = now && std::exchange(dark_picture_, now) == now;
  if (!now) dark_picture_.reset();
  const bool touched = std::ranges::any_of(inputs, [](const platform::Input& input) {
    return !std::holds_alternative<platform::RecorderNews>(input) && !std::holds_alternative<platform::EngineBytes>(input);
  });
  return same && !touched && !ui_.frame_wanted();
}

/// At once while something moves, else when the next thing changes by itself; until then nothing runs.
void App::Impl::wake_again(platform::Host& host, bool at_once) {
  if (at_once) return host.request_frame();
  std::optional<double> next_s = workspace_.next_change_s();
  const double message_s = message_until_s_ - host.now_s();
  if (message_s > 0.0) next_s = std::min(next_s.value_or(message_s), message_s);
  if (next_s) host.request_frame_after(*next_s);
}

// ---- frame --------------------------------------------------------------------------------

bool App::Impl::shows_tabs() const {
  switch (workspace_.screen()) {
    case Screen::Review:
    case Screen::Settings:
    case Screen::Help: return false;
    case Screen::Record: return !screens::record_stands_alone(workspace_);
    case Screen::Library: return !workspace_.entries().empty();
    default: return true;
  }
}

Rect App::Impl::draw_navigation(const screens::Context& context, Rect rect) {
  struct Place {
    Screen screen;
    std::string_view command;
    Word label;
    Icon icon;
  };
  static constexpr Place kRail[] = {{Screen::Library, "go library", Word::app_nav_library, Icon::Library},
                                    {Screen::Record, "go record", Word::app_nav_record, Icon::Record},
                                    {Screen::Review, "go review", Word::app_nav_review, Icon::Review},
                                    {Screen::Patterns, "go patterns", Word::app_nav_patterns, Icon::Patterns},
                                    {Screen::History, "go history", Word::app_nav_history, Icon::History},
                                    {Screen::Report, "go report", Word::app_nav_report, Icon::Report},
                                    {Screen::Settings, "go settings", Word::app_nav_settings, Icon::Sliders}};
  static constexpr std::size_t kTabs[] = {0, 3, 1, 4, 5};
  std::vector<ui::NavItem> items;
  const auto add = [&](const Place& place) {
    items.push_back({place.command, word(place.label), place.icon, place.screen == workspace_.screen(),
                     place.screen == Screen::Settings});
  };
  int tapped = -1;
  if (ui_.wide()) {
    for (const Place& place : kRail) add(place);
    tapped = ui::rail(ui_, rect.take_left(ui::tokens::kLayoutRail), items);
  } else if (shows_tabs()) {
    for (const std::size_t index : kTabs) add(kRail[index]);
    const Rect bar = rect.take_bottom(ui::tokens::kLayoutTabBar + ui_.surface().inset_bottom);
    ui_.set_foot(bar.y);
    tapped = ui::tab_bar(ui_, bar, items);
  }
  if (tapped >= 0) context.emit(std::string(items[static_cast<std::size_t>(tapped)].command));
  return rect;
}

void App::Impl::draw(platform::Host& host) {
  const screens::Context context{ui_, workspace_, host.can_share(), dropping_, commands_};
  ui::Painter& p = ui_.paint();
  p.fill(ui_.window(), Role::Bg);
  Rect rect = ui_.window();
  if (shown_screen_ != workspace_.screen()) {
    shown_screen_ = workspace_.screen();
    ui_.set_animation(kFade, 0.0F);
  }
  if (screens::record_covers(workspace_)) return screens::draw_record(context, rect);
  rect = draw_navigation(context, rect);
  rect.take_top(ui_.surface().inset_top);
  if (workspace_.record().recording() && workspace_.screen() != Screen::Record) rect = screens::draw_recording_bar(context, rect);
  const float fade = ui_.animate(kFade, 1.0F, ui::tokens::kMotionFade, true);
  p.set_alpha(0.4F + 0.6F * fade);
  p.push_clip(rect);
  draw_screen(context, rect);
  p.pop_clip();
  p.set_alpha(1.0F);
  if (workspace_.screen() == Screen::Library) screens::draw_library_menu(context);
  if (workspace_.screen() == Screen::Report) screens::draw_report_sheet(context);
  draw_messages(context);
  draw_drop(ui_);
}

void App::Impl::draw_screen(const screens::Context& context, const Rect& rect) {
  switch (workspace_.screen()) {
    case Screen::Library: return screens::draw_library(context, rect);
    case Screen::Record: return screens::draw_record(context, rect);
    case Screen::Review: return draw_review(context, rect);
    case Screen::Patterns: return screens::draw_patterns(context, rect);
    case Screen::History: return screens::draw_history(context, rect);
    case Screen::Report: return screens::draw_report(context, rect);
    case Screen::Settings: return screens::draw_settings(context, rect);
    case Screen::Help: return screens::draw_help(context, rect);
  }
}

void App::Impl::draw_review(const screens::Context& context, const Rect& rect) {
  const workspace::Entry* entry = workspace_.current();
  if (entry == nullptr) {
    screens::empty_page(context, rect, {word(Word::app_review_title), word(Word::app_review_no_recording), {}, Icon::Review});
    return;
  }
  switch (entry->state) {
    case EntryState::Kept:
    case EntryState::Reading: return screens::draw_reading(context, rect, *entry);
    case EntryState::Asking: return screens::draw_question(context, rect, *entry);
    case EntryState::Refused: return screens::draw_refused(context, rect, *entry);
    case EntryState::Ready: break;
  }
  review_.draw(ui_, workspace_, rect, commands_);
}

void App::Impl::draw_messages(const screens::Context& context) {
  const bool undo = workspace_.toast_visible();
  const bool status_screen = workspace_.screen() == Screen::Library || workspace_.screen() == Screen::Report;
  if (workspace_.status() != last_status_) {
    last_status_ = workspace_.status();
    // Other screens show the outcome themselves; here a saved file or a refused command would pass unseen.
    if (!undo && status_screen && !last_status_.empty()) message_until_s_ = ui_.now_s() + kMessage_s;
  }
  const bool told = undo || ui_.now_s() < message_until_s_;
  if (told) {
    toast_text_ = workspace_.status();
    toast_undo_ = undo;
  }
  const float visible = ui_.animate(kToast, told ? 1.0F : 0.0F, ui::tokens::kMotionMove, true);
  const float left = ui_.wide() ? ui::tokens::kLayoutRail : 0.0F;
  const Rect above{left, 0.0F, ui_.window().w - left, ui_.foot()};
  const std::string_view label = toast_undo_ ? word(Word::app_common_undo) : std::string_view();
  if (!toast_text_.empty() && ui::toast(ui_, kToast, above, toast_text_, label, visible)) context.emit("undo");
}

void App::Impl::draw_drop(ui::Ui& ui) {
  const float shown = ui.animate(kDrop, dropping_ ? 1.0F : 0.0F, ui::tokens::kMotionFade, true);
  if (shown <= 0.0F) return;
  ui::Painter& p = ui.paint();
  p.set_alpha(shown);
  p.fill(ui.window(), Ink(Role::Bg, 0.86F));
  const Rect frame = ui.window().inset(ui.wide() ? 32.0F : 16.0F);
  p.fill(frame, Ink(Role::Accent, ui::tokens::kAlphaAccentTint), ui::tokens::kRadiusSheet);
  p.dashed_outline(frame, Role::Accent, ui::tokens::kRadiusSheet, 8.0F, 8.0F, 2.0F);
  p.icon(Icon::Folder, {frame.centre().x - 24.0F, frame.centre().y - 64.0F, 48.0F, 48.0F}, Role::Accent, 2.0F);
  p.text_in({frame.x, frame.centre().y, frame.w, 36.0F}, word(Word::app_common_drop_here),
            ui::text::kTitle.aligned(ui::Align::Centre));
  p.set_alpha(1.0F);
}

// ---- what the world is asked for -----------------------------------------------------------

void App::Impl::hand_over(platform::Host& host) {
  for (const protocol::Request& request : workspace_.take_requests()) host.post_to_engine(protocol::encode(request));
  for (const protocol::recorder::Order& order : workspace_.take_orders())
    host.tell_recorder(protocol::recorder::encode(order));
  for (const workspace::Effect& effect : workspace_.take_effects()) {
    std::visit(Overloaded{[&](const workspace::ChooseFiles&) { host.choose_files(); },
                          [&](const workspace::SaveFile& file) {
                            if (file.share && host.can_share()) return host.share_file(file.name, file.media_type, file.bytes);
                            host.save_file(file.name, file.media_type, file.bytes);
                          },
                          [&](const workspace::StoreSetting& setting) { host.store_setting(setting.key, setting.value); }},
               effect);
  }
  if (mirrored_ == workspace_.revision()) return;
  host.publish_mirror(workspace::json_of(workspace_.screen_model()));
  mirrored_ = workspace_.revision();
}

App::App(std::string version) : impl_(std::make_unique<Impl>(std::move(version))) {}
App::~App() = default;
void App::start(platform::Host& host) { impl_->start(host); }
void App::frame(platform::Host& host) { impl_->frame(host); }

}  // namespace klono::app
