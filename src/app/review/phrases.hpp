#pragma once
/// Sentences and short labels of Review, put together from the workspace's sections: nothing is said here that the
/// accessible mirror does not say.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/review/scene.hpp"
#include "base/words.hpp"

namespace klono::app::review {

/// One figure with its name, from the table of the selected event.
struct Figure {
  std::string name;
  std::string value;
};

/// What the inspector says of one event.
struct EventWords {
  std::string time;   ///< 03:12:31.9
  std::string place;  ///< event 26 of 34, not yet reviewed
  Figure peak, length;
  std::string series;      ///< "3 of 5", or "alone"
  std::string confidence;  ///< in words
  std::vector<Figure> figures;
  std::vector<std::string> reasons;
};
EventWords event_words(const Scene& scene, std::size_t index);

/// "4.6 per hour" and "95 % interval 3.2 to 6.6, in 6 h 41 min".
struct RateWords {
  std::string rate;
  std::string note;
};
RateWords rate_words(const Scene& scene);

/// Whole sentence with rate, interval and analysable hours.
std::string rate_sentence(const Scene& scene);
/// "Twitches below about 0.05 g are not seen in this recording."
std::string limit_sentence(const Scene& scene);
/// Grey lines on top: reading was stopped early, sizes cannot be trusted, being analysed again.
std::vector<std::string> notices(const Scene& scene);

std::string clock_with_tenths(const Scene& scene, double t_s);
std::string size_words(const Scene& scene, const Event& event);

/// "0.5" for axes: no more digits than needed, true minus.
std::string axis_number(double value);
/// Largest 1-2-5 step that is at most `value`.
double tick_below(double value);

}  // namespace klono::app::review
