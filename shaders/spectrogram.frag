// Level to colour through the theme's ramp: quiet is the paper itself.
uniform sampler2D u_levels;  // row 0 is the lowest frequency
uniform sampler2D u_ramp;    // 256 x 1
uniform vec4 u_lane;
uniform vec2 u_map;          // pixel from the left edge -> 0..1 of the levels' time: x * u_map.x + u_map.y
uniform float u_radius;      // of the corners, device pixels
uniform float u_alpha;

in vec2 v_at;
out vec4 o_colour;

void main() {
  vec2 place = vec2(v_at.x * u_map.x + u_map.y, 1.0 - v_at.y / u_lane.w);
  float level = texture(u_levels, place).r;
  if (place.x < 0.0 || place.x > 1.0) level = 0.0;  // not answered yet
  vec3 colour = texture(u_ramp, vec2((level * 255.0 + 0.5) / 256.0, 0.5)).rgb;
  vec2 corner = abs(v_at - u_lane.zw * 0.5) - u_lane.zw * 0.5 + u_radius;
  float outside = length(max(corner, 0.0)) + min(max(corner.x, corner.y), 0.0) - u_radius;
  o_colour = vec4(colour, u_alpha * clamp(0.5 - outside, 0.0, 1.0));
}
