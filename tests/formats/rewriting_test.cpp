// The same values, written in every way a program or a locale may choose, give the same recording.

#include <doctest/doctest.h>

#include <cmath>

#include "formats/reader.hpp"
#include "inputs.hpp"

namespace klono::formats {
namespace {

using namespace inputs;

struct Marks {
  char separator;
  bool decimal_comma;
  bool quoted;
};
const std::vector<Marks> kMarks{{',', false, false}, {',', false, true}, {',', true, true},   {';', false, false}, {';', true, false}, {';', true, true},
                                {'\t', false, false}, {'\t', true, false}, {'|', false, false}, {' ', false, false}, {' ', true, false}};

/// Times of two readings of the same file in two writings agree within `tolerance_s` from end to end.
void check_same(const Recording& one, const Recording& other, double tolerance_s) {
  for (int k = 0; k < 3; ++k) CHECK(axis(one, k) == axis(other, k));
  REQUIRE(one.segments.size() == other.segments.size());
  for (std::size_t s = 0; s < one.segments.size(); ++s) {
    CHECK(one.segments[s].count == other.segments[s].count);
    CHECK(std::abs(one.segments[s].start_s - other.segments[s].start_s) < tolerance_s);
    CHECK(std::abs(one.segments[s].end_s() - other.segments[s].end_s()) < tolerance_s);
  }
  CHECK(one.gaps.size() == other.gaps.size());
}

std::string iso(double t_s, const std::string& zone) {
  const auto minutes = static_cast<int>(t_s / 60.0);
  return "2024-05-07T18:" + std::to_string(10 + minutes) + ":" + (t_s - 60.0 * minutes < 10.0 ? "0" : "") + fixed(t_s - 60.0 * minutes, 3) + zone;
}

/// A recording with a hole, so that segments and gaps are compared too.
std::vector<MotionSample> with_hole() {
  std::vector<MotionSample> readings = motion();
  readings.erase(readings.begin() + 400, readings.begin() + 520);
  return readings;
}

}  // namespace

TEST_CASE("separator, decimal mark, quotes, line ends, header and encoding do not change a sample or a time") {
  const Recording plain = read(written(with_hole()));
  REQUIRE(plain.segments.size() == 2);
  for (const Marks marks : kMarks) {
    for (const std::string line_end : {"\n", "\r\n", "\r"}) {
      for (const bool header : {true, false}) {
        Writing writing;
        writing.separator = marks.separator;
        writing.decimal_comma = marks.decimal_comma;
        writing.quoted = marks.quoted;
        writing.line_end = line_end;
        if (!header) writing.header = "";
        const std::string text = written(with_hole(), writing);
        CAPTURE(text.substr(0, 120));
        for (const std::string& bytes : {text, "\xEF\xBB\xBF" + text, utf16(text, false, true), utf16(text, true, true), utf16(text, false, false),
                                         utf16(text, true, false)}) {
          const Result<Recording> rewritten = try_read(bytes);
          REQUIRE(rewritten.ok());
          check_same(plain, rewritten.value(), 1e-9);
        }
      }
    }
  }
}

TEST_CASE("spaces around fields, a separator at the end, blank lines and comments are not seen") {
  const Recording plain = read(written(with_hole()));
  for (const char separator : {',', ';', '\t'}) {
    Writing writing;
    writing.separator = separator;
    writing.before_separator = "  ";
    check_same(plain, read(written(with_hole(), writing)), 1e-9);
    writing.before_separator = "";
    for (const std::string& trailing : {std::string(1, separator), std::string("   "), std::string(1, separator) + "  "}) {
      writing.trailing = trailing;
      check_same(plain, read(written(with_hole(), writing)), 1e-9);
    }
    writing.trailing = "";
    check_same(plain, read("# made on a Tuesday\n\n// exported\n" + written(with_hole(), writing) + "\n\n"), 1e-9);
  }
}

TEST_CASE("a line that names the separator is obeyed and not taken for a row") {
  const Recording plain = read(written(with_hole()));
  Writing writing;
  writing.separator = ';';
  check_same(plain, read("sep=;\r\n" + written(with_hole(), writing)), 1e-9);
  check_same(plain, read("\"sep=;\"\n" + written(with_hole(), writing)), 1e-9);
}

TEST_CASE("the order of named columns does not matter, nor others between them") {
  const Recording plain = read(written(with_hole()));
  std::string text = "temperature (°C),acc_z,acc_x,battery,time_s,acc_y\n";
  for (const MotionSample& reading : with_hole())
    text += "31.5," + fixed(reading.axis[2], 5) + "," + fixed(reading.axis[0], 5) + ",88," + fixed(reading.t_s, 4) + "," + fixed(reading.axis[1], 5) + "\n";
  check_same(plain, read(text), 1e-9);
}

TEST_CASE("time in seconds, milliseconds, microseconds or nanoseconds, from a start or from 1970, is the same time") {
  const Recording plain = read(written(with_hole()));
  struct Form {
    std::string name;
    double per_second;
    std::int64_t first;
  };
  for (const Form& form : {Form{"time_ms", 1e3, 0}, {"time_us", 1e6, 0}, {"time_ns", 1e9, 0}, {"time (ms)", 1e3, 71234}, {"time", 1e3, 5000},
                           {"time", 1e6, 40}, {"time", 1e9, 1254259573540013}, {"timestamp", 1e3, 1715100946594}, {"timestamp", 1e6, 1715100946594000},
                           {"timestamp", 1e9, 1715100946594000000}}) {
    CAPTURE(form.name);
    CAPTURE(form.first);
    Writing writing;
    writing.header = form.name + ",acc_x,acc_y,acc_z";
    writing.time = [&](double t_s) { return std::to_string(form.first + std::llround(t_s * form.per_second)); };
    const Recording rewritten = read(written(with_hole(), writing));
    check_same(plain, rewritten, 1e-6);
    const bool since_1970 = form.name == "timestamp";
    CHECK((rewritten.start.basis == ClockBasis::Utc) == since_1970);
    if (since_1970) CHECK(std::abs(rewritten.start.unix_ns - 1715100946594000000LL) < 1000000);
  }
}

TEST_CASE("nanoseconds since 1970 keep their last digit") {
  Writing writing;
  writing.header = "timestamp,acc_x,acc_y,acc_z";
  writing.time = [](double t_s) { return std::to_string(1715100946594000001 + 20000001 * std::llround(t_s * 50.0)); };
  const Result<RawTable> table = read_table(source_of(written(motion(), writing)), {});
  REQUIRE(table.ok());
  const std::vector<double>& seconds = table.value().time.seconds;
  REQUIRE(seconds.size() == 1000);
  for (std::size_t i = 1; i < seconds.size(); ++i) CHECK(seconds[i] == doctest::Approx(static_cast<double>(i) * 0.020000001).epsilon(1e-12));
}

TEST_CASE("dates with and without a zone are the same times; only the clock they tell differs") {
  const Recording plain = read(written(with_hole()));
  struct Form {
    std::string zone;
    ClockBasis basis;
    std::int64_t start_ns;
  };
  const std::int64_t utc = 1715105400000000000;  // 2024-05-07 18:10:00 UTC
  for (const Form& form : {Form{"", ClockBasis::Local, utc}, {"Z", ClockBasis::Utc, utc}, {"+02:00", ClockBasis::Utc, utc - 7200000000000},
                           {"-0530", ClockBasis::Utc, utc + 19800000000000}}) {
    CAPTURE(form.zone);
    for (const bool space : {false, true}) {
      Writing writing;
      writing.header = "time,acc_x,acc_y,acc_z";
      writing.time = [&](double t_s) {
        std::string text = iso(t_s, form.zone);
        if (space) text[10] = ' ';
        return text;
      };
      const Recording rewritten = read(written(with_hole(), writing));
      check_same(plain, rewritten, 1e-6);
      CHECK(rewritten.start.basis == form.basis);
      CHECK(std::abs(rewritten.start.unix_ns - form.start_ns) < 1000000);
    }
  }
}

TEST_CASE("dates with slashes or points are read in the order that fits") {
  struct Form {
    std::string day;
    int month;
    int day_of_month;
  };
  for (const Form& form : {Form{"13/05/2024", 5, 13}, {"05/13/2024", 5, 13}, {"13.05.2024", 5, 13}, {"2024/05/13", 5, 13}, {"2024-05-13", 5, 13},
                           {"07/05/2024", 7, 5}, {"07.05.2024", 5, 7}}) {
    const std::string& day = form.day;
    CAPTURE(day);
    Writing writing;
    writing.header = "time,acc_x,acc_y,acc_z";
    writing.time = [&](double t_s) { return day + " 18:10:" + (t_s < 10.0 ? "0" : "") + fixed(t_s, 3); };
    const Recording rewritten = read(written(with_hole(), writing));
    check_same(read(written(with_hole())), rewritten, 1e-6);
    CHECK(rewritten.start.unix_ns == unix_ns(2024, form.month, form.day_of_month, 18, 10, 0));
  }
}

TEST_CASE("a date with decimal comma beside numbers with decimal comma is read") {
  Writing writing;
  writing.header = "time,acc_x,acc_y,acc_z";
  writing.separator = ';';
  writing.decimal_comma = true;
  writing.time = [](double t_s) { return iso(t_s, ""); };
  check_same(read(written(with_hole())), read(written(with_hole(), writing)), 1e-6);
}

TEST_CASE("a clock without a date runs through midnight") {
  Writing writing;
  writing.header = "time,acc_x,acc_y,acc_z";
  writing.time = [](double t_s) { return t_s < 10.0 ? "23:59:5" + fixed(t_s, 3) : "00:00:" + std::string(t_s < 20.0 ? "0" : "") + fixed(t_s - 10.0, 3); };
  check_same(read(written(with_hole())), read(written(with_hole(), writing)), 1e-6);
}

}  // namespace klono::formats
