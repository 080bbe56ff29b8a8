#pragma once
/// Pictures of recording in every step and state.

#include <vector>

#include "app/stage.hpp"

namespace klono::test {

const std::vector<Scene>& record_scenes();

}  // namespace klono::test
