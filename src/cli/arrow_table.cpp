#include <cmath>

#include "cli/refusals.hpp"
#include "cli/table.hpp"
#include "nanoarrow.h"
#include "nanoarrow_ipc.h"
#include "report/text.hpp"

namespace klono::cli {
namespace {

constexpr std::int64_t kRowsInBatch = 65536;  // some MB

ArrowType type_of(ColumnType type) {
  switch (type) {
    case ColumnType::Integer: return NANOARROW_TYPE_INT64;
    case ColumnType::Number: return NANOARROW_TYPE_DOUBLE;
    case ColumnType::Text: break;
  }
  return NANOARROW_TYPE_STRING;
}

bool append(ArrowArray* column, const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    const std::string clean = report::clean_text(*text);
    return ArrowArrayAppendString(column, {clean.data(), static_cast<std::int64_t>(clean.size())}) == NANOARROW_OK;
  }
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return ArrowArrayAppendInt(column, *integer) == NANOARROW_OK;
  if (const auto* number = std::get_if<double>(&cell); number != nullptr && std::isfinite(*number))
    return ArrowArrayAppendDouble(column, *number) == NANOARROW_OK;
  return ArrowArrayAppendNull(column, 1) == NANOARROW_OK;
}

/// The library leaves bits behind the last row as they happened to be in memory; the same rows are to give the same bytes.
void clear_spare_bits(ArrowArray* column) {
  ArrowBitmap* valid = ArrowArrayValidityBitmap(column);
  const std::int64_t bits = 8 * valid->buffer.size_bytes;
  if (bits > valid->size_bits) ArrowBitsSetTo(valid->buffer.data, valid->size_bits, bits - valid->size_bits, 0);
}

class ArrowTable final : public TableWriter {
 public:
  explicit ArrowTable(std::string path) : path_(std::move(path)) {}
  ArrowTable(const ArrowTable&) = delete;
  ArrowTable& operator=(const ArrowTable&) = delete;

  ~ArrowTable() override {
    if (writer_.private_data != nullptr) ArrowIpcWriterReset(&writer_);
    if (rows_.release != nullptr) ArrowArrayRelease(&rows_);
    if (schema_.release != nullptr) ArrowSchemaRelease(&schema_);
  }

  Status begin(std::span<const Column> columns) {
    KLONO_TRY(file_, WholeFile::create(path_));
    ArrowIpcOutputStream stream{};
    const bool begun = describe(columns) && ArrowIpcOutputStreamInitFile(&stream, file_->stream(), 0) == NANOARROW_OK &&
                       ArrowIpcWriterInit(&writer_, &stream) == NANOARROW_OK &&
                       ArrowIpcWriterStartFile(&writer_, nullptr) == NANOARROW_OK &&
                       ArrowIpcWriterWriteSchema(&writer_, &schema_, nullptr) == NANOARROW_OK && begin_batch();
    if (!begun) return cannot_write(path_);
    return Done{};
  }

  Status add(const Row& row) override {
    for (std::size_t i = 0; i < row.size(); ++i)
      if (!append(rows_.children[i], row[i])) return cannot_write(path_);
    if (ArrowArrayFinishElement(&rows_) != NANOARROW_OK) return cannot_write(path_);
    if (rows_.length >= kRowsInBatch && !(write_batch() && begin_batch())) return cannot_write(path_);
    return Done{};
  }

  Status finish() override {
    // A table without rows keeps one empty batch: some readers expect at least one.
    const bool left = rows_.length > 0 || batches_ == 0;
    if (left && !write_batch()) return cannot_write(path_);
    const bool ended = ArrowIpcWriterWriteArrayView(&writer_, nullptr, nullptr) == NANOARROW_OK &&
                       ArrowIpcWriterFinalizeFile(&writer_, nullptr) == NANOARROW_OK;
    if (!ended) return cannot_write(path_);
    return file_->finish();
  }

 private:
  bool describe(std::span<const Column> columns) {
    ArrowSchemaInit(&schema_);
    if (ArrowSchemaSetTypeStruct(&schema_, static_cast<std::int64_t>(columns.size())) != NANOARROW_OK) return false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::string name(columns[i].name);
      if (ArrowSchemaSetType(schema_.children[i], type_of(columns[i].type)) != NANOARROW_OK) return false;
      if (ArrowSchemaSetName(schema_.children[i], name.c_str()) != NANOARROW_OK) return false;
    }
    return true;
  }

  bool begin_batch() {
    return ArrowArrayInitFromSchema(&rows_, &schema_, nullptr) == NANOARROW_OK && ArrowArrayStartAppending(&rows_) == NANOARROW_OK;
  }

  bool write_batch() {
    for (std::int64_t i = 0; i < rows_.n_children; ++i) clear_spare_bits(rows_.children[i]);
    ArrowArrayView view{};
    const bool written = ArrowArrayFinishBuildingDefault(&rows_, nullptr) == NANOARROW_OK &&
                         ArrowArrayViewInitFromSchema(&view, &schema_, nullptr) == NANOARROW_OK &&
                         ArrowArrayViewSetArray(&view, &rows_, nullptr) == NANOARROW_OK &&
                         ArrowIpcWriterWriteArrayView(&writer_, &view, nullptr) == NANOARROW_OK;
    ArrowArrayViewReset(&view);
    ArrowArrayRelease(&rows_);
    ++batches_;
    return written;
  }

  std::string path_;
  std::unique_ptr<WholeFile> file_;
  ArrowSchema schema_{};
  ArrowArray rows_{};
  ArrowIpcWriter writer_{};
  std::int64_t batches_ = 0;
};

}  // namespace

bool can_write_arrow() { return true; }

Result<std::unique_ptr<TableWriter>> make_arrow_table(const std::string& path, std::span<const Column> columns) {
  auto table = std::make_unique<ArrowTable>(path);
  KLONO_CHECK(table->begin(columns));
  return std::unique_ptr<TableWriter>(std::move(table));
}

}  // namespace klono::cli
