#pragma once

#include <string>

#include "base/result.hpp"

namespace klono::cli {

/// The error as one line for a terminal, with the choices where a person must choose.
std::string error_text(const Error& error);

}  // namespace klono::cli
