#include "report/text.hpp"

#include <cmath>
#include <cstdlib>
#include <limits>

#include <doctest/doctest.h>

#include "report/report_model.hpp"

using namespace klono;
using namespace klono::report;

TEST_CASE("Numbers are written as short as they can be and read back to the same value") {
  CHECK(number_text(0.1) == "0.1");
  CHECK(number_text(-2.0) == "-2");
  for (const double value : {1.0 / 3.0, 1e-300, 6.02214076e23, 123456.789, -0.000123, 5e-324})
    CHECK(std::strtod(number_text(value).c_str(), nullptr) == value);
  CHECK(number_text(std::nan("")).empty());
  CHECK(number_text(std::numeric_limits<double>::infinity()).empty());
}

TEST_CASE("Cleaned text is valid UTF-8 on one line") {
  CHECK(clean_text("Naïve Ж €𝄞") == "Naïve Ж €𝄞");
  CHECK(clean_text("a\r\nb\tc\x7F") == "a  b c ");
  CHECK(clean_text("\xFF") == "\uFFFD");
  CHECK(clean_text("a\xC3") == "a\uFFFD");                       // cut off
  CHECK(clean_text("\xC0\xAF") == "\uFFFD\uFFFD");               // overlong
  CHECK(clean_text("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");     // surrogate
  CHECK(clean_text("\xF4\x90\x80\x80").find('\xF4') == std::string::npos);  // beyond Unicode
  CHECK(clean_text(std::string_view("a\0b", 3)) == "a b");
}

TEST_CASE("HTML and CSV escapes keep hostile text as text") {
  CHECK(html_escaped("<b a=\"1\" c='2'>&") == "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;");
  CHECK(csv_cell("plain") == "plain");
  CHECK(csv_cell("a,\"b\"\nc") == "\"a,\"\"b\"\" c\"");
}

TEST_CASE("Time stamps say only what is known of the zone") {
  const std::int64_t ns = 1'795'555'800'000'000'000;  // 2026-11-24T21:30:00Z
  CHECK(iso_time({ClockBasis::Utc, ns, 60}, 0.25) == "2026-11-24T22:30:00.250+01:00");
  CHECK(iso_time({ClockBasis::Utc, ns, -330}, 0.0) == "2026-11-24T16:00:00.000-05:30");
  CHECK(iso_time({ClockBasis::Utc, ns, std::nullopt}, 0.0) == "2026-11-24T21:30:00.000Z");
  CHECK(iso_time({ClockBasis::Local, ns, std::nullopt}, 9000.0) == "2026-11-25T00:00:00.000");
  CHECK(iso_time({}, 0.0).empty());
  CHECK(iso_time({ClockBasis::Local, ns, std::nullopt}, std::nan("")).empty());
  CHECK(iso_time({ClockBasis::Utc, std::numeric_limits<std::int64_t>::max(), 2'000'000'000}, 1e9).size() > 20);
  CHECK(iso_date({ClockBasis::Utc, ns, 180}) == "2026-11-25");
}

TEST_CASE("A suggested file name tells the date and never a name") {
  ReportModel model;
  model.title = model.file_name = "Jane Roe.csv";
  CHECK(suggested_file_name(model, "summary", "html") == "klonograph-summary.html");
  model.start = {ClockBasis::Local, 1'795'555'800'000'000'000, std::nullopt};
  CHECK(suggested_file_name(model, "summary", "html") == "klonograph-2026-11-24-summary.html");
  CHECK(suggested_file_name(model, "../events", ".csv") == "klonograph-2026-11-24-events.csv");
}
