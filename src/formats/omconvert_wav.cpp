#include "formats/omconvert_wav.hpp"

#include "base/words.hpp"

namespace klono::formats {

Result<std::unique_ptr<TableReader>> open_omconvert_wav(std::shared_ptr<const ByteSource>, const ReadOptions&) {
  return Error{ErrorCode::RefusedFormat, std::string(word(Word::formats_refused_wav)), std::string(word(Word::formats_refused_wav_advice))};
}

}  // namespace klono::formats
