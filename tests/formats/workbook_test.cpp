// Excel workbooks: a zip of XML, read as the text it would be.

#include <doctest/doctest.h>

#include <cmath>

#include "base/words.hpp"
#include "formats/reader.hpp"
#include "formats/workbook.hpp"
#include "formats/xml_pull.hpp"
#include "inputs.hpp"

namespace klono::formats {
namespace {

using namespace inputs;

/// Texts are shared or stand in their cells; numbers keep all their digits.
struct Book {
  bool shared = true;
  std::vector<std::string> texts;
  std::vector<std::pair<std::string, std::string>> sheets;  ///< name, rows

  std::string text(const std::string& value) {
    if (!shared) return " t=\"inlineStr\"><is><t>" + value + "</t></is></c>";
    texts.push_back(value);
    return " t=\"s\"><v>" + std::to_string(texts.size() - 1) + "</v></c>";
  }

  std::string zip() const {
    std::string workbook = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<workbook xmlns:r=\"r\"><sheets>";
    std::string relations = "<Relationships>";
    std::vector<Member> members{{"[Content_Types].xml", "<Types/>"}};
    for (std::size_t i = 0; i < sheets.size(); ++i) {
      const std::string id = std::to_string(i + 1);
      workbook += "<sheet name=\"" + sheets[i].first + "\" sheetId=\"" + id + "\" r:id=\"rId" + id + "\"/>";
      relations += "<Relationship Id=\"rId" + id + "\" Type=\"worksheet\" Target=\"worksheets/blatt" + id + ".xml\"/>";
      members.push_back({"xl/worksheets/blatt" + id + ".xml", "<worksheet><!-- made by hand --><sheetData>" + sheets[i].second + "</sheetData></worksheet>"});
    }
    members.push_back({"xl/workbook.xml", workbook + "</sheets></workbook>"});
    members.push_back({"xl/_rels/workbook.xml.rels", relations + "</Relationships>"});
    members.push_back({"xl/styles.xml", "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd hh:mm:ss.000\"/><numFmt numFmtId=\"165\" formatCode=\"[Red]0.00&quot;days&quot;\"/></numFmts>"
                                        "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>"});
    std::string strings = "<sst>";
    for (const std::string& value : texts) strings += "<si><r><t>" + value.substr(0, 2) + "</t></r><r><t>" + value.substr(2) + "</t></r><rPh><t>sound</t></rPh></si>";
    members.push_back({"xl/sharedStrings.xml", strings + "</sst>"});
    return zipped(members);
  }
};

std::string sheet_of(Book& book, const std::vector<MotionSample>& readings, const std::vector<std::string>& names, double factor, bool dated = false) {
  std::string rows = "<row r=\"1\">";
  for (std::size_t c = 0; c < names.size(); ++c) rows += std::string("<c r=\"") + static_cast<char>('A' + c) + "1\"" + book.text(names[c]);
  rows += "</row>\n";
  int row = 2;
  for (const MotionSample& reading : readings) {
    const std::string number = std::to_string(row++);
    char day[40];
    std::snprintf(day, sizeof day, "%.12f", 45419.5 + reading.t_s / 86400.0);  // 2024-05-07 12:00
    rows += "<row r=\"" + number + "\"><c r=\"A" + number + "\"" + (dated ? " s=\"1\"" : "") + "><v>" + (dated ? day : fixed(reading.t_s, 6)) + "</v></c>";
    for (std::size_t k = 0; k < 3; ++k)
      rows += std::string("<c r=\"") + static_cast<char>('B' + k) + number + "\" s=\"2\"><f>SUM(A1,1)</f><v>" + fixed(factor * reading.axis[k], 9) + "</v></c>";
    rows += "</row>";
  }
  return rows;
}

const std::vector<std::string> kPhyphox{"Time (s)", "Acceleration x (m/s^2)", "Acceleration y (m/s^2)", "Acceleration z (m/s^2)"};
const std::vector<std::string> kLinear{"Time (s)", "Linear Acceleration x (m/s^2)", "Linear Acceleration y (m/s^2)", "Linear Acceleration z (m/s^2)"};

}  // namespace

TEST_CASE("phyphox as a workbook: the sheet with gravity, its pauses, texts shared or in their cells") {
  for (const bool shared : {true, false}) {
    Book book;
    book.shared = shared;
    book.sheets.emplace_back("Linear Accelerometer", sheet_of(book, scaled(motion(), 0.1), kLinear, kGravity_m_s2));
    book.sheets.emplace_back("Accelerometer", sheet_of(book, motion(), kPhyphox, kGravity_m_s2));
    std::string times = "<row r=\"1\">";
    for (const char* name : {"event", "experiment time", "system time"}) times += "<c" + book.text(name);
    times += "</row><row r=\"2\"><c" + book.text("START") + "<c><v>0</v></c><c><v>1715100946.594</v></c></row><row r=\"3\"><c" + book.text("PAUSE") + "<c><v>8.0</v></c><c><v>1715100954.594</v></c></row>";
    times += "<row r=\"4\"><c" + book.text("START") + "<c><v>8.0</v></c><c><v>1715100984.594</v></c></row>";
    book.sheets.emplace_back("Metadata Time", times);
    const Recording recording = read(book.zip());
    CHECK(recording.format == word(Word::apps_name_phyphox_xlsx));
    CHECK(largest_difference(recording, motion()) < 1e-6);
    CHECK(recording.has_gravity);
    REQUIRE(recording.gaps.size() == 1);
    CHECK(recording.gaps[0].span.length_s() == doctest::Approx(30.0).epsilon(0.001));
    CHECK(recording.start.basis == ClockBasis::Utc);
  }
}

TEST_CASE("days of a workbook are dates and times") {
  Book book;
  book.sheets.emplace_back("Tabelle1", sheet_of(book, motion(), {"Zeit", "x (g)", "y (g)", "z (g)"}, 1.0, true));
  const Recording recording = read(book.zip());
  CHECK(recording.format == word(Word::apps_name_xlsx));
  check_motion(recording, 1e-6);
  CHECK(recording.start.basis == ClockBasis::Local);
  CHECK(std::abs(recording.start.unix_ns - unix_ns(2024, 5, 7, 12, 0, 0)) < 1'000'000);
}

TEST_CASE("of several sheets with acceleration a person chooses one by its name") {
  Book book;
  book.sheets.emplace_back("left &amp; slow", sheet_of(book, motion(), kPhyphox, kGravity_m_s2));
  book.sheets.emplace_back("right", sheet_of(book, scaled(motion(), -1.0), kPhyphox, kGravity_m_s2));
  const Error error = refusal_of(book.zip());
  REQUIRE(error.question.has_value());
  CHECK(error.question->suggestions == "left & slow\nright\n");
  CHECK(largest_difference(read(book.zip(), choosing("member", "right")), scaled(motion(), -1.0)) < 1e-6);
  CHECK(refusal_of(book.zip(), choosing("member", "middle")).code == ErrorCode::BadSetting);
}

TEST_CASE("a workbook without acceleration says so") {
  Book book;
  book.sheets.emplace_back("Magnetometer", sheet_of(book, motion(), {"Time (s)", "Magnetic field x (uT)", "Magnetic field y (uT)", "Magnetic field z (uT)"}, 1.0));
  CHECK(refusal_of(book.zip()).code == ErrorCode::NoAcceleration);
}

TEST_CASE("cells that are missing or wrong are no numbers, and cells beyond any table are left out") {
  const auto parts = std::make_shared<const WorkbookParts>();
  const std::string xml = "<sheetData><row><c r=\"B1\"><v>2</v></c><c r=\"D1\" t=\"e\"><v>#DIV/0!</v></c><c r=\"XFD1\"><v>9</v></c></row>"
                          "<row/><row><c t=\"inlineStr\"><is><t>a &lt;b&gt; &#228;&quot;</t></is></c><c/><c t=\"str\"><v>7.5</v></c><c t=\"s\"><v>4</v></c></row></sheetData>";
  const std::shared_ptr<const ByteSource> text = sheet_text(source_of(xml), parts);
  std::vector<std::byte> bytes(4096);
  const Result<std::size_t> got = text->read_at(0, bytes);
  REQUIRE(got.ok());
  CHECK(std::string(reinterpret_cast<const char*>(bytes.data()), got.value()) == "\t2\t\tNaN\n\n\"a <b> \xC3\xA4 \"\t\t7.5\t\n");
  std::vector<std::byte> part(3);
  REQUIRE(text->read_at(2, part).ok());
  CHECK(std::string(reinterpret_cast<const char*>(part.data()), 3) == "\t\tN");
}

TEST_CASE("a damaged workbook ends in words, wherever it is cut") {
  Book book;
  book.sheets.emplace_back("Accelerometer", sheet_of(book, motion(50.0, 4.0), kPhyphox, kGravity_m_s2));
  const std::string sheet = "<worksheet><sheetData>" + book.sheets[0].second + "</sheetData></worksheet>";
  const auto parts = std::make_shared<const WorkbookParts>(WorkbookParts{book.texts, {}, false});
  for (std::size_t length = 0; length < sheet.size(); length += 97) {
    const std::shared_ptr<const ByteSource> text = sheet_text(source_of(sheet.substr(0, length)), parts);
    std::vector<std::byte> bytes(1 << 16);
    const Result<std::size_t> got = text->read_at(0, bytes);
    if (!got.ok()) CHECK(got.error().code == ErrorCode::Malformed);
  }
  for (std::string xml : {"<?xml", "<!DOCTYPE lolz [<!ENTITY a \"b\">]><a/>", "<a b=\"", "<![CDATA[", "<!--"}) {
    XmlPull pull(source_of(xml));
    Result<XmlPull::Part> part = pull.next();
    while (part.ok() && part.value() != XmlPull::Part::Done) part = pull.next();
    CHECK_FALSE(part.ok());
  }
}

TEST_CASE("tags of XML are found whatever stands between them, and broken ones end the text") {
  XmlPull pull(source_of("text <a:one x='1' y = \"a > b &lt;\" /> <!-- <no/> --> <?xml?> <!DOCTYPE two> <two>three</two> <broken x="));
  const auto next_tag = [&] {
    Result<XmlPull::Part> part = pull.next();
    while (part.ok() && part.value() == XmlPull::Part::Text) part = pull.next();
    return part;
  };
  REQUIRE(next_tag().value() == XmlPull::Part::Begin);
  CHECK(pull.name() == "one");
  CHECK(pull.attribute("x") == "1");
  CHECK(pull.attribute("y") == "a > b <");
  REQUIRE(next_tag().value() == XmlPull::Part::End);
  REQUIRE(next_tag().value() == XmlPull::Part::Begin);
  CHECK(pull.name() == "two");
  REQUIRE(next_tag().value() == XmlPull::Part::End);
  CHECK(pull.name() == "two");
  CHECK_FALSE(next_tag().ok());
}

TEST_CASE("XML is walked through: prefixes, quotes, sections, entities across the ends of blocks") {
  std::string xml = "\xEF\xBB\xBF<?xml version=\"1.0\"?><x:a k='1>2' r:id=\"&amp;\"><![CDATA[<raw>]]></x:a><long>";
  for (int i = 0; i < 40000; ++i) xml += "&lt;" + std::string(static_cast<std::size_t>(i % 7), 'y');
  xml += "</long>";
  XmlPull pull(source_of(xml));
  REQUIRE(pull.next().value() == XmlPull::Part::Begin);
  CHECK(pull.name() == "a");
  CHECK(pull.attribute("k") == "1>2");
  CHECK(pull.attribute("r:id") == "&");
  REQUIRE(pull.next().value() == XmlPull::Part::Text);
  CHECK(pull.text() == "<raw>");
  REQUIRE(pull.next().value() == XmlPull::Part::End);
  REQUIRE(pull.next().value() == XmlPull::Part::Begin);
  std::string all;
  Result<XmlPull::Part> part = pull.next();
  for (; part.ok() && part.value() == XmlPull::Part::Text; part = pull.next()) all += pull.text();
  CHECK(part.ok());
  CHECK(std::count(all.begin(), all.end(), '<') == 40000);
  CHECK(all.find('&') == std::string::npos);
}

}  // namespace klono::formats
