// Takes the place of arrow_table.cpp in builds without the Arrow library.

#include "base/words.hpp"
#include "cli/table.hpp"

namespace klono::cli {

bool can_write_arrow() { return false; }

Result<std::unique_ptr<TableWriter>> make_arrow_table(const std::string&, std::span<const Column>) {
  return Error{ErrorCode::BadSetting, std::string(word(Word::batch_usage_no_arrow))};
}

}  // namespace klono::cli
