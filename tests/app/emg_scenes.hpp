#pragma once
/// Pictures of EMG on every screen that tells it, with the engine itself behind them.

#include <vector>

#include "app/stage.hpp"

namespace klono::test {

const std::vector<Scene>& emg_scenes();

}  // namespace klono::test
