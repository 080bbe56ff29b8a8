#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_source.hpp"

namespace klono::formats {

/// Walks through an XML document from front to back in bounded memory: the subset that spreadsheets and descriptions are written in
/// (UTF-8, no entities of its own). Comments, instructions and the name of a document type are passed over, marked sections are text.
class XmlPull {
 public:
  enum class Part : std::uint8_t { Begin, End, Text, Done };

  explicit XmlPull(std::shared_ptr<const ByteSource> source) : source_(std::move(source)) {}

  /// The next part. An element that is closed at once gives Begin and End. Errors: those of the bytes, and Malformed where the
  /// document breaks off inside a part, declares entities, or one part is longer than 1 MB.
  Result<Part> next();

  /// Of Begin and End, without a prefix.
  std::string_view name() const { return name_; }
  /// Of Begin; empty where there is none of that name (a prefix counts).
  std::string attribute(std::string_view name) const;
  /// Of Text, with its entities resolved. Long texts come in several parts.
  const std::string& text() const { return text_; }

 private:
  Result<bool> more();
  Result<std::size_t> find(std::string_view mark, std::size_t from);
  Status skip_to(std::string_view mark);
  Result<Part> read_tag();

  std::shared_ptr<const ByteSource> source_;
  std::int64_t offset_ = 0;
  std::string buffer_;
  std::size_t at_ = 0;
  std::string name_;
  std::string attributes_;
  std::string text_;
  bool closed_at_once_ = false;
};

/// "&lt;", "&#228;", … as what they mean; unknown ones stay as they are.
std::string without_entities(std::string_view text);

}  // namespace klono::formats
