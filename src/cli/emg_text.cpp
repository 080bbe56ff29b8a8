#include "cli/emg_text.hpp"

#include "view/emg_words.hpp"

namespace klono::cli {

std::string emg_text(const EmgAnalysis& emg) {
  std::string text;
  for (const EmgChannelAnalysis& channel : emg.channels)
    for (const std::string& sentence : view::emg_channel_sentences(channel)) text += sentence + "\n";
  for (const std::string& sentence : view::emg_together_sentences(emg)) text += sentence + "\n";
  return text;
}

}  // namespace klono::cli
