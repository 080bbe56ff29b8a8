// A sheet of a workbook as the text it would be if it had been saved as one.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "formats/number_text.hpp"
#include "formats/text_dialect.hpp"
#include "formats/workbook.hpp"
#include "formats/xml_pull.hpp"

namespace klono::formats {
namespace {

constexpr std::size_t kLongestCell = 32767;  // Excel's own limit
constexpr std::int64_t kFirstDay = -25569;   // 1899-12-30, days before 1970
constexpr std::int64_t kFirstDayOf1904 = -24107;

/// "BC12" names column 54; past the last one kept where it is no name.
std::size_t column_of(std::string_view cell) {
  std::size_t column = 0;
  for (const char c : cell) {
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + static_cast<std::size_t>(c - 'A') + 1;
    if (column > kMostColumns) return kMostColumns;
  }
  return column > 0 ? column - 1 : kMostColumns;
}

/// Days as Excel counts them, to the microsecond, which is what their fraction resolves.
std::string date_text(double days, bool from_1904) {
  const auto microseconds = static_cast<std::int64_t>(std::llround(days * 86400e6));
  const std::int64_t of_day = microseconds % 86'400'000'000;
  const std::int64_t day = microseconds / 86'400'000'000 + (from_1904 ? kFirstDayOf1904 : kFirstDay);
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  char text[48];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u %02d:%02d:%02d.%06d", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(of_day / 3'600'000'000), static_cast<int>(of_day / 60'000'000 % 60), static_cast<int>(of_day / 1'000'000 % 60), static_cast<int>(of_day % 1'000'000));
  return text;
}

class SheetText final : public ByteSource {
 public:
  SheetText(std::shared_ptr<const ByteSource> sheet, std::shared_ptr<const WorkbookParts> parts) : sheet_(std::move(sheet)), parts_(std::move(parts)) {}

  /// Not known before all is read: the size of the XML stands for it.
  std::int64_t size() const override { return sheet_->size(); }

  Result<std::size_t> read_at(std::int64_t offset, std::span<std::byte> into) const override {
    if (!xml_ || offset < begin_) {
      xml_ = std::make_unique<XmlPull>(sheet_);
      begin_ = 0;
      text_.clear();
      done_ = false;
    }
    std::size_t filled = 0;
    while (filled < into.size()) {
      const std::int64_t at = offset + static_cast<std::int64_t>(filled) - begin_;
      if (at < static_cast<std::int64_t>(text_.size())) {
        const std::size_t count = std::min(into.size() - filled, text_.size() - static_cast<std::size_t>(at));
        std::memcpy(into.data() + filled, text_.data() + at, count);
        filled += count;
        continue;
      }
      if (done_) break;
      begin_ += static_cast<std::int64_t>(text_.size());
      text_.clear();
      KLONO_CHECK(make_rows());
    }
    return filled;
  }

 private:
  static constexpr std::size_t kBlockBytes = 64 * 1024;

  Status make_rows() const {
    while (!done_ && text_.size() < kBlockBytes) {
      KLONO_TRY(const XmlPull::Part part, xml_->next());
      if (part == XmlPull::Part::Done) done_ = true;
      else if (part == XmlPull::Part::Begin && xml_->name() == "row") KLONO_CHECK(make_row());
    }
    return Done{};
  }

  Status make_row() const {
    std::vector<std::string> cells;
    for (;;) {
      KLONO_TRY(const XmlPull::Part part, xml_->next());
      if (part == XmlPull::Part::Done || (part == XmlPull::Part::End && xml_->name() == "row")) break;
      if (part != XmlPull::Part::Begin || xml_->name() != "c") continue;
      const std::string place = xml_->attribute("r");
      const std::size_t column = place.empty() ? cells.size() : column_of(place);
      KLONO_TRY(std::string cell, read_cell());
      if (column >= kMostColumns) continue;
      if (cells.size() <= column) cells.resize(column + 1);
      cells[column] = std::move(cell);
    }
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (c > 0) text_ += '\t';
      text_ += cells[c];
    }
    text_ += '\n';
    return Done{};
  }

  Result<std::string> read_cell() const {
    const std::string type = xml_->attribute("t");
    const std::optional<std::int64_t> style = parse_integer(xml_->attribute("s"));
    std::string value;
    bool wanted = false;
    bool phonetic = false;
    for (;;) {
      KLONO_TRY(const XmlPull::Part part, xml_->next());
      if (part == XmlPull::Part::Done || (part == XmlPull::Part::End && xml_->name() == "c")) break;
      if (xml_->name() == "rPh" && part != XmlPull::Part::Text) phonetic = part == XmlPull::Part::Begin;
      if (part == XmlPull::Part::Begin) wanted = !phonetic && (xml_->name() == "v" || xml_->name() == "t");
      if (part == XmlPull::Part::End) wanted = false;
      if (part == XmlPull::Part::Text && wanted && value.size() < kLongestCell) value += xml_->text();
    }
    return shown(type, style, std::move(value));
  }

  std::string shown(const std::string& type, const std::optional<std::int64_t>& style, std::string value) const {
    if (type == "s") {
      const std::optional<std::int64_t> number = parse_integer(value);
      const bool known = number && *number >= 0 && *number < static_cast<std::int64_t>(parts_->texts.size());
      return known ? quoted(parts_->texts[static_cast<std::size_t>(*number)]) : std::string();
    }
    if (type == "inlineStr" || type == "str") return quoted(std::move(value));
    if (type == "e") return "NaN";
    if (type == "d") return value;
    const bool dated = style && *style >= 0 && *style < static_cast<std::int64_t>(parts_->dated.size()) && parts_->dated[static_cast<std::size_t>(*style)];
    if (!dated) return value;
    const std::optional<double> days = parse_number(value, false);
    return days && *days >= 0.0 && *days < 200000.0 ? date_text(*days, parts_->from_1904) : value;
  }

  /// Numbers written as text stay numbers; a text must not end its cell or row.
  static std::string quoted(std::string text) {
    for (char& c : text)
      if (c == '"' || c == '\t' || c == '\n' || c == '\r') c = ' ';
    return is_numeric(text, false) || is_numeric(text, true) ? text : "\"" + text + "\"";
  }

  std::shared_ptr<const ByteSource> sheet_;
  std::shared_ptr<const WorkbookParts> parts_;
  mutable std::unique_ptr<XmlPull> xml_;
  mutable std::int64_t begin_ = 0;  // of the text that lies ready
  mutable std::string text_;
  mutable bool done_ = false;
};

}  // namespace

std::shared_ptr<const ByteSource> sheet_text(std::shared_ptr<const ByteSource> sheet, std::shared_ptr<const WorkbookParts> parts) {
  return std::make_shared<SheetText>(std::move(sheet), std::move(parts));
}

}  // namespace klono::formats
