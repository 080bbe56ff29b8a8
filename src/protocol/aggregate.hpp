#pragma once
/// How many fields a plain struct has, so that forgetting one in the codec does not compile.

#include <cstddef>
#include <type_traits>

namespace klono::protocol {
namespace detail {

/// Stands for a value of any type in a braced list that is never evaluated.
struct Anything {
  template <class T>
  operator T() const;  // NOLINT(google-explicit-constructor)
};

template <class T, class... Fields>
constexpr std::size_t count_fields() {
  if constexpr (requires { T{Fields{}..., Anything{}}; }) {
    return count_fields<T, Fields..., Anything>();
  } else {
    return sizeof...(Fields);
  }
}

}  // namespace detail

/// Number of fields of the aggregate T.
template <class T>
inline constexpr std::size_t kFieldCount = detail::count_fields<std::remove_const_t<T>>();

}  // namespace klono::protocol
