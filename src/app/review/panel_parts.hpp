#pragma once
/// What the panels of Review share: a head with arrows to the neighbours, and a list that keeps its chosen row in sight.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/review/scene.hpp"

namespace klono::app::review {

/// What stands between the arrows, and which of them lead anywhere.
struct PanelHead {
  std::string title;
  std::string note;
  bool before = false;
  bool after = false;
  bool closes = false;  ///< a way out at the right
};

enum class HeadTap : std::uint8_t { None, Before, After, Close };

/// `name` tells the heads of a screen apart.
HeadTap panel_head(const Scene& scene, std::string_view name, const ui::Rect& rect, const PanelHead& head);

/// Two lines at the left, two at the right.
struct ListRow {
  std::string title, note;
  std::string value, below;
};

class PanelList {
 public:
  /// What is listed. Rows are asked for as they come into sight: a night may hold thousands.
  struct Content {
    std::size_t count = 0;
    std::optional<std::size_t> chosen;            ///< scrolled to when it changes
    std::function<ListRow(std::size_t)> row;
    std::function<float(float top)> foot = {};    ///< drawn below the last row; returns where it ends
  };

  /// Returns the row that was tapped. `name` tells the lists of a screen apart.
  std::optional<std::size_t> draw(const Scene& scene, std::string_view name, const ui::Rect& rect, const Content& content);

 private:
  std::optional<std::size_t> followed_;  ///< the row that was scrolled to
};

}  // namespace klono::app::review
