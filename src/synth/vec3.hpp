#pragma once
/// Three components of acceleration, of angular velocity or of a direction; only what this module needs.

#include <cmath>
#include <numbers>

namespace klono::synth {

inline constexpr double kDegree = std::numbers::pi / 180.0;  ///< in radians
inline constexpr double kDegreesInRadian = 180.0 / std::numbers::pi;

struct Vec3 {
  double x = 0.0;
  double y = 0.0;
  double z = 0.0;

  friend Vec3 operator+(const Vec3& a, const Vec3& b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
  friend Vec3 operator-(const Vec3& a, const Vec3& b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
  friend Vec3 operator*(double k, const Vec3& a) { return {k * a.x, k * a.y, k * a.z}; }
};

inline double dot(const Vec3& a, const Vec3& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }

inline Vec3 cross(const Vec3& a, const Vec3& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

inline double length(const Vec3& a) { return std::sqrt(dot(a, a)); }

/// Unit vector along `a`; zero stays zero.
inline Vec3 unit(const Vec3& a) {
  const double size = length(a);
  return size > 0.0 ? (1.0 / size) * a : Vec3{};
}

/// Unit vector across `along`, as near to `hint` as possible. `along` may be zero.
inline Vec3 across(const Vec3& along, const Vec3& hint) {
  const Vec3 axis = unit(along);
  const Vec3 rest = hint - dot(hint, axis) * axis;
  if (length(rest) > 1e-6) return unit(rest);
  const Vec3 other = std::abs(axis.x) < 0.9 ? Vec3{1.0, 0.0, 0.0} : Vec3{0.0, 1.0, 0.0};
  return unit(other - dot(other, axis) * axis);
}

/// `v` turned by `angle_rad` around the unit vector `axis` (Rodrigues).
inline Vec3 rotated(const Vec3& v, const Vec3& axis, double angle_rad) {
  const double c = std::cos(angle_rad);
  const double s = std::sin(angle_rad);
  return c * v + s * cross(axis, v) + (1.0 - c) * dot(axis, v) * axis;
}

}  // namespace klono::synth
