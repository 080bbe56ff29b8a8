#pragma once
/// Errors that more than one command gives.

#include <string>
#include <utility>

#include "base/result.hpp"
#include "base/words.hpp"

namespace klono::cli {

/// What was asked for makes no sense.
inline Error usage(std::string text) { return {ErrorCode::BadSetting, std::move(text)}; }

inline Error cannot_write(const std::string& path) { return usage(fill(Word::cli_file_cannot_write, {{"name", path}})); }

}  // namespace klono::cli
