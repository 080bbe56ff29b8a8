#include "formats/sniff.hpp"

#include <string_view>

#include "base/words.hpp"
#include "formats/journal.hpp"
#include "formats/number_text.hpp"
#include "formats/text_lines.hpp"

namespace klono::formats {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::string_view bytes;
  Word what;
  Word advice;
};

// Known, but not a recording this version reads. Order matters only where one begins another.
constexpr Signature kRefused[] = {
    {"GENEA/1.00"sv, Word::formats_refused_genea, Word::apps_genea_advice},
    {"MATLAB 5.0 MAT-file"sv, Word::formats_refused_matlab, Word::formats_refused_matlab_advice},
    {"\x89HDF"sv, Word::formats_refused_hdf5, Word::apps_hdf5_advice},
    {"SQLite format 3\0"sv, Word::formats_refused_sqlite, Word::formats_refused_sqlite_advice},
    {"\xD0\xCF\x11\xE0"sv, Word::apps_sheet_old, Word::formats_refused_xls_advice},
    {"%PDF"sv, Word::formats_refused_pdf, Word::formats_refused_other_advice},
    {"<?xml"sv, Word::formats_refused_xml, Word::formats_refused_xml_advice},
    {"<phyphox"sv, Word::formats_refused_phyphox_state, Word::formats_refused_phyphox_state_advice},
    {"<!DOCTYPE"sv, Word::formats_refused_html, Word::formats_refused_other_advice},
    {"<!doctype"sv, Word::formats_refused_html, Word::formats_refused_other_advice},
    {"<html"sv, Word::formats_refused_html, Word::formats_refused_other_advice},
    {"<HTML"sv, Word::formats_refused_html, Word::formats_refused_other_advice},
    {"\xFF\xD8\xFF"sv, Word::formats_refused_picture, Word::formats_refused_other_advice},
    {"\x89PNG"sv, Word::formats_refused_picture, Word::formats_refused_other_advice},
};

/// "0" and seven spaces could begin a text of numbers too; an EDF header has a date at a fixed place.
bool is_edf(std::string_view bytes) {
  constexpr std::size_t kDate = 168;
  if (!bytes.starts_with("0       ") || bytes.size() < kDate + 8) return false;
  const auto digit = [&](std::size_t i) { return bytes[kDate + i] >= '0' && bytes[kDate + i] <= '9'; };
  return digit(0) && digit(1) && !digit(2) && digit(3) && digit(4) && !digit(5) && digit(6) && digit(7);
}

/// Parmay Matrix: 512 bytes of remarks, then its mark.
bool is_matrix(std::string_view bytes) { return bytes.size() > 520 && bytes.substr(512, 4) == "MDTC"; }

Sniffed refused(Word what, Word advice) {
  return {Container::Refused, Error{ErrorCode::RefusedFormat, std::string(word(what)), std::string(word(advice))}};
}

}  // namespace

Sniffed sniff(std::span<const std::byte> head) {
  const std::string_view bytes(reinterpret_cast<const char*>(head.data()), head.size());
  if (bytes.empty()) return {Container::Empty, std::nullopt};
  const std::string_view unmarked = trimmed(bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes);
  if (unmarked.starts_with("<?xml") && contains(bytes, "HealthData")) return refused(Word::apps_health_export, Word::apps_health_export_advice);
  if (is_matrix(bytes)) return refused(Word::apps_matrix, Word::apps_matrix_advice);
  for (const Signature& signature : kRefused)
    if (unmarked.starts_with(signature.bytes))
      return {Container::Refused, Error{ErrorCode::RefusedFormat, std::string(word(signature.what)), std::string(word(signature.advice))}};
  if (bytes.starts_with("MD\xFC\x03"sv)) return {Container::AxivityCwa, std::nullopt};
  if (bytes.starts_with("RIFF")) return {Container::Wav, std::nullopt};
  if (unmarked.starts_with("Device Identity")) return {Container::GeneActiv, std::nullopt};
  if (bytes.starts_with("Obj\x01")) return {Container::Avro, std::nullopt};
  if (is_edf(bytes) || bytes.starts_with("\xFF" "BIOSEMI")) return {Container::Edf, std::nullopt};
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) return {Container::Zip, std::nullopt};
  if (bytes.starts_with("\x1F\x8B")) return {Container::Gzip, std::nullopt};
  if (bytes.starts_with(journal::kSignature)) return {Container::Journal, std::nullopt};
  const TextGuess guess = guess_encoding(head);
  if (!guess.is_text) return {};
  const std::string_view text = trimmed(bytes.substr(std::min(guess.mark_bytes, bytes.size())));
  if (text.empty()) return {Container::Empty, std::nullopt};
  if (guess.encoding == TextEncoding::Utf8 && (text.front() == '{' || text.starts_with("[{") || (text.front() == '[' && text.find_first_of("{[", 1) < 64)))
    return {Container::Json, std::nullopt};
  return {Container::Text, std::nullopt};
}

}  // namespace klono::formats
