#pragma once
/// Avro container files: the numbers of one record, found by the schema the file brings.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/byte_source.hpp"

namespace klono::formats {

/// What was read of the first record.
struct AvroNumbers {
  /// Path of a field ("rawData.accelerometer.x") to its numbers in file order; of an array all of its items.
  std::map<std::string, std::vector<double>, std::less<>> fields;
  bool whole = true;  ///< false: the data ended or were damaged before the end of the record
};

/// Reads the first record of a container (codecs null and deflate) and keeps the numbers below the fields named by `wanted`
/// (paths; all that lies below one is kept). `has` must be among the paths of the schema. Errors: Malformed, UnknownFormat (another
/// schema), RefusedFormat (another codec), TooLarge.
Result<AvroNumbers> read_avro_record(const ByteSource& source, const std::vector<std::string>& wanted, std::string_view has);

}  // namespace klono::formats
