#pragma once
/// Physical scalars at public interfaces. Explicit construction, so that a bare number or the
/// wrong unit does not compile. Inside kernels use bare doubles with suffixes: _s _hz _g.

#include <compare>
#include <cstdint>

namespace klono {

inline constexpr double kStandardGravity_m_s2 = 9.80665;  ///< exact by definition (CGPM 1901)
inline constexpr std::int64_t kSecond_ns = 1'000'000'000;
inline constexpr double kDay_s = 86400.0;

template <class Tag>
struct Quantity {
  double value = 0.0;

  constexpr Quantity() = default;
  constexpr explicit Quantity(double v) : value(v) {}

  friend constexpr auto operator<=>(const Quantity&, const Quantity&) = default;
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return Quantity(a.value + b.value); }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return Quantity(a.value - b.value); }
  friend constexpr Quantity operator*(Quantity a, double k) { return Quantity(a.value * k); }
  friend constexpr Quantity operator*(double k, Quantity a) { return Quantity(a.value * k); }
  friend constexpr Quantity operator/(Quantity a, double k) { return Quantity(a.value / k); }
  friend constexpr double operator/(Quantity a, Quantity b) { return a.value / b.value; }
};

using Seconds = Quantity<struct SecondsTag>;
using Hertz = Quantity<struct HertzTag>;
using Gravities = Quantity<struct GravitiesTag>;  ///< multiples of standard gravity
using Degrees = Quantity<struct DegreesTag>;

namespace literals {
constexpr Seconds operator""_s(long double v) { return Seconds(static_cast<double>(v)); }
constexpr Seconds operator""_s(unsigned long long v) { return Seconds(static_cast<double>(v)); }
constexpr Seconds operator""_ms(long double v) { return Seconds(static_cast<double>(v) / 1000.0); }
constexpr Seconds operator""_ms(unsigned long long v) { return Seconds(static_cast<double>(v) / 1000.0); }
constexpr Hertz operator""_Hz(long double v) { return Hertz(static_cast<double>(v)); }
constexpr Hertz operator""_Hz(unsigned long long v) { return Hertz(static_cast<double>(v)); }
constexpr Gravities operator""_g(long double v) { return Gravities(static_cast<double>(v)); }
constexpr Gravities operator""_mg(long double v) { return Gravities(static_cast<double>(v) / 1000.0); }
constexpr Gravities operator""_mg(unsigned long long v) { return Gravities(static_cast<double>(v) / 1000.0); }
constexpr Degrees operator""_deg(long double v) { return Degrees(static_cast<double>(v)); }
constexpr Degrees operator""_deg(unsigned long long v) { return Degrees(static_cast<double>(v)); }
}  // namespace literals

}  // namespace klono
