#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <type_traits>
#include <utility>

#include "base/words.hpp"
#include "protocol/aggregate.hpp"
#include "protocol/recorder_fields.hpp"

namespace klono::protocol::recorder {
namespace {

using Json = nlohmann::json;

template <class T>
concept Scalar = std::is_arithmetic_v<T>;
template <class T>
concept Enumeration = std::is_enum_v<T>;
template <class T>
concept Struct = std::is_class_v<T> && std::is_aggregate_v<T>;

/// Takes "m.a" off "m.a, m.b" and gives "a"; likewise "Idle" off "Idle, Asking".
std::string_view next_name(std::string_view& list) {
  const std::size_t comma = list.find(',');
  std::string_view name = list.substr(0, comma);
  list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  const std::size_t begin = name.find_last_of(". ");
  return begin == std::string_view::npos ? name : name.substr(begin + 1);
}

/// "RecordBegin" -> "record-begin".
std::string hyphened(std::string_view name) {
  std::string text;
  for (const char c : name) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital && !text.empty()) text += '-';
    text += capital ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

// ---- to JSON ---------------------------------------------------------------------------------

Json json_of(const std::string& text) { return text; }
Json json_of(bool value) { return value; }
template <Scalar T>
Json json_of(T value) {
  if constexpr (std::is_floating_point_v<T>) return std::isfinite(value) ? Json(value) : Json(nullptr);
  else return value;
}
template <Enumeration E>
Json json_of(E value) {
  std::string_view list = names_of(value).list;
  for (std::size_t i = 0; i < static_cast<std::size_t>(value); ++i) next_name(list);
  return hyphened(next_name(list));
}
template <Struct M>
Json json_of(const M& message);
template <class T>
Json json_of(const std::vector<T>& values) {
  Json list = Json::array();
  for (const T& value : values) list.push_back(json_of(value));
  return list;
}

struct ToJson {
  Json object = Json::object();

  template <class M, class... Fields>
  void operator()(const M&, std::string_view names, const Fields&... fields) {
    static_assert(sizeof...(Fields) == kFieldCount<M>, "recorder_fields.hpp does not list every field");
    ((object[std::string(next_name(names))] = json_of(fields)), ...);
  }
};

template <Struct M>
Json json_of(const M& message) {
  ToJson to;
  visit_named(to, message);
  return std::move(to.object);
}

std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

template <class Message>
std::string encode_any(const Message& message) {
  return std::visit(
      [](const auto& body) {
        Json object = json_of(body);
        object["kind"] = hyphened(type_name(body));
        return text_of(object);
      },
      message);
}

// ---- from JSON -------------------------------------------------------------------------------
// Each gives false for a value of another type.

bool take(const Json& json, std::string& text) {
  if (const auto* given = json.get_ptr<const std::string*>()) {
    text = *given;
    return true;
  }
  return false;
}
bool take(const Json& json, bool& value) {
  if (!json.is_boolean()) return false;
  value = json.get<bool>();
  return true;
}
template <Scalar T>
bool take(const Json& json, T& value) {
  if constexpr (std::is_floating_point_v<T>) {
    if (!json.is_number() && !json.is_null()) return false;
    value = json.is_null() ? std::numeric_limits<T>::quiet_NaN() : json.get<T>();
    return true;
  } else {
    if (json.is_number_unsigned()) {
      if (!std::in_range<T>(json.get<std::uint64_t>())) return false;
    } else if (!json.is_number_integer() || !std::in_range<T>(json.get<std::int64_t>())) {
      return false;
    }
    value = json.get<T>();
    return true;
  }
}
template <Enumeration E>
bool take(const Json& json, E& value) {
  std::string name;
  if (!take(json, name)) return false;
  const EnumNames<E> names = names_of(value);
  std::string_view list = names.list;
  for (std::size_t i = 0; i < names.count; ++i) {
    if (hyphened(next_name(list)) != name) continue;
    value = static_cast<E>(i);
    return true;
  }
  return false;
}
template <Struct M>
bool take(const Json& json, M& message);
template <class T>
bool take(const Json& json, std::vector<T>& values) {
  if (!json.is_array()) return false;
  values.clear();
  for (const Json& element : json)
    if (!take(element, values.emplace_back())) return false;
  return true;
}

struct FromJson {
  const Json& object;
  bool ok = true;

  template <class M, class... Fields>
  void operator()(M&, std::string_view names, Fields&... fields) {
    static_assert(sizeof...(Fields) == kFieldCount<M>, "recorder_fields.hpp does not list every field");
    (take_field(next_name(names), fields), ...);
  }

  template <class T>
  void take_field(std::string_view name, T& field) {
    const auto found = object.find(name);
    if (found != object.end()) ok = take(*found, field) && ok;
  }
};

template <Struct M>
bool take(const Json& json, M& message) {
  if (!json.is_object()) return false;
  FromJson from{json};
  visit_named(from, message);
  return from.ok;
}

/// Makes the alternative of that kind; false when there is none.
template <class Message, std::size_t... I>
bool emplace_kind(Message& message, std::string_view kind, std::index_sequence<I...>) {
  return ((hyphened(type_name(std::variant_alternative_t<I, Message>{})) == kind && (message.template emplace<I>(), true)) || ...);
}

template <class Message>
Result<Message> decode_any(std::string_view text) {
  const Error malformed{ErrorCode::Malformed, std::string(word(Word::engine_message_malformed))};
  const Json json = Json::parse(text, nullptr, false);
  std::string kind;
  if (!json.is_object() || !json.contains("kind") || !take(json["kind"], kind)) return malformed;
  Message message;
  if (!emplace_kind(message, kind, std::make_index_sequence<std::variant_size_v<Message>>())) return malformed;
  if (!std::visit([&](auto& body) { return take(json, body); }, message)) return malformed;
  return message;
}

}  // namespace

std::string encode(const Order& order) { return encode_any(order); }
std::string encode(const News& news) { return encode_any(news); }
std::string encode(const StoredRecording& recording) { return text_of(json_of(recording)); }
Result<Order> decode_order(std::string_view json) { return decode_any<Order>(json); }
Result<News> decode_news(std::string_view json) { return decode_any<News>(json); }

}  // namespace klono::protocol::recorder
