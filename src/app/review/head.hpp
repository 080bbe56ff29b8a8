#pragma once
/// Title, what happened last, the actions that belong to the whole recording, and the sheet with the others.

#include <string>

#include "app/review/scene.hpp"

namespace klono::app::review {

class Head {
 public:
  /// What the person asked for that Review itself carries out.
  struct Asked {
    bool film = false;
    bool summary = false;
    bool back = false;
  };
  struct Look {
    bool back = false;     ///< a pushed screen: an arrow to the left
    bool film = false;     ///< the page of tiles is shown
    bool summary = false;  ///< the inspector shows what was found
  };
  static constexpr float kWideHeight = 72.0F;
  static constexpr float kPhoneHeight = 56.0F;

  Asked draw(const Scene& scene, const ui::Rect& rect, const Look& look);

  bool menu_open() const { return menu_; }
  /// The sheet over everything; draw it last.
  Asked draw_menu(const Scene& scene, bool can_share);

 private:
  std::string subtitle(const Scene& scene, bool film);

  bool menu_ = false;
  std::string status_;       ///< as last seen
  double status_until_s_ = -1.0;
};

}  // namespace klono::app::review
