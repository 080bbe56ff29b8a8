#pragma once
/// Module base: values every other module may use. Allowed dependencies: the standard library
/// (number parsing privately uses fast_float). Nothing here prints, throws or exits.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace klono {

/// What kind of thing went wrong. The code selects the words and the advice a person is shown.
enum class ErrorCode : std::uint8_t {
  CannotRead,        ///< the bytes could not be fetched (file vanished, permission, device)
  Empty,             ///< no bytes, or no rows after the header
  UnknownFormat,     ///< no reader recognises the bytes
  RefusedFormat,     ///< recognised, but cannot hold brief movement events (counts, envelope, …)
  Malformed,         ///< recognised, but the bytes contradict the format
  NoAcceleration,    ///< readable, but holds no acceleration channel
  TooSlow,           ///< fitted rate below what a twitch needs
  TooLarge,          ///< a declared size is beyond what this build accepts
  NeedsChoice,       ///< a person must choose (columns, unit, rate, member); see Error::question
  BadSetting,        ///< a setting or option is unknown or out of its range
  Cancelled,         ///< stopped on request
  Internal           ///< our own bug, reported instead of crashing
};

/// A choice only a person can make. Shown in the interface; on the command line `option` names
/// the flag that answers it.
struct Question {
  enum class Kind : std::uint8_t { Columns, Unit, Rate, Scale, Member };
  Kind kind = Kind::Columns;
  std::string option{};             ///< e.g. "--rate"
  std::string prompt{};             ///< plain words, one sentence
  std::string suggestions{};         ///< newline-separated values, best first; may be empty
};

/// One clear message: what happened, where, what to do.
struct [[nodiscard]] Error {
  ErrorCode code = ErrorCode::Internal;
  std::string what{};    ///< one sentence, plain words: "It has one value for each minute."
  std::string advice{};  ///< one sentence: what the person can do; may be empty
  std::int64_t line = 0;    ///< 1-based text line where it happened, 0 when not applicable
  std::int64_t offset = -1;  ///< byte offset where it happened, -1 when not applicable
  std::optional<Question> question = std::nullopt;  ///< set exactly when code is NeedsChoice
};

/// The error as one line for a terminal: "what (line 12). advice".
std::string one_line(const Error& error);

/// A value or an Error. Never both, never neither. Total: reading the wrong side is our bug and
/// yields a default-constructed object in release builds, an abort in debug builds.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  const T& value() const& { return *std::get_if<0>(&state_); }
  T& value() & { return *std::get_if<0>(&state_); }
  T&& value() && { return std::move(*std::get_if<0>(&state_)); }
  const Error& error() const& { return *std::get_if<1>(&state_); }
  Error&& error() && { return std::move(*std::get_if<1>(&state_)); }

 private:
  std::variant<T, Error> state_;
};

/// Success without a value.
struct Done {};
using Status = Result<Done>;

}  // namespace klono

#define KLONO_CONCAT_(a, b) a##b
#define KLONO_CONCAT(a, b) KLONO_CONCAT_(a, b)

/// Evaluates an expression of type Result; returns its Error from the enclosing function, or
/// declares `declaration` with its value. One per line.
#define KLONO_TRY(declaration, expression)                             \
  auto KLONO_CONCAT(klono_result_, __LINE__) = (expression);           \
  if (!KLONO_CONCAT(klono_result_, __LINE__).ok())                     \
    return std::move(KLONO_CONCAT(klono_result_, __LINE__)).error();   \
  declaration = std::move(KLONO_CONCAT(klono_result_, __LINE__)).value()

/// The same for expressions of type Status.
#define KLONO_CHECK(expression)                                                            \
  do {                                                                                     \
    if (auto klono_status = (expression); !klono_status.ok())                              \
      return std::move(klono_status).error();                                              \
  } while (false)
