#pragma once
/// A window that nobody sees: an off-screen GL surface, inputs by hand, pictures as PNG files.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "platform/host.hpp"
#include "protocol/messages.hpp"
#include "protocol/recorder.hpp"

namespace klono::test {

class ShotHost final : public platform::Host {
 public:
  ShotHost(float width, float height, float pixel_ratio, bool dark);
  ~ShotHost() override;
  ShotHost(const ShotHost&) = delete;
  ShotHost& operator=(const ShotHost&) = delete;

  void push(platform::Input input) { inputs_.push_back(std::move(input)); }
  void push(const protocol::Reply& reply);
  void tap(float x, float y);
  void press(float x, float y);  ///< and stays down
  /// What the recorder was told since the start.
  const std::vector<protocol::recorder::Order>& orders() const { return orders_; }
  /// Requests the app posted since the last call.
  std::vector<protocol::Request> take_requests();
  bool frame_requested() { return std::exchange(frame_requested_, false); }
  void advance(double seconds) { now_s_ += seconds; }
  bool write_png(const std::string& path) const;
  const std::string& mirror() const { return mirror_; }

  platform::Surface surface() const override { return surface_; }
  double now_s() const override { return now_s_; }
  double unix_ms() const override { return kBegan_unix_ms + 1000.0 * now_s_; }
  int utc_offset_min(std::int64_t) const override { return 0; }
  std::vector<platform::Input> take_inputs() override { return std::exchange(inputs_, {}); }
  void request_frame() override { frame_requested_ = true; }
  void request_frame_after(double) override {}
  void tell_recorder(std::string_view order_json) override;
  void choose_files() override {}
  void save_file(std::string_view, std::string_view, std::span<const std::uint8_t>) override {}
  bool can_share() const override { return surface_.width < 840.0F; }
  void share_file(std::string_view, std::string_view, std::span<const std::uint8_t>) override {}
  void post_to_engine(std::vector<std::uint8_t> message) override { posted_.push_back(std::move(message)); }
  void publish_mirror(std::string_view json) override { mirror_ = json; }
  std::string load_setting(std::string_view key) const override;
  void store_setting(std::string_view key, std::string_view value) override { settings_[std::string(key)] = value; }
  void set_cursor(Cursor) override {}

 private:
  static constexpr double kBegan_unix_ms = 1795732607000.0;  // 26 Nov 2026, 22:36:47 UTC

  platform::Surface surface_;
  double now_s_ = 100.0;
  bool frame_requested_ = false;
  std::vector<platform::Input> inputs_;
  std::vector<std::vector<std::uint8_t>> posted_;
  std::vector<protocol::recorder::Order> orders_;
  std::map<std::string, std::string> settings_;
  std::string mirror_;
  void* display_ = nullptr;
  void* context_ = nullptr;
  void* buffer_ = nullptr;
};

}  // namespace klono::test
