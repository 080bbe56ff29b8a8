// Plain rows are read by a faster reader: whatever a file holds, both give the same table bit for bit.

#include <doctest/doctest.h>

#include <cstring>

#include "formats/reader.hpp"
#include "inputs.hpp"

namespace klono::formats {
namespace {

using namespace inputs;

template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

ReadOptions general(ReadOptions options) {
  options.fast_text = false;
  return options;
}

/// Rows of the faster way; -1 where both refuse with the same words.
std::int64_t check_same(const std::string& bytes, const ReadOptions& options = {}) {
  const Result<RawTable> fast = read_table(source_of(bytes), options);
  const Result<RawTable> slow = read_table(source_of(bytes), general(options));
  REQUIRE(fast.ok() == slow.ok());
  if (!fast.ok()) {
    CHECK(one_line(fast.error()) == one_line(slow.error()));
    CHECK(fast.error().line == slow.error().line);
    return -1;
  }
  const RawTable& a = fast.value();
  const RawTable& b = slow.value();
  CHECK(a.format == b.format);
  CHECK(same_bits(a.time.seconds, b.time.seconds));
  CHECK(a.time.first_in_file_s == b.time.first_in_file_s);
  CHECK(a.time.whole_seconds == b.time.whole_seconds);
  CHECK(a.start.basis == b.start.basis);
  CHECK(a.start.unix_ns == b.start.unix_ns);
  CHECK(a.start.offset_min == b.start.offset_min);
  REQUIRE(a.columns.size() == b.columns.size());
  for (std::size_t c = 0; c < a.columns.size(); ++c) {
    CHECK(a.columns[c].unit == b.columns[c].unit);
    CHECK(same_bits(a.columns[c].values, b.columns[c].values));
  }
  REQUIRE(a.warnings.size() == b.warnings.size());
  for (std::size_t w = 0; w < a.warnings.size(); ++w) CHECK(a.warnings[w].message == b.warnings[w].message);
  return a.num_rows();
}

/// Numbers that anyone may write down again: no library's generator, whose rows may differ.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t limit) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state_ >> 33) % limit;
  }
  template <class T>
  const T& of(const std::vector<T>& choices) {
    return choices[below(choices.size())];
  }

 private:
  std::uint64_t state_;
};

const std::vector<std::string> kOddNumbers{"1e5",  "-.5",   "5.",     "+3",    "+-3",   "007",   "1E+05", "1.5e-3", "1e",    "1e+",   "-",     ".",     "",        "nan",
                                           "NaN",  "inf",   "-inf",   "-0",    "-0.0",  "0x10",  "1e400", "1e-400", "4.35E-5", "  7",  "7  ",   "\t7",   "\"7\"",   "7a",
                                           "7 7",  "--7",   "1.2.3",  "12345678901234567",       "9007199254740993", "123456789012345678901", "0.12345678901234567890",
                                           "0.1234567890123456", "1234567.1234567", "99999999.99999999", "0.000000000000000000000001", "1e22", "1e23", "1.7976931348623157e308",
                                           "\xE2\x88\x92" "5", "5\xC2\xA0", "\xE2\x88\x9E", "1'000", "1e0005", "-1.5E-0003", "2.5E+2"};

std::string row_of(const std::vector<std::string>& fields, char separator) {
  std::string row;
  for (std::size_t i = 0; i < fields.size(); ++i) row += (i > 0 ? std::string(1, separator) : "") + fields[i];
  return row;
}

std::string plain_number(Chance& chance, bool comma) {
  std::string text = chance.below(2) == 0 ? "-" : "";
  text += std::to_string(chance.below(20)) + (comma ? "," : ".");
  for (std::size_t k = 1 + chance.below(9); k > 0; --k) text += static_cast<char>('0' + chance.below(10));
  return text;
}

}  // namespace

TEST_CASE("both readers agree on every separator, mark, quote, line end and encoding") {
  for (const auto& [separator, comma] : {std::pair<char, bool>{',', false}, {';', false}, {';', true}, {'\t', false}, {'\t', true}, {'|', false}, {' ', false}}) {
    for (const std::string line_end : {"\n", "\r\n", "\r"}) {
      for (const bool quoted : {false, true}) {
        for (const std::string& trailing : {std::string(), std::string(1, separator), std::string("  ")}) {
          Writing writing;
          writing.separator = separator;
          writing.decimal_comma = comma;
          writing.line_end = line_end;
          writing.quoted = quoted;
          writing.trailing = trailing;
          const std::string text = written(motion(50.0, 3.0), writing);
          CHECK(check_same(text) == 150);
          CHECK(check_same("\xEF\xBB\xBF" + text) == 150);
          CHECK(check_same(utf16(text, false, true)) == 150);
          CHECK(check_same("# Gr\xF6\xDF" "e\n" + text) == 150);
        }
      }
    }
  }
}

TEST_CASE("both readers agree on numbers of every form, wherever they stand") {
  for (const bool comma : {false, true}) {
    const char separator = comma ? ';' : ',';
    for (const std::string& odd : kOddNumbers) {
      std::string number = odd;
      if (comma)
        for (char& c : number) c = c == '.' ? ',' : c;
      for (std::size_t place = 0; place < 4; ++place) {
        CAPTURE(number);
        CAPTURE(place);
        Chance chance(7);
        std::string text = row_of({"time_s", "acc_x", "acc_y", "acc_z"}, separator) + "\n";
        for (int i = 0; i < 40; ++i) {
          std::vector<std::string> fields{fixed(0.02 * i, 3), plain_number(chance, comma), plain_number(chance, comma), plain_number(chance, comma)};
          if (comma) fields[0][fields[0].find('.')] = ',';
          if (i % 8 == 5) fields[place] = number;
          text += row_of(fields, separator) + "\n";
        }
        check_same(text, choosing("unit", "g"));
      }
    }
  }
}

TEST_CASE("both readers agree on files of odd rows, by chance") {
  const std::vector<std::string> odd_rows{"", " ", "#", "# 1,2,3,4", ",,,", "1,2,3", "1,2,3,4,5,6", "x", "\"a,b\",1,2,3", "1,2,3,4,", "1,2,3,4, ", "1,2,3,4,,", ",1,2,3", "1;2;3;4"};
  std::int64_t most = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    Chance chance(seed);
    const bool extra = chance.below(2) == 0;
    std::string text = extra ? "label,time_s,acc_x,acc_y,acc_z\n" : "time_s,acc_x,acc_y,acc_z\n";
    const std::size_t oddness = chance.below(40);
    const std::string line_end = chance.of(std::vector<std::string>{"\n", "\r\n", "\r"});
    for (int i = 0; i < 200; ++i) {
      std::vector<std::string> fields{fixed(0.02 * i, 4), plain_number(chance, false), plain_number(chance, false), plain_number(chance, false)};
      if (extra) fields.insert(fields.begin(), chance.of(std::vector<std::string>{"a", "b c", "7", "-", "\"q\""}));
      if (chance.below(100) < oddness) fields[chance.below(fields.size())] = chance.of(kOddNumbers);
      text += chance.below(100) * 3 < oddness ? chance.of(odd_rows) : row_of(fields, ',');
      text += chance.below(60) == 0 ? chance.of(std::vector<std::string>{"\n", "\r\n", "\r", "\n\n", "\r\r\n"}) : line_end;
    }
    if (chance.below(3) == 0) text.resize(text.size() - chance.below(60));
    most = std::max(most, check_same(text, choosing("unit", "g")));
  }
  CHECK(most > 150);
}

TEST_CASE("both readers agree wherever a file is cut") {
  const std::string text = written(motion(50.0, 1.2));
  for (std::size_t length = text.size() - 90; length <= text.size(); ++length) check_same(text.substr(0, length));
}

TEST_CASE("both readers agree on written times: days that end, zones, fractions of any length") {
  const std::vector<std::string> times{"2024-05-07 23:59:59.9%", "2024-05-07T23:59:59.9%Z", "2024-05-07T23:59:59,9%+02:00", "2024-05-07 23:59:59:9%", "2024/05/07 23:59:59.9%1234567", "2024-05-07 23:59:59.9% +0200",
                                       "2024-05-07 23:59:59.9% UTC+02:00", "2024-05-07 11:59:59.9% PM", "07.05.2024 23:59:59.9%", "5/7/2024 23:59:59.9%", "23:59:59.9%", "2024-05-07 23:59:%", "2024-05-07 24:00:00.%",
                                       "2024-05-07 23:59:60.%", "2024-05-07 23:61:00.%", "2024-05-07  23:59:59.9%", " 2024-05-07 23:59:59.9% ", "2024-05-07 23:59:59.%%%%%%", "1970-01-01 00:00:00.9%"};
  for (const std::string& form : times) {
    CAPTURE(form);
    for (const char separator : {';', ',', '\t'}) {
      std::string text = row_of({"time", "acc_x", "acc_y", "acc_z"}, separator) + "\n";
      for (int i = 0; i < 90; ++i) {
        std::string time = form;
        for (std::size_t at = time.find('%'); at != std::string::npos; at = time.find('%')) time.replace(at, 1, (i < 10 ? "0" : "") + std::to_string(i));
        if (i > 60) {
          if (const std::size_t day = time.find("05-07"); day != std::string::npos) time.replace(day, 5, "05-08");
        }
        if (i > 80 && time.ends_with("Z")) time.back() = 'z';
        text += row_of({time, "0.1", "0.2", "-0.9"}, separator) + "\n";
      }
      check_same(text);
    }
  }
}

TEST_CASE("both readers agree on stamps of any size") {
  for (const std::string first : {"0", "-40", "1715100946", "1715100946.594", "1715100946594", "1715100946594000001", "-1715100946594000001", "99999999999999999999", "1.7151E+18", "12345678901234567.25", "0.000001"}) {
    CAPTURE(first);
    std::string text = "time,acc_x,acc_y,acc_z\n";
    for (int i = 0; i < 60; ++i) text += (i % 20 == 7 ? "1715100946" + fixed(0.02 * i, 3).substr(1) : first + (first.find('.') != std::string::npos ? "" : std::to_string(10 + i % 90))) + ",0.1,0.2,-0.9\n";
    check_same(text);
  }
}

TEST_CASE("a file of many blocks has all its rows, in order") {
  Writing writing;
  writing.time = [](double t_s) { return fixed(1551178506.0 + t_s, 4); };
  const std::string text = written(motion(100.0, 300.0), writing);
  REQUIRE(text.size() > 1u << 20);
  CHECK(check_same(text) == 30000);
  CHECK(largest_difference(read(text), motion(100.0, 300.0)) < 2e-5);
}

}  // namespace klono::formats
