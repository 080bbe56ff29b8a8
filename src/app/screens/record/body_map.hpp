#pragma once
/// The body map: where each place lies on the figure, and which place a tap means. Left and right are the person's own:
/// seen from the front the person's right is at the viewer's left, seen from behind it is the other way round.

#include <optional>
#include <vector>

#include "app/screens/record/figure.hpp"
#include "history/recording_context.hpp"

namespace klono::app::screens {

enum class BodyView : std::uint8_t { Front, Back };

/// The standing figure lies within these figure units.
inline constexpr float kFigureWidth = 200.0F;
inline constexpr float kFigureTop = 11.0F;
inline constexpr float kFigureBottom = 402.0F;
inline constexpr float kFigureAxis = 100.0F;

/// A place in the view's own coordinates.
struct Spot {
  history::Placement placement;
  ui::Point at;
};

const Figure& standing_figure();

/// From the head down, the left one before the right.
const std::vector<Spot>& spots_of(BodyView view);

/// nullopt where the place cannot be seen in this view.
std::optional<ui::Point> spot_of(BodyView view, const history::Placement& placement);

/// The nearest place, at most `reach` figure units away.
std::optional<history::Placement> place_at(BodyView view, ui::Point at, float reach);

/// The side of the viewer that the person's own right lies on.
bool right_is_at_viewers_left(BodyView view);

}  // namespace klono::app::screens
