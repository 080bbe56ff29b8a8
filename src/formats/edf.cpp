#include "formats/edf.hpp"

#include "base/words.hpp"

namespace klono::formats {

Result<std::unique_ptr<TableReader>> open_edf(std::shared_ptr<const ByteSource>, const ReadOptions&) {
  return Error{ErrorCode::RefusedFormat, std::string(word(Word::formats_refused_edf)), std::string(word(Word::formats_refused_edf_advice))};
}

}  // namespace klono::formats
