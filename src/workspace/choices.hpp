#pragma once
/// Words of a command that name one of few things.

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "base/words.hpp"

namespace klono::workspace {

template <class T>
struct Choice {
  std::string_view name;
  T value;
  Word label;
};

template <class T, std::size_t N>
const Choice<T>* choice_of(const std::array<Choice<T>, N>& choices, std::string_view name) {
  const auto found = std::ranges::find(choices, name, &Choice<T>::name);
  return found == choices.end() ? nullptr : &*found;
}

}  // namespace klono::workspace
