// One quad a device column, as high as the trace is there. No vertex buffer: the columns are fetched by number.
uniform sampler2D u_columns;  // (min, max) in g; min > max where there is no data
uniform vec4 u_lane;          // left, top, width, height in device pixels, origin top left
uniform vec2 u_target;        // framebuffer size
uniform vec2 u_map;           // pixel from the lane's left edge -> column: x * u_map.x + u_map.y
uniform int u_count;
uniform int u_first;          // texel of this lane's first column
uniform float u_scale;        // device pixels a g
uniform float u_reach;        // half the line and one pixel of smooth edge

out vec2 v_at;                // device pixels from the lane's left edge and middle line, y down

vec2 column(int i) {
  int texel = u_first + i;
  return texelFetch(u_columns, ivec2(texel % TEXTURE_WIDTH, texel / TEXTURE_WIDTH), 0).rg;
}

void main() {
  float middle = float(gl_InstanceID) + 0.5;
  float from = (middle - u_reach) * u_map.x + u_map.y;
  float to = (middle + u_reach) * u_map.x + u_map.y;
  int first = max(0, int(floor(from)));
  int last = min(u_count - 1, int(ceil(to)));
  int stride = max(1, (last - first + MOST_COLUMNS) / MOST_COLUMNS);
  float low = 1.0;
  float high = -1.0;
  for (int k = 0; k < MOST_COLUMNS + 1; ++k) {
    int i = first + k * stride;
    if (i > last) break;
    vec2 value = column(i);
    if (value.x > value.y) continue;
    if (low > high) {
      low = value.x;
      high = value.y;
    } else {
      low = min(low, value.x);
      high = max(high, value.y);
    }
  }
  float half_height = u_lane.w * 0.5;
  float top = clamp(-high * u_scale - u_reach, -half_height, half_height);
  float bottom = clamp(-low * u_scale + u_reach, -half_height, half_height);
  if (low > high) bottom = top = -half_height;  // nothing here: an empty quad
  v_at = vec2(float(gl_InstanceID + (gl_VertexID & 1)), (gl_VertexID & 2) == 0 ? top : bottom);
  vec2 pixel = vec2(u_lane.x + v_at.x, u_lane.y + half_height + v_at.y);
  gl_Position = vec4(pixel.x / u_target.x * 2.0 - 1.0, 1.0 - pixel.y / u_target.y * 2.0, 0.0, 1.0);
}
