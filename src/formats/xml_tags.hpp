#pragma once
/// The tags of an XML text, one after another; enough for descriptions without entities of their own.

#include <map>
#include <string>
#include <string_view>

namespace klono::formats {

struct XmlTag {
  std::string name;  ///< without its prefix
  std::map<std::string, std::string, std::less<>> attributes;
  bool closes = false;  ///< </name>
  bool empty = false;   ///< <name/>

  std::string_view value(std::string_view attribute) const {
    const auto found = attributes.find(attribute);
    return found == attributes.end() ? std::string_view() : std::string_view(found->second);
  }
};

/// Takes the next tag off the front of `text`; false at its end. Comments, declarations and text between tags are passed over.
bool next_tag(std::string_view& text, XmlTag& tag);

}  // namespace klono::formats
