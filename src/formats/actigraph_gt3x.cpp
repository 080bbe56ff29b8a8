#include "formats/actigraph_gt3x.hpp"

#include "base/words.hpp"

namespace klono::formats {

Result<std::unique_ptr<TableReader>> open_gt3x(std::shared_ptr<const FileSet>, const ReadOptions&) {
  return Error{ErrorCode::RefusedFormat, std::string(word(Word::formats_refused_gt3x)), std::string(word(Word::formats_refused_gt3x_advice))};
}

}  // namespace klono::formats
