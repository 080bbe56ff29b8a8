#pragma once
/// All events aligned at onset as small pictures: one row under the timeline, or a page of them.

#include <cstdint>
#include <vector>

#include "app/review/scene.hpp"

namespace klono::app::review {

class FilmStrip {
 public:
  /// Once a frame. The tiles stay where they are while they are answered; another filter, order or analysis deals anew.
  void update(const Scene& scene);

  /// Filter chips and order, 40 high.
  void controls(const Scene& scene, const ui::Rect& rect);
  /// One row of tiles, drawn from its upper left corner; pans sideways, follows the selected one.
  void row(const Scene& scene, const ui::Rect& rect);
  /// Pages of tiles. `tap_rejects`: a tap says "not an event" and takes it back, a hold opens it.
  /// True when a tile asks to be looked at.
  bool page(const Scene& scene, const ui::Rect& rect, bool tap_rejects);

  std::size_t size() const { return list_.size(); }
  /// Tiles without an answer, which "confirm the other" would confirm.
  std::size_t open(const Scene& scene) const;

 private:
  struct Key {
    protocol::RecordingId recording = 0;
    workspace::EventFilter filter{};
    workspace::EventOrder order{};
    std::size_t events = 0;
    const Event* first = nullptr;  ///< another analysis holds other events
    friend bool operator==(const Key&, const Key&) = default;
  };

  Key key_;
  std::vector<std::size_t> list_;
  std::size_t followed_ = SIZE_MAX;
  float offset_ = 0.0F;
  float speed_ = 0.0F;
  double glided_s_ = 0.0;
};

}  // namespace klono::app::review
