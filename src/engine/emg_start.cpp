#include "engine/emg_start.hpp"

#include <utility>

#include "base/words.hpp"
#include "formats/recording_from_table.hpp"

namespace klono::engine {

Status check_usable(const Recording& recording) {
  return is_emg_alone(recording) ? check_emg(*emg_of(recording)) : formats::check_analysable(recording);
}

std::optional<StepwiseEmg> start_emg(const Recording& recording, const EmgSettings& settings, std::vector<Warning>& warnings,
                                     const EmgChannelListener& listener) {
  const Recording* emg = emg_of(recording);
  if (emg == nullptr) return std::nullopt;
  Result<StepwiseEmg> analysis = StepwiseEmg::begin(*emg, settings, listener);
  if (analysis.ok()) return std::move(analysis).value();
  warnings.push_back({"emg", fill(Word::emg_engine_not_analysed, {{"why", one_line(analysis.error())}})});
  return std::nullopt;
}

}  // namespace klono::engine
