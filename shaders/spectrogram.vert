uniform vec4 u_lane;    // left, top, width, height in device pixels, origin top left
uniform vec2 u_target;  // framebuffer size

out vec2 v_at;          // device pixels from the lane's upper left corner

void main() {
  v_at = vec2((gl_VertexID & 1) == 0 ? 0.0 : u_lane.z, (gl_VertexID & 2) == 0 ? 0.0 : u_lane.w);
  vec2 pixel = u_lane.xy + v_at;
  gl_Position = vec4(pixel.x / u_target.x * 2.0 - 1.0, 1.0 - pixel.y / u_target.y * 2.0, 0.0, 1.0);
}
