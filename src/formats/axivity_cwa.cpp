#include "formats/axivity_cwa.hpp"

#include "base/words.hpp"

namespace klono::formats {

Result<std::unique_ptr<TableReader>> open_axivity(std::shared_ptr<const ByteSource>, const ReadOptions&) {
  return Error{ErrorCode::RefusedFormat, std::string(word(Word::formats_refused_cwa)), std::string(word(Word::formats_refused_cwa_advice))};
}

}  // namespace klono::formats
