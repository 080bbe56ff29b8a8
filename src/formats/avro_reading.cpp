#include "formats/avro_reading.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>

#include "base/words.hpp"
#include "nlohmann/json.hpp"
#include "zlib.h"

namespace klono::formats {
namespace {

using nlohmann::json;

constexpr std::size_t kMostHead = 1 << 20;                       // bytes of schema and other facts
constexpr std::int64_t kMostBytes = std::int64_t{128} << 20;     // of a record, unpacked: half an hour takes 2 MB (chosen)
constexpr std::size_t kMostNumbers = 30'000'000;                 // kept
constexpr int kMostBlocks = 100;                                 // passed over until one holds a record
constexpr int kDeepest = 40;                                     // of types in types

Error damaged(Word what) {
  return {ErrorCode::Malformed, fill(Word::clinical_avro_damaged, {{"what", std::string(word(what))}}), std::string(word(Word::clinical_avro_damaged_advice))};
}

Error too_large() {
  return {ErrorCode::TooLarge, std::string(word(Word::formats_archive_too_large)), std::string(word(Word::clinical_avro_other_advice))};
}

/// Bytes one after another, from a stretch of the file or unpacked from it.
class ByteStream {
 public:
  ByteStream(const ByteSource& source, std::int64_t begin, std::int64_t end) : source_(source), at_(begin), end_(end) {}
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;
  ~ByteStream() {
    if (packed_) inflateEnd(&stream_);
  }

  bool unpack() {
    packed_ = inflateInit2(&stream_, -15) == Z_OK;
    return packed_;
  }

  /// The next byte; nothing at the end, or where the rest is damaged.
  std::optional<std::uint8_t> next() {
    if (place_ == have_ && !refill()) return std::nullopt;
    return buffer_[place_++];
  }

  bool skip(std::int64_t count) {
    while (count > 0) {
      if (place_ == have_ && !refill()) return false;
      const auto step = static_cast<std::size_t>(std::min<std::int64_t>(count, static_cast<std::int64_t>(have_ - place_)));
      place_ += step;
      count -= static_cast<std::int64_t>(step);
    }
    return count == 0;
  }

  /// Place in the file; of bytes that are not packed.
  std::int64_t tell() const { return at_ - static_cast<std::int64_t>(have_ - place_); }
  bool too_many() const { return delivered_ > kMostBytes; }

 private:
  bool refill() {
    place_ = 0;
    have_ = packed_ ? inflate_some() : read_some(buffer_);
    delivered_ += static_cast<std::int64_t>(have_);
    return have_ > 0 && !too_many();
  }

  std::size_t read_some(std::span<std::uint8_t> into) {
    const auto wanted = static_cast<std::size_t>(std::clamp<std::int64_t>(end_ - at_, 0, static_cast<std::int64_t>(into.size())));
    const Result<std::size_t> got = source_.read_at(at_, std::as_writable_bytes(into.first(wanted)));
    if (!got) return 0;
    at_ += static_cast<std::int64_t>(got.value());
    return got.value();
  }

  std::size_t inflate_some() {
    stream_.next_out = buffer_;
    stream_.avail_out = sizeof buffer_;
    while (!finished_ && stream_.avail_out == sizeof buffer_) {
      if (stream_.avail_in == 0) {
        stream_.next_in = input_;
        stream_.avail_in = static_cast<uInt>(read_some(input_));
      }
      const bool at_end = stream_.avail_in == 0;
      const int code = inflate(&stream_, Z_NO_FLUSH);
      finished_ = code != Z_OK && (code != Z_BUF_ERROR || at_end);
    }
    return sizeof buffer_ - stream_.avail_out;
  }

  const ByteSource& source_;
  std::int64_t at_;
  std::int64_t end_;
  z_stream stream_{};
  bool packed_ = false;
  bool finished_ = false;
  std::int64_t delivered_ = 0;
  std::size_t place_ = 0;
  std::size_t have_ = 0;
  std::uint8_t buffer_[65536];
  std::uint8_t input_[16384];
};

std::optional<std::int64_t> long_from(ByteStream& bytes) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const std::optional<std::uint8_t> byte = bytes.next();
    if (!byte) return std::nullopt;
    value |= static_cast<std::uint64_t>(*byte & 0x7FU) << shift;
    if ((*byte & 0x80U) == 0) return static_cast<std::int64_t>(value >> 1U) ^ -static_cast<std::int64_t>(value & 1U);
  }
  return std::nullopt;
}

template <class Float, class Bits>
std::optional<double> float_from(ByteStream& bytes) {
  Bits bits = 0;
  for (unsigned k = 0; k < sizeof(Bits); ++k) {
    const std::optional<std::uint8_t> byte = bytes.next();
    if (!byte) return std::nullopt;
    bits |= static_cast<Bits>(*byte) << (8 * k);
  }
  Float value{};
  std::memcpy(&value, &bits, sizeof value);
  return static_cast<double>(value);
}

std::string text_of(const json& value) { return value.is_string() ? *value.get_ptr<const json::string_t*>() : std::string(); }

/// "empatica.format.avro.Version" -> "Version": no schema of a sensor has two types of one name.
std::string short_name(const std::string& name) { return name.substr(name.find_last_of('.') + 1); }

/// Of a type of fixed size.
std::int64_t size_in(const json& type) {
  const json size = type.value("size", json());
  return size.is_number() ? static_cast<std::int64_t>(std::clamp(size.get<double>(), 0.0, static_cast<double>(kMostBytes))) : 0;
}

/// Follows the schema through the data. False: the data ended, or do not follow it.
class Walk {
 public:
  Walk(ByteStream& bytes, const std::vector<std::string>& wanted, AvroNumbers& numbers) : bytes_(bytes), wanted_(wanted), numbers_(numbers) {}

  bool value(const json& type, const std::string& path, std::vector<double>* into, int depth) {
    if (depth > kDeepest) return false;
    if (type.is_string()) return named(text_of(type), path, into, depth);
    if (type.is_array()) return one_of(type, path, into, depth);
    if (!type.is_object()) return false;
    const std::string kind = text_of(type.value("type", json()));
    if (kind == "record" || kind == "error") return record(type, path, depth);
    if (kind == "array" || kind == "map") return items(type, kind == "map", path, into, depth);
    if (kind == "enum") return remember(type) && long_from(bytes_).has_value();
    if (kind == "fixed") return remember(type) && bytes_.skip(size_in(type));
    return type.contains("type") && value(type["type"], path, into, depth + 1);
  }

 private:
  bool remember(const json& type) {
    types_.emplace(short_name(text_of(type.value("name", json()))), &type);
    return true;
  }

  bool keep(double number, std::vector<double>* into) {
    if (into == nullptr) return true;
    into->push_back(number);
    return ++kept_ <= kMostNumbers;
  }

  bool named(const std::string& name, const std::string& path, std::vector<double>* into, int depth) {
    if (name == "null") return true;
    if (name == "int" || name == "long") {
      const std::optional<std::int64_t> number = long_from(bytes_);
      return number && keep(static_cast<double>(*number), into);
    }
    if (name == "float" || name == "double") {
      const std::optional<double> number = name == "float" ? float_from<float, std::uint32_t>(bytes_) : float_from<double, std::uint64_t>(bytes_);
      return number && keep(*number, into);
    }
    if (name == "boolean") return bytes_.next().has_value();
    if (name == "string" || name == "bytes") {
      const std::optional<std::int64_t> length = long_from(bytes_);
      return length && *length >= 0 && bytes_.skip(*length);
    }
    const auto known = types_.find(short_name(name));
    return known != types_.end() && value(*known->second, path, into, depth + 1);
  }

  bool one_of(const json& types, const std::string& path, std::vector<double>* into, int depth) {
    const std::optional<std::int64_t> which = long_from(bytes_);
    return which && *which >= 0 && *which < static_cast<std::int64_t>(types.size()) && value(types[static_cast<std::size_t>(*which)], path, into, depth + 1);
  }

  bool record(const json& type, const std::string& path, int depth) {
    remember(type);
    const auto fields = type.find("fields");
    if (fields == type.end() || !fields->is_array()) return false;
    for (const json& field : *fields) {
      if (!field.is_object() || !field.contains("type")) return false;
      const std::string its_path = (path.empty() ? "" : path + ".") + text_of(field.value("name", json()));
      if (!value(field["type"], its_path, sink_of(its_path), depth + 1)) return false;
    }
    return true;
  }

  std::vector<double>* sink_of(const std::string& path) {
    for (const std::string& wanted : wanted_)
      if (path == wanted || path.starts_with(wanted + ".")) return &numbers_.fields[path];
    return nullptr;
  }

  bool items(const json& type, bool with_keys, const std::string& path, std::vector<double>* into, int depth) {
    const json& item = type.value(with_keys ? "values" : "items", json()).is_null() ? type : type[with_keys ? "values" : "items"];
    for (;;) {
      std::optional<std::int64_t> count = long_from(bytes_);
      if (!count) return false;
      if (*count == 0) return true;
      if (*count < 0) {
        if (!long_from(bytes_)) return false;
        count = *count == INT64_MIN ? 0 : -*count;
      }
      for (std::int64_t i = 0; i < *count; ++i) {
        if (++walked_ > kMostBytes) return false;  // items may take no bytes
        if (with_keys && !named("string", path, nullptr, depth)) return false;
        if (&item == &type || !value(item, path, into, depth + 1)) return false;
      }
    }
  }

  ByteStream& bytes_;
  const std::vector<std::string>& wanted_;
  AvroNumbers& numbers_;
  std::map<std::string, const json*> types_;
  std::size_t kept_ = 0;
  std::int64_t walked_ = 0;
};

struct Head {
  std::string schema;
  std::string codec = "null";
  std::int64_t end = 0;  // of the head, in the file
};

std::optional<std::string> text_from(ByteStream& bytes) {
  const std::optional<std::int64_t> length = long_from(bytes);
  if (!length || *length < 0 || *length > static_cast<std::int64_t>(kMostHead)) return std::nullopt;
  std::string text;
  for (std::int64_t i = 0; i < *length; ++i) {
    const std::optional<std::uint8_t> byte = bytes.next();
    if (!byte) return std::nullopt;
    text += static_cast<char>(*byte);
  }
  return text;
}

std::optional<Head> read_head_of(ByteStream& bytes) {
  Head head;
  if (!bytes.skip(4)) return std::nullopt;
  for (;;) {
    std::optional<std::int64_t> count = long_from(bytes);
    if (!count || *count > 1000 || *count < -1000) return std::nullopt;
    if (*count == 0) break;
    if (*count < 0 && !long_from(bytes)) return std::nullopt;
    for (std::int64_t i = 0; i < std::abs(*count); ++i) {
      const std::optional<std::string> key = text_from(bytes);
      std::optional<std::string> value = key ? text_from(bytes) : std::nullopt;
      if (!value) return std::nullopt;
      if (*key == "avro.schema") head.schema = std::move(*value);
      else if (*key == "avro.codec") head.codec = std::move(*value);
    }
  }
  if (!bytes.skip(16)) return std::nullopt;  // the mark between blocks
  head.end = bytes.tell();
  return head;
}

/// Whether the schema has fields along a path of names.
bool has_path(const json& type, std::string_view path, int depth = 0) {
  if (path.empty()) return true;
  if (depth > kDeepest) return false;
  if (type.is_array()) return std::any_of(type.begin(), type.end(), [&](const json& branch) { return has_path(branch, path, depth + 1); });
  if (!type.is_object() || !type.contains("fields")) return false;
  const std::size_t point = std::min(path.find('.'), path.size());
  for (const json& field : type["fields"])
    if (field.is_object() && text_of(field.value("name", json())) == path.substr(0, point))
      return has_path(field.value("type", json()), path.substr(std::min(point + 1, path.size())), depth + 1);
  return false;
}

}  // namespace

Result<AvroNumbers> read_avro_record(const ByteSource& source, const std::vector<std::string>& wanted, std::string_view has) {
  const auto head_bytes = std::make_unique<ByteStream>(source, 0, std::min<std::int64_t>(source.size(), 4 * static_cast<std::int64_t>(kMostHead)));
  const std::optional<Head> head = read_head_of(*head_bytes);
  if (!head) return damaged(Word::clinical_avro_what_head);
  const json schema = json::parse(head->schema, nullptr, false);
  if (schema.is_discarded()) return damaged(Word::clinical_avro_what_schema);
  if (!has_path(schema, has)) return Error{ErrorCode::UnknownFormat, std::string(word(Word::clinical_avro_other)), std::string(word(Word::clinical_avro_other_advice))};
  const bool packed = head->codec == "deflate";
  if (!packed && head->codec != "null") {
    const bool known = head->codec == "snappy" || head->codec == "zstandard" || head->codec == "bzip2" || head->codec == "xz";
    return Error{ErrorCode::RefusedFormat, fill(Word::clinical_avro_codec, {{"codec", known ? head->codec : "?"}}), std::string(word(Word::clinical_avro_other_advice))};
  }
  std::int64_t at = head->end;
  for (int blocks = 0; at < source.size() && blocks < kMostBlocks; ++blocks) {
    const auto front = std::make_unique<ByteStream>(source, at, source.size());
    const std::optional<std::int64_t> objects = long_from(*front);
    const std::optional<std::int64_t> size = objects ? long_from(*front) : std::nullopt;
    if (!size || *objects < 0 || *size < 0) break;
    const std::int64_t begin = front->tell();
    const std::int64_t end = begin + std::min(*size, source.size() - begin);
    at = end + 16;
    if (*objects == 0) continue;
    const auto block = std::make_unique<ByteStream>(source, begin, end);
    if (packed && !block->unpack()) break;
    AvroNumbers numbers;
    numbers.whole = Walk(*block, wanted, numbers).value(schema, "", nullptr, 0);
    if (block->too_many()) return too_large();
    return numbers;
  }
  return damaged(Word::clinical_avro_what_block);
}

}  // namespace klono::formats
