#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "cli/settings_file.hpp"
#include "cli/table.hpp"

namespace klono::cli {

/// What one file of a batch gives to the tables: its row, a row for each event, for each part of a guided test, for each EMG channel.
struct BatchResult {
  Row recording;
  std::vector<Row> events;
  std::vector<Row> parts;
  std::vector<Row> emg;
};

/// The tables of a batch: names and columns.
enum class BatchTable : std::uint8_t { Recordings, Events, Parts, Emg };
inline constexpr BatchTable kBatchTables[] = {BatchTable::Recordings, BatchTable::Events, BatchTable::Parts, BatchTable::Emg};
std::string_view name_of(BatchTable table);
/// The rows of a result for a table.
std::span<const Row> rows_of(const BatchResult& result, BatchTable table);
std::span<const Column> columns_of(BatchTable table);

/// Reads and analyses one file; a file that cannot be used is a row with its reason, not an error.
/// Errors: Cancelled only, soon after `is_stopped` says so.
Result<BatchResult> analyse_batch_file(const std::string& name, const std::string& path, const Choices& choices,
                                       std::string_view program_version, const std::function<bool()>& is_stopped);

/// What a row says, for the progress and the summary.
bool is_refused(const BatchResult& result);
/// Whether another try could end otherwise, as the bytes were not to be had.
bool may_change(const BatchResult& result);
std::string refusal_of(const BatchResult& result);
/// Brief events; none for refused files, for EMG alone, and for guided tests, which are told in parts.
std::optional<std::int64_t> brief_events_of(const BatchResult& result);
double analysable_s_of(const BatchResult& result);
/// Bursts of all EMG channels, or leg movements of those whose rate tells no bursts; and whether any tells bursts.
std::int64_t bursts_of(const BatchResult& result);
bool tells_bursts(const BatchResult& result);

}  // namespace klono::cli
