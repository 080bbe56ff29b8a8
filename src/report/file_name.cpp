#include "report/report_model.hpp"
#include "report/text.hpp"

namespace klono::report {
namespace {

/// Letters, digits and dashes: safe in every file system and address.
std::string safe(std::string_view text) {
  std::string kept;
  for (const char c : text)
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-') kept += c;
  return kept;
}

}  // namespace

std::string suggested_file_name(const ReportModel& model, std::string_view kind, std::string_view extension) {
  std::string name = "klonograph";
  for (const std::string& part : {iso_date(model.start), safe(kind)})
    if (!part.empty()) name += "-" + part;
  return name + "." + safe(extension);
}

}  // namespace klono::report
