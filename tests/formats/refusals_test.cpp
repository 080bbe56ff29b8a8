// What cannot be read or used is refused in one line that says what it is and what to do.

#include <doctest/doctest.h>

#include "base/words.hpp"
#include "formats/reader.hpp"
#include "inputs.hpp"

namespace klono::formats {
namespace {

using namespace inputs;

/// One plain line with advice, and no question where there is nothing to choose.
void check_refusal(const std::string& bytes, ErrorCode code, std::string_view what) {
  const Error error = refusal_of(bytes);
  const std::string line = one_line(error);
  CAPTURE(line);
  CHECK(error.code == code);
  CHECK(error.what == what);
  CHECK_FALSE(error.advice.empty());
  CHECK(line.find('\n') == std::string::npos);
  CHECK_FALSE(error.question.has_value());
}

std::string rows_at(double rate_hz, double seconds = 60.0) { return written(motion(rate_hz, seconds)); }

}  // namespace

TEST_CASE("an empty file is called empty, with or without a mark or blanks in it") {
  for (const std::string bytes : {"", " \r\n\n  ", "\xEF\xBB\xBF"}) check_refusal(bytes, ErrorCode::Empty, word(Word::formats_empty));
}

TEST_CASE("a header without rows holds no rows of numbers") {
  for (const std::string text : {"time_s,acc_x,acc_y,acc_z\n", "\"Time (s)\",\"Acceleration x (m/s^2)\"\n"}) {
    const Error error = refusal_of(text);
    CHECK(error.what == word(Word::formats_no_rows));
    CHECK_FALSE(error.advice.empty());
  }
}

TEST_CASE("words without numbers are no recording") {
  check_refusal("Dear all,\nthe meeting is on Monday.\nPlease bring coffee, tea and milk.\n", ErrorCode::UnknownFormat, word(Word::formats_no_rows));
}

TEST_CASE("activity counts are refused, and the length of their epoch is said") {
  std::string text =
      "------------ Data File Created By ActiGraph GT3X+ ActiLife v6.13.3 Firmware v2.5.0 date format M/d/yyyy Filter Normal -----------\n"
      "Serial Number: TEST\nStart Time 00:00:00\nStart Date 5/7/2024\nEpoch Period (hh:mm:ss) 00:01:00\nDownload Time 16:00:00\n"
      "Download Date 5/8/2024\nCurrent Memory Address: 0\nCurrent Battery Voltage: 4.2     Mode = 12\n"
      "--------------------------------------------------\nAxis1,Axis2,Axis3\n";
  for (int i = 0; i < 60; ++i) text += std::to_string(i * 7 % 200) + "," + std::to_string(i % 50) + ",0\n";
  check_refusal(text, ErrorCode::RefusedFormat, fill(Word::formats_counts, {{"epoch", "00:01:00"}}));
}

TEST_CASE("one value a minute cannot hold a twitch, whoever wrote it") {
  std::string text = "time,activity\n";
  std::string axes = "time,x (g),y (g),z (g)\n";
  for (int i = 0; i < 120; ++i) {
    const std::string minute = "2024-05-07 0" + std::to_string(i / 60) + ":" + (i % 60 < 10 ? "0" : "") + std::to_string(i % 60) + ":00";
    text += minute + "," + std::to_string(i * 31 % 90) + "\n";
    axes += minute + ",0." + std::to_string(1 + i % 3) + ",0.1,-0.9" + std::to_string(i % 7) + "\n";
  }
  check_refusal(text, ErrorCode::RefusedFormat, word(Word::apps_summary_any));
  check_refusal(axes, ErrorCode::TooSlow, fill(Word::formats_too_slow, {{"rate", "0.0"}}));
}

TEST_CASE("a gyroscope alone is no acceleration") {
  Writing writing;
  writing.header = "Time (s),Gyroscope x (rad/s),Gyroscope y (rad/s),Gyroscope z (rad/s)";
  check_refusal(written(motion(), writing), ErrorCode::NoAcceleration, word(Word::formats_no_acceleration));
  writing.header = "time_s,gyro_x,gyro_y,gyro_z";
  check_refusal(written(motion(), writing), ErrorCode::NoAcceleration, word(Word::formats_no_acceleration));
  writing.header = "Time (s),Magnetic Field x (\xC2\xB5T),Magnetic Field y (\xC2\xB5T),Magnetic Field z (\xC2\xB5T)";
  check_refusal(written(motion(), writing), ErrorCode::NoAcceleration, word(Word::formats_no_acceleration));
}

TEST_CASE("fewer than 24.5 readings a second are too slow, and the rate is said") {
  check_refusal(rows_at(10.0), ErrorCode::TooSlow, fill(Word::formats_too_slow, {{"rate", "10.0"}}));
  check_refusal(rows_at(24.4), ErrorCode::TooSlow, fill(Word::formats_too_slow, {{"rate", "24.4"}}));
  CHECK(read(rows_at(24.6)).rate_hz == doctest::Approx(24.6).epsilon(1e-4));
}

TEST_CASE("a slow recording can still be read, only not analysed") {
  CHECK(read(rows_at(10.0)).num_samples() == 600);
}

TEST_CASE("a recording of less than two seconds is too short") {
  check_refusal(rows_at(50.0, 1.0), ErrorCode::Empty, fill(Word::formats_too_short, {{"seconds", "1.0"}}));
}

TEST_CASE("other empatica files are refused with the right one named") {
  std::string text = "1715100946.0\n4.0\n";
  for (int i = 0; i < 60; ++i) text += "31.5\n";
  check_refusal(text, ErrorCode::NoAcceleration, word(Word::formats_empatica_other));
}

TEST_CASE("well-known files that are no readable recordings are called by their kind") {
  const auto refused = [](const std::string& bytes, Word what) { check_refusal(bytes, ErrorCode::RefusedFormat, word(what)); };
  refused("%PDF-1.7\n1 0 obj", Word::formats_refused_pdf);
  refused("\x89PNG\r\n\x1A\n" + std::string(40, '\1'), Word::formats_refused_picture);
  refused("\xFF\xD8\xFF\xE0" + std::string(40, '\1'), Word::formats_refused_picture);
  refused("<!DOCTYPE html>\n<html><body>1,2,3</body></html>", Word::formats_refused_html);
  refused("<html><body>1,2,3</body></html>", Word::formats_refused_html);
  refused("<?xml version=\"1.0\"?><Settings/>", Word::formats_refused_xml);
  refused("SQLite format 3" + std::string(85, '\0'), Word::formats_refused_sqlite);
  refused("RIFF\x10\x10WAVEfmt ", Word::devices_wav_sound);
  refused("GENEA/1.00", Word::formats_refused_genea);
  refused("MATLAB 5.0 MAT-file, Platform", Word::formats_refused_matlab);
  refused("\xD0\xCF\x11\xE0\xA1\xB1", Word::apps_sheet_old);
  refused("\x89HDF\r\n\x1A\n" + std::string(40, '\1'), Word::formats_refused_hdf5);
  refused("<?xml version=\"1.0\"?>\n<!DOCTYPE HealthData [\n<!ELEMENT HealthData ANY>]>\n<HealthData locale=\"de_DE\"/>", Word::apps_health_export);
  refused(std::string(512, ' ') + "MDTC" + std::string(64, '\1'), Word::apps_matrix);
}

TEST_CASE("bytes that are no text and no known file are no recording") {
  std::string bytes;
  for (int i = 0; i < 4000; ++i) bytes += static_cast<char>((i * 37 + i / 7) % 256);
  check_refusal(bytes, ErrorCode::UnknownFormat, word(Word::formats_unknown));
}

TEST_CASE("JSON that is cut, or holds something else, is refused as JSON") {
  check_refusal("[{\"t\":0.0,\"x\":0.1,\"y\":0.2,\"z\":1.0},{\"t\":0.02,\"x\"", ErrorCode::Malformed, word(Word::formats_json_broken));
  check_refusal("{\"name\":\"settings\",\"volume\":3}", ErrorCode::UnknownFormat, word(Word::formats_json_unknown));
}

TEST_CASE("columns that could be anything lead to a question about columns, and the answer is obeyed") {
  Writing writing;
  writing.header = "alpha,beta,gamma,delta";
  const std::string text = written(motion(), writing);
  const Error error = refusal_of(text);
  CHECK(error.code == ErrorCode::NeedsChoice);
  REQUIRE(error.question.has_value());
  CHECK(error.question->kind == Question::Kind::Columns);
  CHECK(error.question->option == "--columns");
  for (const char* answer : {"alpha,beta,gamma,delta", "1,2,3,4"}) {
    ReadOptions options;
    REQUIRE(set_option(options, "columns", answer).ok());
    CHECK(largest_difference(read(text, options), motion()) < 1e-5);
  }
  const Error missing = refusal_of(text, choosing("columns", "alpha,beta,gamma,omega"));
  CHECK(missing.code == ErrorCode::BadSetting);
  CHECK(missing.what.find("omega") != std::string::npos);
}

TEST_CASE("exports of one value an epoch are called summaries, whoever wrote them and in whatever language") {
  std::string actical = "Actical List Export File  (Version 03.00),,,,\nStart Date:,13-May-21,(Thu),,\nEpoch#,Day#,Elapsed,Date,Time,Activity,Steps\n,,Seconds,,,Counts,\n";
  std::string actiwatch = "Actiware-exportbestand (versie 05.00),,,\nVolledige naam:,Niet ingevuld,,\nType Actiwatch:,Spectrum Plus,,\nPeriodelengte:,15,seconden,\nRegel,Datum,Tijd,Activiteit\n";
  std::string band = "\"timestamp\",\"counts\",\"heartRate\",\"steps\",\"sleep\"\n";
  std::string actilife = "Date,Time,Axis1,Axis2,Axis3,Steps\n";
  for (int i = 0; i < 120; ++i) {
    const std::string minute = (i / 60 < 1 ? "00:" : "01:") + std::string(i % 60 < 10 ? "0" : "") + std::to_string(i % 60);
    const std::string count = std::to_string(i * 37 % 700);
    actical += std::to_string(i) + ",1," + std::to_string(60 * (i + 1)) + ",13-May-21," + minute + "," + count + ",0\n";
    actiwatch += std::to_string(i + 1) + ",23/11/2019," + minute + ":00," + count + "\n";
    band += "\"11-05-2022 " + minute + ":00\",\"" + count + "\",\"53\",\"0\",\"1\"\n";
    actilife += "5/7/2024," + minute + ":00," + count + ",3,4,1\n";
  }
  for (const std::string& text : {actical, actiwatch, band, actilife}) check_refusal(text, ErrorCode::RefusedFormat, word(Word::apps_summary_any));
  std::string biobank = "acceleration (mg) - 2014-12-08 10:00:00 - 2014-12-15 09:59:55 - sampleRate = 5 seconds,imputed\n";
  for (int i = 0; i < 300; ++i) biobank += std::to_string(i % 13) + ".2,0\n";
  check_refusal(biobank, ErrorCode::RefusedFormat, fill(Word::apps_summary, {{"epoch", "5 seconds"}}));
}

TEST_CASE("health exports as JSON are called so, and what to record with instead is said") {
  for (const char* text : {"[{\"dateTime\" : \"06/24/95 16:00:00\",\"value\" : \"0\"},{\"dateTime\" : \"06/24/95 16:01:00\",\"value\" : \"44\"}]",
                           "{\"Data Source\":\"derived:com.google.step_count\",\"Data Points\":[{\"fitValue\":[]}]}", "{\"daily_activity\":[{\"steps\":4000}],\"readiness\":[]}"})
    check_refusal(text, ErrorCode::RefusedFormat, word(Word::apps_health_export));
}

TEST_CASE("one axis of three cannot be judged, and all three are asked for") {
  Writing writing;
  std::string text = "timestamp,AccX\n";
  for (const MotionSample& reading : motion()) text += std::to_string(1715100946594 + static_cast<long long>(1000.0 * reading.t_s)) + "," + fixed(reading.axis[0], 6) + "\n";
  check_refusal(text, ErrorCode::NoAcceleration, word(Word::apps_one_axis));
}

TEST_CASE("the list of what can be read names every kind in words") {
  CHECK(format_catalogue().size() >= 13);
  for (const FormatInfo& info : format_catalogue()) {
    CHECK_FALSE(info.name.empty());
    CHECK_FALSE(info.recognised_by.empty());
    CHECK_FALSE(info.notes.empty());
  }
}

}  // namespace klono::formats
