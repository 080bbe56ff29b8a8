#include "formats/reader.hpp"

#include "base/words.hpp"
#include "formats/archive_table.hpp"
#include "formats/axivity_cwa.hpp"
#include "formats/delimited_table.hpp"
#include "formats/edf.hpp"
#include "formats/embraceplus_avro.hpp"
#include "formats/geneactiv.hpp"
#include "formats/journal_reader.hpp"
#include "formats/json_table.hpp"
#include "formats/omconvert_wav.hpp"
#include "formats/recording_from_table.hpp"
#include "formats/sized_source.hpp"
#include "formats/sniff.hpp"
#include "formats/text_lines.hpp"
#include "formats/tsdf.hpp"
#include "formats/unisens.hpp"
#include "formats/zip_archive.hpp"

namespace klono::formats {
namespace {

Result<std::unique_ptr<TableReader>> open_sniffed(std::shared_ptr<const ByteSource> source, const ReadOptions& options, bool unpacked) {
  KLONO_TRY(const std::vector<std::byte> head, read_head(*source, kSniffedBytes));
  Sniffed found = sniff(head);
  switch (found.container) {
    case Container::Empty: return Error{ErrorCode::Empty, std::string(word(Word::formats_empty)), std::string(word(Word::formats_empty_advice))};
    case Container::Refused: return *std::move(found.why);
    case Container::Zip: return open_archive(std::move(source), options);
    case Container::Gzip:
      if (!unpacked) return open_sniffed(with_told_size(*source, gunzip(source)), options, true);
      break;
    case Container::Journal: return open_journal(std::move(source));
    case Container::AxivityCwa: return open_axivity(std::move(source), options);
    case Container::Wav: return open_omconvert_wav(std::move(source), options);
    case Container::GeneActiv: return open_geneactiv(std::move(source), options);
    case Container::Avro: return open_embraceplus(std::move(source), options);
    case Container::Edf: return open_edf(std::move(source), options);
    case Container::Json:
      if (is_tsdf_of_movement({reinterpret_cast<const char*>(head.data()), head.size()}))
        return lonely_description(options.file_name.empty() ? "meta.json" : options.file_name);
      return open_json(std::move(source), options);
    case Container::Text: return open_delimited(std::move(source), guess_encoding(head), options);
    case Container::Unknown: break;
  }
  return Error{ErrorCode::UnknownFormat, std::string(word(Word::formats_unknown)), std::string(word(Word::formats_unknown_advice))};
}

}  // namespace

Result<std::unique_ptr<TableReader>> open_table(std::shared_ptr<const ByteSource> source, const ReadOptions& options) {
  return open_sniffed(std::move(source), options, false);
}

Result<Recording> TableReader::take_recording(const ReadOptions& options) {
  KLONO_TRY(RawTable table, take());
  return recording_from_table(std::move(table), options);
}

namespace {

/// Reads what was opened to its end; nothing is taken.
Result<std::unique_ptr<TableReader>> read_through(Result<std::unique_ptr<TableReader>> opened) {
  KLONO_TRY(std::unique_ptr<TableReader> reader, std::move(opened));
  for (;;) {
    KLONO_TRY(const bool more, reader->step());
    if (!more) return reader;
  }
}

Result<RawTable> table_of(Result<std::unique_ptr<TableReader>> opened) {
  KLONO_TRY(const std::unique_ptr<TableReader> reader, read_through(std::move(opened)));
  return reader->take();
}

Result<Recording> recording_of(Result<std::unique_ptr<TableReader>> opened, const ReadOptions& options) {
  KLONO_TRY(const std::unique_ptr<TableReader> reader, read_through(std::move(opened)));
  return reader->take_recording(options);
}

}  // namespace

Result<RawTable> read_table(std::shared_ptr<const ByteSource> source, const ReadOptions& options) { return table_of(open_table(std::move(source), options)); }

Result<RawTable> read_table(std::shared_ptr<const FileSet> files, const ReadOptions& options) { return table_of(open_files(std::move(files), options)); }

Result<Recording> read_recording(std::shared_ptr<const ByteSource> source, const ReadOptions& options) {
  return recording_of(open_table(std::move(source), options), options);
}

Result<Recording> read_recording(std::shared_ptr<const FileSet> files, const ReadOptions& options) {
  return recording_of(open_files(std::move(files), options), options);
}

std::span<const FormatInfo> format_catalogue() {
  static const FormatInfo formats[] = {
      {word(Word::formats_list_journal), word(Word::formats_list_journal_by), word(Word::formats_list_journal_note)},
      {word(Word::formats_list_phyphox), word(Word::formats_list_phyphox_by), word(Word::formats_list_phyphox_note)},
      {word(Word::formats_list_sensor_logger), word(Word::formats_list_sensor_logger_by), word(Word::formats_list_sensor_logger_note)},
      {word(Word::formats_list_physics_toolbox), word(Word::formats_list_physics_toolbox_by), word(Word::formats_list_physics_toolbox_note)},
      {word(Word::devices_list_cwa), word(Word::devices_list_cwa_by), word(Word::devices_list_cwa_note)},
      {word(Word::devices_list_gt3x), word(Word::devices_list_gt3x_by), word(Word::devices_list_gt3x_note)},
      {word(Word::devices_list_geneactiv), word(Word::devices_list_geneactiv_by), word(Word::devices_list_geneactiv_note)},
      {word(Word::devices_list_wav), word(Word::devices_list_wav_by), word(Word::devices_list_wav_note)},
      {word(Word::formats_list_actilife), word(Word::formats_list_actilife_by), word(Word::formats_list_actilife_note)},
      {word(Word::formats_list_cwa_csv), word(Word::formats_list_cwa_csv_by), word(Word::formats_list_cwa_csv_note)},
      {word(Word::formats_list_empatica), word(Word::formats_list_empatica_by), word(Word::formats_list_empatica_note)},
      {word(Word::clinical_list_edf), word(Word::clinical_list_edf_by), word(Word::clinical_list_edf_note)},
      {word(Word::clinical_list_embraceplus), word(Word::clinical_list_embraceplus_by), word(Word::clinical_list_embraceplus_note)},
      {word(Word::clinical_list_unisens), word(Word::clinical_list_unisens_by), word(Word::clinical_list_unisens_note)},
      {word(Word::clinical_list_tsdf), word(Word::clinical_list_tsdf_by), word(Word::clinical_list_tsdf_note)},
      {word(Word::formats_list_json), word(Word::formats_list_json_by), word(Word::formats_list_json_note)},
      {word(Word::apps_list_shimmer), word(Word::apps_list_shimmer_by), word(Word::apps_list_shimmer_note)},
      {word(Word::apps_list_loggers), word(Word::apps_list_loggers_by), word(Word::apps_list_loggers_note)},
      {word(Word::apps_list_opensignals), word(Word::apps_list_opensignals_by), word(Word::apps_list_opensignals_note)},
      {word(Word::apps_list_xlsx), word(Word::apps_list_xlsx_by), word(Word::apps_list_xlsx_note)},
      {word(Word::formats_list_text), word(Word::formats_list_text_by), word(Word::formats_list_text_note)},
  };
  return formats;
}

}  // namespace klono::formats
