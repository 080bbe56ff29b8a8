#pragma once
/// Excel workbooks (xlsx): a zip of XML parts.

#include <memory>
#include <string>
#include <vector>

#include "formats/file_set.hpp"
#include "formats/reader.hpp"

namespace klono::formats {

/// What a cell needs beside its own element.
struct WorkbookParts {
  std::vector<std::string> texts;  ///< shared among cells, which name them by number
  std::vector<bool> dated;         ///< by style: numbers are days
  bool from_1904 = false;          ///< days are counted from 1904, not 1900
};

/// A sheet as tab-separated text, made on the way from front to back: texts in quotes, numbers as they stand, days as date and
/// time, results of formulas as they were saved. At most 512 columns. Reading backwards begins again.
std::shared_ptr<const ByteSource> sheet_text(std::shared_ptr<const ByteSource> sheet, std::shared_ptr<const WorkbookParts> parts);

/// The sheet with acceleration, as any text is read; with several a person chooses (Member, by the names of the sheets). Errors:
/// Malformed, TooLarge (more than 64 MB of shared texts), NoAcceleration, NeedsChoice.
Result<std::unique_ptr<TableReader>> open_workbook(const FileSet& files, const ReadOptions& options);

}  // namespace klono::formats
