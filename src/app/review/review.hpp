#pragma once
/// The Review screen: overview, detail timeline, event inspector and film strip of the recording that is open.

#include <memory>
#include <string>
#include <vector>

#include "app/ui/widgets.hpp"
#include "workspace/workspace.hpp"

namespace klono::app::review {

class Review {
 public:
  Review();
  ~Review();
  Review(const Review&) = delete;
  Review& operator=(const Review&) = delete;

  /// Draws the current entry, which must be Ready, into `area` (below the upper safe inset, down to the window's
  /// foot). The visible stretch changes at once through the workspace; everything else is appended to `commands`.
  void draw(ui::Ui& ui, workspace::Workspace& workspace, const ui::Rect& area, std::vector<std::string>& commands);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace klono::app::review
