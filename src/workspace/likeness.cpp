#include "workspace/likeness.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace klono::workspace {
namespace {

constexpr std::size_t kPoints = 50;  // 20 ms apart: twice as fine as the shortest event is long
constexpr double kBefore_s = 0.25;
constexpr double kSpan_s = 1.0;

using Shape = std::array<double, kPoints>;

double size_at(const protocol::Waveform& waveform, std::size_t index) {
  double sum = 0.0;
  for (const std::vector<float>& axis : waveform.axes)
    if (index < axis.size() && std::isfinite(axis[index]))
      sum += static_cast<double>(axis[index]) * static_cast<double>(axis[index]);
  return std::sqrt(sum);
}

/// |movement| at t_s between two samples; 0 outside the waveform.
double size_between(const protocol::Waveform& waveform, double t_s) {
  const double place = (t_s - waveform.begin_s) * waveform.rate_hz;
  const auto count = static_cast<double>(waveform.axes[0].size());
  if (!(place >= 0.0) || place > count - 1.0) return 0.0;
  const auto before = static_cast<std::size_t>(place);
  const double part = place - static_cast<double>(before);
  return size_at(waveform, before) * (1.0 - part) + (part > 0.0 ? size_at(waveform, before + 1) * part : 0.0);
}

Shape shape_of(const Event& event, const protocol::Waveform& waveform) {
  Shape shape{};
  for (std::size_t i = 0; i < kPoints; ++i)
    shape[i] = size_between(waveform, event.onset_s - kBefore_s + kSpan_s * static_cast<double>(i) / (kPoints - 1));
  const double largest = *std::max_element(shape.begin(), shape.end());
  if (largest > 0.0)
    for (double& value : shape) value /= largest;
  return shape;
}

Shape median_of(const std::vector<Shape>& shapes) {
  Shape median{};
  std::vector<double> values(shapes.size());
  for (std::size_t i = 0; i < kPoints; ++i) {
    for (std::size_t k = 0; k < shapes.size(); ++k) values[k] = shapes[k][i];
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    median[i] = *middle;
  }
  return median;
}

double correlation(const Shape& a, const Shape& b) {
  double mean_a = 0.0, mean_b = 0.0;
  for (std::size_t i = 0; i < kPoints; ++i) {
    mean_a += a[i] / kPoints;
    mean_b += b[i] / kPoints;
  }
  double both = 0.0, square_a = 0.0, square_b = 0.0;
  for (std::size_t i = 0; i < kPoints; ++i) {
    both += (a[i] - mean_a) * (b[i] - mean_b);
    square_a += (a[i] - mean_a) * (a[i] - mean_a);
    square_b += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return square_a > 0.0 && square_b > 0.0 ? both / std::sqrt(square_a * square_b) : 0.0;
}

}  // namespace

std::vector<double> oddness(std::span<const Event> events, std::span<const protocol::Waveform> waveforms) {
  std::vector<Shape> shapes(events.size(), Shape{});
  for (std::size_t i = 0; i < std::min(events.size(), waveforms.size()); ++i)
    shapes[i] = shape_of(events[i], waveforms[i]);
  std::vector<double> result(events.size(), 0.0);
  if (events.empty()) return result;
  const Shape median = median_of(shapes);
  for (std::size_t i = 0; i < events.size(); ++i) result[i] = 1.0 - correlation(shapes[i], median);
  return result;
}

}  // namespace klono::workspace
