#include "workspace/screen_model.hpp"

#include <nlohmann/json.hpp>

namespace klono::workspace {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Action& action);
Json json_of(const Row& row);
Json json_of(const Table& table);
Json json_of(const Section& section);

template <class T>
Json list_of(const std::vector<T>& values) {
  Json list = Json::array();
  for (const T& value : values) list.push_back(json_of(value));
  return list;
}

Json json_of(const Action& action) {
  return {
      {"command", action.command}, {"label", action.label}, {"enabled", action.enabled}, {"pressed", action.pressed}};
}

Json texts_of(const std::vector<std::string>& values) {
  Json list = Json::array();
  for (const std::string& value : values) list.push_back(value);
  return list;
}

Json json_of(const Row& row) {
  Json json = Json::object();
  json["id"] = row.id;
  json["cells"] = texts_of(row.cells);
  json["actions"] = list_of(row.actions);
  json["selected"] = row.selected;
  return json;
}

Json json_of(const Table& table) {
  Json json = Json::object();
  json["caption"] = table.caption;
  json["columns"] = texts_of(table.columns);
  json["rows"] = list_of(table.rows);
  return json;
}

Json json_of(const Section& section) {
  Json json = Json::object();
  json["heading"] = section.heading;
  json["paragraphs"] = texts_of(section.paragraphs);
  json["actions"] = list_of(section.actions);
  json["tables"] = list_of(section.tables);
  return json;
}

}  // namespace

std::string json_of(const ScreenModel& model) {
  Json json = Json::object();
  json["screen"] = model.screen;
  json["title"] = model.title;
  json["status"] = model.status;
  json["progress"] = model.progress;
  json["navigation"] = list_of(model.navigation);
  json["sections"] = list_of(model.sections);
  // A file's name may hold bytes that are no UTF-8; they must not cost the person the mirror.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace klono::workspace
