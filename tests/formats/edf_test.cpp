// EDF, EDF+, BDF: channels at their own rates, interruptions, annotations, and headers other programs refuse.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/file_source.hpp"
#include "base/words.hpp"
#include "clinical_inputs.hpp"
#include "formats/edf_annotations.hpp"
#include "formats/number_text.hpp"
#include "formats/reader.hpp"
#include "formats/recording_from_table.hpp"
#include "formats/table_summary.hpp"
#include "inputs.hpp"

namespace klono::formats {
namespace {

using namespace inputs;

/// A wave with a different phase on each channel, in digital steps.
std::function<int(std::int64_t)> wave(double amplitude, double period, double offset = 0.0) {
  return [=](std::int64_t i) { return static_cast<int>(std::lround(offset + amplitude * std::sin(6.283185307179586 * static_cast<double>(i) / period))); };
}

/// Acceleration of 50 Hz in mg, 0.5 mg a step, lying still with z up.
std::vector<EdfTestSignal> axes() {
  return {{"Accelerometer_X", "mg", 50, -4000, 4000, -8000, 8000, wave(40, 37)},
          {"Accelerometer_Y", "mg", 50, -4000, 4000, -8000, 8000, wave(30, 51)},
          {"Accelerometer_Z", "mg", 50, -4000, 4000, -8000, 8000, wave(20, 29, 2000)}};
}

EdfTestSignal muscle(std::string label = "EMG TIB L", int count = 500, std::string unit = "mV") {
  return {std::move(label), std::move(unit), count, -5, 5, -32768, 32767, wave(9000, 11)};
}

EdfWriting sleep_night() {
  EdfWriting writing;
  writing.signals = axes();
  writing.signals.push_back({"EEG Fpz-Cz", "uV", 100, -200, 200, -2048, 2047, wave(900, 17)});
  writing.signals.push_back(muscle());
  return writing;
}

std::string inspected(const std::string& bytes) {
  const Result<RawTable> table = read_table(source_of(bytes), {});
  REQUIRE(table.ok());
  return inspect_json(table.value(), {});
}

std::vector<std::string> warnings_of(const Recording& recording) {
  std::vector<std::string> codes;
  for (const Warning& warning : recording.warnings) codes.push_back(warning.code);
  return codes;
}

Recording must_read(const std::string& bytes, const ReadOptions& options = {}) {
  Result<Recording> recording = try_read(bytes, options);
  if (!recording) FAIL(one_line(recording.error()));
  return std::move(recording).value();
}

}  // namespace

TEST_CASE("acceleration is the recording, in g, and EMG of its own rate lies beside it in microvolts") {
  const Recording recording = must_read(edf(sleep_night()));
  CHECK(recording.format == "EDF");
  CHECK(recording.warnings.empty());
  REQUIRE(recording.channels.size() == 3);
  CHECK(recording.rate_hz == 50.0);
  CHECK(recording.num_samples() == 200);
  CHECK(recording.duration_s() == doctest::Approx(4.0));
  CHECK(recording.range_g == doctest::Approx(4.0));
  CHECK(recording.has_gravity);
  CHECK(recording.start.basis == ClockBasis::Local);
  CHECK(recording.start.unix_ns == unix_ns(2024, 5, 7, 22, 30, 15));
  for (std::size_t k = 0; k < 3; ++k) {
    const std::vector<float> samples = samples_of(recording, k);
    const EdfTestSignal signal = axes()[k];
    for (std::int64_t i = 0; i < 200; ++i) CHECK(samples[static_cast<std::size_t>(i)] == doctest::Approx(0.0005 * signal.digital(i)).epsilon(1e-6));
  }
  REQUIRE(recording.emg != nullptr);
  const Recording& emg = *recording.emg;
  REQUIRE(emg.channels.size() == 1);
  CHECK(emg.channels[0].role == ChannelRole::Emg);
  CHECK(emg.channels[0].unit == "uV");
  CHECK(emg.channels[0].unit_in_file == "mV");
  CHECK(emg.rate_hz == 500.0);
  CHECK(emg.num_samples() == 2000);
  CHECK(emg.start.unix_ns == recording.start.unix_ns);
  const std::vector<float> samples = samples_of(emg, 0);
  const double step_uv = 10000.0 / 65535.0;
  for (std::int64_t i = 0; i < 2000; i += 7)
    CHECK(samples[static_cast<std::size_t>(i)] == doctest::Approx(-5000.0 + step_uv * (muscle().digital(i) + 32768)).epsilon(1e-5));
}

TEST_CASE("a window of the samples is the same wherever it lies") {
  const Recording recording = must_read(edf(sleep_night()));
  const std::vector<float> whole = samples_of(*recording.emg, 0);
  for (const std::int64_t begin : {1700, 0, 499, 500, 501, 1234})
    for (const std::size_t size : {1U, 2U, 300U}) {
      std::vector<float> part(size);
      const std::vector<std::span<float>> into{part};
      recording.emg->stored->read(begin, into);
      CHECK(std::equal(part.begin(), part.end(), whole.begin() + begin));
    }
  std::vector<float> beyond(10);
  const std::vector<std::span<float>> into{beyond};
  recording.emg->stored->read(1995, into);
  CHECK(beyond[4] == whole[1999]);
  CHECK(std::isnan(beyond[5]));
}

TEST_CASE("a record of more samples than a packet holds is read whole") {
  EdfWriting writing;
  writing.record_s = "140";
  writing.num_records = 2;
  writing.signals = {muscle("Chin", 140000, "uV")};
  const Recording recording = must_read(edf(writing));
  CHECK(recording.num_samples() == 280000);
  CHECK(recording.rate_hz == 1000.0);
  const std::vector<float> samples = samples_of(recording, 0);
  for (std::int64_t i = 0; i < 280000; i += 4999)
    CHECK(samples[static_cast<std::size_t>(i)] == doctest::Approx(-5.0 + 10.0 / 65535.0 * (muscle().digital(i) + 32768)).epsilon(1e-4));
}

TEST_CASE("interrupted records become stretches with gaps between them, for acceleration and EMG alike") {
  EdfWriting writing = sleep_night();
  writing.kind = "EDF+D";
  writing.num_records = 6;
  writing.notes = {tal("+0.25"), tal("+1.25"), tal("+2.25"), tal("+62.75"), tal("+63.75"), tal("+64.85")};
  const Recording recording = must_read(edf(writing));
  CHECK(recording.format == "EDF+ with interruptions");
  CHECK(recording.start.unix_ns == unix_ns(2024, 5, 7, 22, 30, 15) + 250'000'000);
  for (const Recording* one : {&recording, recording.emg.get()}) {
    REQUIRE(one->segments.size() == 3);
    const auto a_second = static_cast<std::int64_t>(one->rate_hz);
    CHECK(one->segments[0].count == 3 * a_second);
    CHECK(one->segments[1].first_index == 3 * a_second);
    CHECK(one->segments[1].count == 2 * a_second);
    CHECK(one->segments[1].start_s == doctest::Approx(62.5));
    CHECK(one->segments[2].start_s == doctest::Approx(64.6));
    REQUIRE(one->gaps.size() == 2);
    CHECK(one->gaps[0].span.begin_s == doctest::Approx(3.0));
    CHECK(one->gaps[0].span.end_s == doctest::Approx(62.5));
    CHECK(one->gaps[1].span.end_s - one->gaps[1].span.begin_s == doctest::Approx(0.1));
    CHECK(one->gaps[0].reason == GapReason::Missing);
  }
}

TEST_CASE("a short interruption between long records is a gap too, and records that follow each other have none") {
  EdfWriting writing;
  writing.kind = "EDF+D";
  writing.record_s = "30";
  writing.signals = {muscle("Leg/R", 30 * 200, "uV")};
  writing.notes = {tal("+0"), tal("+30"), tal("+61.5"), tal("+91.5")};
  const Recording recording = must_read(edf(writing));
  REQUIRE(recording.gaps.size() == 1);
  CHECK(recording.gaps[0].span.begin_s == doctest::Approx(60.0));
  CHECK(recording.gaps[0].span.end_s == doctest::Approx(61.5));
  CHECK(recording.rate_hz == doctest::Approx(200.0));
  writing.notes = {tal("+0"), tal("+30"), tal("+60"), tal("+90")};
  CHECK(must_read(edf(writing)).gaps.empty());
  writing.notes = {tal("+0"), "", tal("+60"), ""};
  const Recording untold = must_read(edf(writing));
  CHECK(untold.gaps.empty());
  CHECK(has_warning(untold, "record-starts"));
}

TEST_CASE("annotations keep their times, lengths and texts; the first record may begin within a second") {
  EdfWriting writing;
  writing.kind = "EDF+C";
  writing.signals = {muscle("EMG", 500, "uV")};
  writing.notes = {tal("+0.3945312") + tal("+1.5", {"Limb movement", "left"}, "0.75"), tal("+1.3945312") + tal("-2", {"Lights off"}),
                   tal("+2.3945312") + tal("+2.9", {"M\xFC" "de"}) + tal("+3", {"\xE2\x98\xBE"}), tal("+3.3945312")};
  const Recording recording = must_read(edf(writing));
  CHECK(recording.format == "EDF+");
  CHECK(recording.start.unix_ns == unix_ns(2024, 5, 7, 22, 30, 15) + 394'531'200);
  CHECK(recording.segments.size() == 1);
  REQUIRE(recording.annotations.size() == 5);
  CHECK(recording.annotations[0].text == "Lights off");
  CHECK(recording.annotations[0].at_s == doctest::Approx(-2.3945312));
  CHECK(recording.annotations[1].text == "Limb movement");
  CHECK(recording.annotations[1].at_s == doctest::Approx(1.1054688));
  CHECK(recording.annotations[1].duration_s == 0.75);
  CHECK(recording.annotations[2].text == "left");
  CHECK(recording.annotations[3].text == "M\xC3\xBC" "de");
  CHECK(recording.annotations[4].text == "\xE2\x98\xBE");
}

TEST_CASE("lists of annotations at the edge of what is allowed are read, and others are counted") {
  const auto notes_of = [](const std::string& bytes, bool keeps_time = true) {
    EdfNotes notes;
    read_edf_annotations(std::as_bytes(std::span(bytes)), keeps_time, notes);
    return notes;
  };
  CHECK(notes_of("").start_s == std::nullopt);
  CHECK(notes_of(std::string(40, '\0')).broken == 0);
  CHECK(notes_of(tal("+567")).start_s == 567.0);
  CHECK(notes_of(tal("+567"), false).start_s == std::nullopt);
  CHECK(notes_of("+567\x14").start_s == 567.0);
  CHECK(notes_of(tal("+567", {"", "Start"})).annotations.size() == 1);
  CHECK(notes_of(tal("+567", {"Start"})).start_s == std::nullopt);
  CHECK(notes_of(tal("+1") + std::string("+2\x14" "no mark at the end")).annotations.at(0).text == "no mark at the end");
  CHECK(notes_of(tal("+1", {std::string("two\r\nlines\x07")})).annotations.at(0).text == "two  lines ");
  CHECK(notes_of(tal("+1", {std::string(500, 'a')})).annotations.at(0).text.size() == 200);
  std::string wide;
  while (wide.size() < 400) wide += "\xE2\x98\xBE";
  const std::string cut = notes_of(tal("+1", {wide})).annotations.at(0).text;
  CHECK(cut.size() <= 200);
  CHECK(cut.size() % 3 == 0);
  for (const std::string bad : {"words\x14text\x14", "+1\x15words\x14text\x14", "+nan\x14text\x14", "+1e300\x14text\x14", "+1 without a mark", "\x14text\x14"}) {
    CAPTURE(bad);
    const EdfNotes notes = notes_of(tal("+0") + bad);
    CHECK(notes.broken == 1);
    CHECK(notes.annotations.empty());
    CHECK(notes.start_s == 0.0);
  }
}

TEST_CASE("a file of annotations alone can be looked at, and is refused as a recording") {
  EdfWriting writing;
  writing.kind = "EDF+C";
  writing.record_s = "0";
  writing.num_records = 1;
  writing.notes = {tal("+0") + tal("+0", {"Sleep stage W"}, "30630") + tal("+30630", {"Sleep stage 1"}, "120")};
  const std::string bytes = edf(writing);
  const std::string text = inspected(bytes);
  CHECK(contains(text, "\"annotations_in_file\": 2"));
  CHECK(contains(text, "Sleep stage 1"));
  CHECK(contains(text, "\"analysable\": false"));
  const Error error = refusal_of(bytes);
  CHECK(error.code == ErrorCode::NoAcceleration);
  CHECK(error.what == word(Word::clinical_edf_annotations_only));
}

TEST_CASE("in plain EDF a channel called annotations is an ordinary one") {
  EdfWriting writing = sleep_night();
  writing.notes = {tal("+0", {"Hello"})};
  const std::string text = inspected(edf(writing));
  CHECK(contains(text, "\"name\": \"EDF Annotations\""));
  CHECK(contains(text, "\"annotations_in_file\": 0"));
}

TEST_CASE("what strict readers refuse is read, and the warning tells what was off") {
  const std::vector<float> right = samples_of(must_read(edf(sleep_night())), 1);
  const auto check_read = [&](const std::string& bytes, std::string_view code, std::size_t records = 4) {
    CAPTURE(code);
    const Recording recording = must_read(bytes);
    CHECK(warnings_of(recording) == std::vector<std::string>{std::string(code)});
    const std::vector<float> samples = samples_of(recording, 1);
    REQUIRE(samples.size() == records * 50);
    CHECK(std::equal(samples.begin(), samples.end(), right.begin()));
  };
  EdfWriting writing = sleep_night();
  const auto changed = [&](auto change) {
    EdfWriting other = writing;
    change(other);
    return edf(other);
  };
  check_read(changed([](EdfWriting& w) { w.time = "22:30:15"; }), "time-marks");
  check_read(changed([](EdfWriting& w) { w.date = "07-05-24"; }), "time-marks");
  check_read(changed([](EdfWriting& w) { w.date = "XX.XX.XX"; }), "no-date");
  check_read(changed([](EdfWriting& w) { w.date = "31.02.24"; }), "no-date");
  check_read(changed([](EdfWriting& w) { w.person = "M\xFCller"; }), "header-characters");
  check_read(changed([](EdfWriting& w) { w.signals[3].unit = "\xB5V"; }), "header-characters");
  check_read(changed([](EdfWriting& w) { w.records = "-1"; }), "records-unknown");
  check_read(changed([](EdfWriting& w) { w.records = "0"; }), "records-unknown");
  check_read(changed([](EdfWriting& w) { w.records = "many"; }), "records-unknown");
  check_read(changed([](EdfWriting& w) { w.records = "900000"; }), "records-fewer");
  check_read(changed([](EdfWriting& w) { w.records = "3"; }), "records-more");
  check_read(edf(writing) + "left over", "trailing-bytes");
  check_read(edf(writing).substr(0, edf(writing).size() - 1), "records-fewer", 3);
  check_read(changed([](EdfWriting& w) { w.header_bytes = "256"; }), "header-size");
  check_read(changed([](EdfWriting& w) { w.signals[3].high = w.signals[3].low; }), "physical-range");
  check_read(changed([](EdfWriting& w) { w.signals[3].digital_high = w.signals[3].digital_low; }), "physical-range");
  check_read(changed([](EdfWriting& w) { std::swap(w.signals[3].digital_low, w.signals[3].digital_high); }), "digital-range");
}

TEST_CASE("values whose range is not told are those of the file, without a unit") {
  EdfWriting writing = sleep_night();
  writing.signals[3].high = writing.signals[3].low;
  const Result<RawTable> table = read_table(source_of(edf(writing)), {});
  REQUIRE(table.ok());
  const RawColumn& eeg = table.value().columns[3];
  CHECK(eeg.unit.empty());
  CHECK(eeg.values[5] == static_cast<float>(writing.signals[3].digital(5)));
}

TEST_CASE("a header that cannot be followed is refused with what cannot be read") {
  EdfWriting writing = sleep_night();
  const auto refused = [&](auto change, Word what) {
    EdfWriting other = writing;
    change(other);
    const Error error = refusal_of(edf(other));
    CHECK(error.code == ErrorCode::Malformed);
    CHECK(error.what == fill(Word::clinical_edf_header, {{"what", std::string(word(what))}}));
    CHECK_FALSE(error.advice.empty());
  };
  refused([](EdfWriting& w) { w.record_s = "?"; }, Word::clinical_edf_what_duration);
  refused([](EdfWriting& w) { w.record_s = "0"; }, Word::clinical_edf_what_duration);
  refused([](EdfWriting& w) { w.record_s = "-1"; }, Word::clinical_edf_what_duration);
  refused([](EdfWriting& w) { w.record_s = "1e-300"; }, Word::clinical_edf_what_duration);
  refused([](EdfWriting& w) { w.num_signals = w.header_bytes = "0"; }, Word::clinical_edf_what_signals);
  refused([](EdfWriting& w) { w.num_signals = "9999"; }, Word::clinical_edf_what_size);
  std::string bytes = edf(writing);
  for (std::size_t s = 0; s < 5; ++s) bytes.replace(256 + 216 * 5 + 8 * s, 8, "99999999");
  CHECK(refusal_of(bytes).what == fill(Word::clinical_edf_header, {{"what", std::string(word(Word::clinical_edf_what_samples))}}));
  CHECK(refusal_of(edf(writing).substr(0, 256 * 6)).what == word(Word::clinical_edf_no_records));
}

TEST_CASE("24 bits a sample give the values of 16, finer") {
  EdfWriting coarse = sleep_night();
  EdfWriting fine = coarse;
  fine.bdf = true;
  fine.kind = "24BIT";
  for (EdfTestSignal& signal : fine.signals) {
    const std::function<int(std::int64_t)> digital = signal.digital;
    signal.digital_low *= 256;
    signal.digital_high *= 256;
    signal.digital = [digital](std::int64_t i) { return digital(i) * 256; };
  }
  const Recording recording = must_read(edf(fine));
  CHECK(recording.format == "BDF");
  CHECK(warnings_of(recording) == std::vector<std::string>{"biosemi-kind"});
  const Recording expected = must_read(edf(coarse));
  for (std::size_t k = 0; k < 3; ++k) {
    const std::vector<float> a = samples_of(recording, k);
    const std::vector<float> b = samples_of(expected, k);
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i] == doctest::Approx(b[i]).epsilon(1e-6));
  }
  const std::vector<float> a = samples_of(*recording.emg, 0);
  const std::vector<float> b = samples_of(*expected.emg, 0);
  for (std::size_t i = 0; i < a.size(); i += 3) CHECK(std::abs(a[i] - b[i]) < 10000.0 / 65535.0);
}

TEST_CASE("BDF+ keeps its annotations in three bytes a sample") {
  EdfWriting writing;
  writing.bdf = true;
  writing.kind = "BDF+D";
  writing.signals = {{"EMG1", "uV", 400, -100, 100, -8388608, 8388607, wave(4e6, 13)}};
  writing.notes = {tal("+0"), tal("+1") + tal("+1.5", {"PLM"}, "2"), tal("+10"), tal("+11")};
  writing.notes_samples = 20;
  const Recording recording = must_read(edf(writing));
  CHECK(recording.format == "BDF+ with interruptions");
  CHECK(recording.gaps.size() == 1);
  REQUIRE(recording.annotations.size() == 1);
  CHECK(recording.annotations[0].text == "PLM");
  const std::vector<float> samples = samples_of(recording, 0);
  CHECK(samples[700] == doctest::Approx(-100.0 + 200.0 / 16777215.0 * (writing.signals[0].digital(700) + 8388608.0)).epsilon(1e-5));
}

TEST_CASE("EMG is told by the names laboratories use and by a voltage as its unit") {
  for (const char* label : {"EMG", "EMG1-EMG2", "Chin", "CHIN1-CHIN2", "EMG submental", "LLEG+", "Leg/R", "L Leg", "TIB R", "RAT", "LAT1-LAT2", "PLMl"}) {
    CAPTURE(label);
    EdfWriting writing;
    writing.signals = {muscle(label, 256, "uV")};
    const Recording recording = must_read(edf(writing));
    CHECK(recording.find(ChannelRole::Emg) != nullptr);
    CHECK_FALSE(recording.has_gravity);
  }
  for (const char* label : {"EEG LAT", "EOG L", "ECG", "Plate", "Thorax", "Nasal flow"}) {
    CAPTURE(label);
    EdfWriting writing;
    writing.signals = {muscle(label, 256, "uV")};
    CHECK(refusal_of(edf(writing)).what == word(Word::clinical_edf_nothing));
  }
  for (const auto& [unit, factor] : std::vector<std::pair<std::string, float>>{{"uV", 1.0F}, {"\xB5V", 1.0F}, {"\xC2\xB5V", 1.0F}, {"mV", 1e3F}, {"V", 1e6F}, {"nV", 1e-3F}}) {
    EdfWriting writing;
    writing.signals = {muscle("EMG", 256, unit)};
    CHECK(samples_of(must_read(edf(writing)), 0)[2] == doctest::Approx(factor * (-5.0 + 10.0 / 65535.0 * (muscle().digital(2) + 32768))).epsilon(1e-5));
  }
}

TEST_CASE("an envelope of EMG is said to be of no use, and beside acceleration it is left aside") {
  EdfWriting writing;
  writing.signals = {muscle("EMG submental", 1, "uV")};
  const Error error = refusal_of(edf(writing));
  CHECK(error.code == ErrorCode::NoAcceleration);
  CHECK(contains(error.what, "EMG submental"));
  CHECK(contains(error.what, "envelope"));
  writing.signals = axes();
  writing.signals.push_back(muscle("EMG submental", 1, "uV"));
  const Recording recording = must_read(edf(writing));
  CHECK(recording.emg == nullptr);
  CHECK(has_warning(recording, "slow-emg"));
}

TEST_CASE("of EMG at several rates the fastest is taken, of several accelerometers the fastest, and the others are named") {
  EdfWriting writing;
  writing.signals = {muscle("EMG slow", 200, "uV"), muscle("EMG A", 500, "uV"), muscle("EMG B", 500, "mV"), muscle("EMG ?", 500, "?")};
  for (const char* place : {"chest ", "leg acc "})
    for (const char* axis : {"x", "y", "z"}) writing.signals.push_back({std::string(place) + axis, "g", place[0] == 'c' ? 25 : 100, -8, 8, -32768, 32767, wave(4000, 31)});
  const Recording recording = must_read(edf(writing));
  REQUIRE(recording.emg != nullptr);
  REQUIRE(recording.emg->channels.size() == 2);
  CHECK(recording.emg->channels[0].name == "EMG A");
  CHECK(recording.emg->channels[1].name == "EMG B");
  const auto told = [&](const char* code) {
    for (const Warning& warning : recording.warnings)
      if (warning.code == code) return warning.message;
    return std::string();
  };
  CHECK(contains(told("emg-rates"), "EMG slow"));
  CHECK(contains(told("emg-unit"), "EMG ?"));
}

TEST_CASE("acceleration without a unit leads to a question, and the answer is obeyed") {
  EdfWriting writing;
  writing.signals = axes();
  for (EdfTestSignal& signal : writing.signals) signal.unit = "";
  const Error error = refusal_of(edf(writing));
  CHECK(error.code == ErrorCode::NeedsChoice);
  REQUIRE(error.question.has_value());
  CHECK(error.question->option == "--unit");
  const Recording recording = must_read(edf(writing), choosing("unit", "mg"));
  CHECK(samples_of(recording, 2)[3] == doctest::Approx(0.0005 * writing.signals[2].digital(3)));
}

TEST_CASE("nothing that tells of a person leaves the header") {
  EdfWriting writing = sleep_night();
  writing.person = "12345 F 01-JAN-1950 Jane_Doe";
  const std::string bytes = edf(writing);
  const std::string text = inspected(bytes);
  CHECK(contains(text, "Accelerometer_X"));
  for (const char* word : {"Jane", "12345", "1950", "Startdate"}) CHECK_FALSE(contains(text, word));
}

TEST_CASE("a file cut anywhere keeps its whole records, or is refused in words") {
  EdfWriting writing = sleep_night();
  writing.kind = "EDF+C";
  writing.notes = {tal("+0"), tal("+1"), tal("+2"), tal("+3")};
  const std::string bytes = edf(writing);
  const std::vector<float> whole = samples_of(must_read(bytes), 2);
  const std::size_t record = (bytes.size() - 256 * 7) / 4;
  for (std::size_t length = 192; length < bytes.size(); length += 211) {
    CAPTURE(length);
    const Result<Recording> cut = try_read(bytes.substr(0, length));
    if (length < 256 * 7 + record) {
      REQUIRE_FALSE(cut.ok());
      CHECK_FALSE(one_line(cut.error()).empty());
      continue;
    }
    REQUIRE(cut.ok());
    const std::vector<float> samples = samples_of(cut.value(), 2);
    CHECK(samples.size() == (length - 256 * 7) / record * 50);
    CHECK(std::equal(samples.begin(), samples.end(), whole.begin()));
  }
}

// Real recordings (KLONO_RECORDINGS).
TEST_CASE("the same night in 16 and in 24 bits is the same to one step of 16") {
  const char* folder = std::getenv("KLONO_RECORDINGS");
  if (folder == nullptr) {
    CHECK(std::getenv("KLONO_RECORDINGS_REQUIRED") == nullptr);
    MESSAGE("skipped: KLONO_RECORDINGS is not set");
    return;
  }
  std::vector<RawTable> tables;
  for (const char* name : {"/edf/edfio_short_psg.edf", "/edf/edfio_short_psg.bdf"}) {
    const Result<std::shared_ptr<const ByteSource>> source = open_file(std::string(folder) + name);
    REQUIRE(source.ok());
    Result<RawTable> table = read_table(source.value(), {});
    REQUIRE(table.ok());
    tables.push_back(std::move(table).value());
  }
  REQUIRE(tables[0].columns.size() == 7);
  REQUIRE(tables[1].columns.size() == 7);
  for (std::size_t c = 0; c < 7; ++c) {
    const std::vector<float>& a = tables[0].columns[c].values;
    const std::vector<float>& b = tables[1].columns[c].values;
    REQUIRE(a.size() == b.size());
    REQUIRE(a.size() >= 300);
    const float step = [&] {  // the smallest difference of values in the coarser file
      float smallest = 1e9F;
      for (std::size_t i = 1; i < a.size(); ++i)
        if (a[i] != a[i - 1]) smallest = std::min(smallest, std::abs(a[i] - a[i - 1]));
      return smallest;
    }();
    float largest = 0.0F;
    for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
    CHECK(largest <= step);
  }
}

}  // namespace klono::formats
