#include "formats/embraceplus_avro.hpp"

#include "base/words.hpp"

namespace klono::formats {

Result<std::unique_ptr<TableReader>> open_embraceplus(std::shared_ptr<const ByteSource>, const ReadOptions&) {
  return Error{ErrorCode::RefusedFormat, std::string(word(Word::formats_refused_avro)), std::string(word(Word::formats_refused_avro_advice))};
}

}  // namespace klono::formats
