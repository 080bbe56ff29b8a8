#include "report/json_writer.hpp"

#include "report/text.hpp"

namespace klono::report {
namespace {

/// From this depth on a value stays on the line of its parent: one event a line.
constexpr std::size_t kDeepest = 3;

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : clean_text(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

}  // namespace

JsonWriter& JsonWriter::key(std::string_view name) {
  begin_item();
  text_ += quoted(name) + ": ";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(double value) { return number(number_text(value)); }

JsonWriter& JsonWriter::value(std::string_view text) { return raw(quoted(text)); }

JsonWriter& JsonWriter::open(char bracket) {
  begin_item();
  text_ += bracket;
  has_items_.push_back(false);
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  if (has_items_.empty()) return *this;
  const bool had_items = has_items_.back();
  const bool on_lines = has_items_.size() < kDeepest;
  has_items_.pop_back();
  if (had_items && on_lines) new_line();
  text_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view text) {
  begin_item();
  text_ += text;
  return *this;
}

void JsonWriter::begin_item() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (has_items_.empty()) return;
  if (has_items_.back()) text_ += ',';
  const bool first = !has_items_.back();
  has_items_.back() = true;
  if (has_items_.size() < kDeepest) {
    new_line();
  } else if (!first) {
    text_ += ' ';
  }
}

void JsonWriter::new_line() {
  text_ += '\n';
  text_.append(2 * has_items_.size(), ' ');
}

}  // namespace klono::report
