#include "formats/geneactiv.hpp"

#include "base/words.hpp"

namespace klono::formats {

Result<std::unique_ptr<TableReader>> open_geneactiv(std::shared_ptr<const ByteSource>, const ReadOptions&) {
  return Error{ErrorCode::RefusedFormat, std::string(word(Word::formats_refused_geneactiv)), std::string(word(Word::formats_refused_geneactiv_advice))};
}

}  // namespace klono::formats
