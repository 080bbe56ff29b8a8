#include <algorithm>
#include <cmath>

#include "report/page_parts.hpp"
#include "report/text.hpp"

namespace klono::report {

std::string element(std::string_view head, std::string_view inner) {
  std::string text = "<";
  text.append(head).append(">").append(inner).append("</").append(head.substr(0, head.find(' '))).append(">");
  return text;
}

std::string page_word(Word id) { return html_escaped(word(id)); }

std::string page_fill(Word id, std::initializer_list<std::pair<std::string_view, std::string>> values) {
  return html_escaped(fill(id, values));
}

std::string coordinate(double value) {
  if (!std::isfinite(value)) return "0";
  const double rounded = std::round(value * 100.0) / 100.0;
  return number_text(rounded == 0.0 ? 0.0 : rounded);  // no "-0"
}

std::string svg_rect(std::string_view css_class, double x, double y, double width, double height) {
  return "<rect class=\"" + std::string(css_class) + "\" x=\"" + coordinate(x) + "\" y=\"" + coordinate(y) + "\" width=\"" +
         coordinate(width) + "\" height=\"" + coordinate(height) + "\"/>";
}

std::string svg_text(std::string_view css_class, double x, double y, std::string_view anchor, std::string_view text) {
  return "<text class=\"" + std::string(css_class) + "\" x=\"" + coordinate(x) + "\" y=\"" + coordinate(y) +
         "\" text-anchor=\"" + std::string(anchor) + "\">" + html_escaped(text) + "</text>";
}

std::string svg_picture(double width, double height, std::string_view label, std::string_view inner) {
  return element("svg role=\"img\" viewBox=\"0 0 " + coordinate(width) + " " + coordinate(height) + "\" aria-label=\"" +
                     html_escaped(label) + "\"",
                 inner);
}

std::string task_words(Task task) {
  switch (task) {
    case Task::ArmsOut: return std::string(word(Word::record_guided_arms));
    case Task::Reach: return std::string(word(Word::record_guided_reach));
    case Task::Rest: break;
  }
  return std::string(word(Word::record_guided_rest));
}

double total_length_s(const std::vector<Mask>& masks) {
  double total_s = 0.0;
  for (const Mask& mask : masks) total_s += mask.span.length_s();
  return total_s;
}

double total_length_s(const std::vector<Gap>& gaps) {
  double total_s = 0.0;
  for (const Gap& gap : gaps) total_s += gap.span.length_s();
  return total_s;
}

}  // namespace klono::report
