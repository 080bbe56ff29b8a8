// Coverage by distance to the band between neighbouring columns: the trace stays smooth at every zoom, also while old
// columns are stretched over a new view.
uniform sampler2D u_columns;
uniform vec4 u_colour;
uniform vec2 u_map;
uniform int u_count;
uniform int u_first;
uniform float u_scale;
uniform float u_reach;
uniform float u_half_line;

in vec2 v_at;
out vec4 o_colour;

vec2 column(int i) {
  int texel = u_first + i;
  return texelFetch(u_columns, ivec2(texel % TEXTURE_WIDTH, texel / TEXTURE_WIDTH), 0).rg;
}

float to_segment(vec2 p, vec2 a, vec2 b) {
  vec2 along = b - a;
  float t = clamp(dot(p - a, along) / max(dot(along, along), 1e-6), 0.0, 1.0);
  return length(p - a - along * t);
}

/// Distance to the band whose ends are upright lines from top to bottom at x = a.z and x = b.z.
float to_band(vec2 p, vec3 a, vec3 b) {
  float part = (p.x - a.z) / max(b.z - a.z, 1e-6);
  if (part >= 0.0 && part <= 1.0 && p.y >= mix(a.x, b.x, part) && p.y <= mix(a.y, b.y, part)) return 0.0;
  return min(to_segment(p, vec2(a.z, a.x), vec2(b.z, b.x)), to_segment(p, vec2(a.z, a.y), vec2(b.z, b.y)));
}

void main() {
  float from = (v_at.x - u_reach) * u_map.x + u_map.y;
  float to = (v_at.x + u_reach) * u_map.x + u_map.y;
  int first = max(0, int(floor(from)));
  int last = min(u_count - 1, int(ceil(to)));
  int stride = max(1, (last - first + MOST_COLUMNS) / MOST_COLUMNS);
  float nearest = 1e6;
  vec3 before = vec3(0.0);
  bool linked = false;
  for (int k = 0; k < MOST_COLUMNS + 1; ++k) {
    int i = first + k * stride;
    if (i > last) break;
    vec2 value = column(i);
    if (value.x > value.y) {
      linked = false;
      continue;
    }
    vec3 here = vec3(-value.y * u_scale, -value.x * u_scale, (float(i) - u_map.y) / u_map.x);
    nearest = min(nearest, linked ? to_band(v_at, before, here) : to_segment(v_at, vec2(here.z, here.x), vec2(here.z, here.y)));
    before = here;
    linked = true;
  }
  float coverage = clamp(u_half_line + 0.5 - nearest, 0.0, 1.0);
  if (coverage <= 0.0) discard;
  o_colour = vec4(u_colour.rgb, u_colour.a * coverage);
}
