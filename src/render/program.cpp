#include "render/program.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "render/gl.hpp"
#include "render/trace_renderer.hpp"

namespace klono::render {
namespace {

#define KLONO_TEXT_OF(value) #value
#define KLONO_TEXT(value) KLONO_TEXT_OF(value)

constexpr std::string_view kPrefix =
#if defined(KLONO_GLES)
    "#version 300 es\nprecision highp float;\nprecision highp int;\nprecision highp sampler2D;\n"
#else
    "#version 330 core\n"
#endif
    "#define TEXTURE_WIDTH " KLONO_TEXT(KLONO_TRACE_TEXTURE_WIDTH) "\n"
    "#define MOST_COLUMNS " KLONO_TEXT(KLONO_TRACE_MOST_COLUMNS) "\n";

GLuint compiled(GLenum stage, std::string_view source) {
  const GLuint shader = glCreateShader(stage);
  const std::array<const GLchar*, 2> parts{kPrefix.data(), source.data()};
  const std::array<GLint, 2> lengths{static_cast<GLint>(kPrefix.size()), static_cast<GLint>(source.size())};
  glShaderSource(shader, 2, parts.data(), lengths.data());
  glCompileShader(shader);
  return shader;
}

}  // namespace

Program::~Program() {
  if (program_ != 0) glDeleteProgram(program_);
  if (vertex_array_ != 0) glDeleteVertexArrays(1, &vertex_array_);
}

bool Program::make(std::string_view vertex, std::string_view fragment) {
  if (program_ != 0) return true;
  if (failed_) return false;
  const GLuint program = glCreateProgram();
  for (const GLuint shader : {compiled(GL_VERTEX_SHADER, vertex), compiled(GL_FRAGMENT_SHADER, fragment)}) {
    glAttachShader(program, shader);
    glDeleteShader(shader);  // lives as long as the program
  }
  glLinkProgram(program);
  GLint linked = GL_FALSE;
  glGetProgramiv(program, GL_LINK_STATUS, &linked);
  if (linked != GL_TRUE) {
    glDeleteProgram(program);
    failed_ = true;
    return false;
  }
  program_ = program;
  glGenVertexArrays(1, &vertex_array_);
  return true;
}

void Program::use() const {
  glUseProgram(program_);
  glBindVertexArray(vertex_array_);
}

int Program::location(const char* name) const { return glGetUniformLocation(program_, name); }
void Program::set(const char* name, int value) const { glUniform1i(location(name), value); }
void Program::set(const char* name, float value) const { glUniform1f(location(name), value); }
void Program::set(const char* name, float x, float y) const { glUniform2f(location(name), x, y); }
void Program::set(const char* name, const PixelRect& r) const { glUniform4f(location(name), r.x, r.y, r.width, r.height); }
void Program::set(const char* name, const Rgba& c) const { glUniform4f(location(name), c[0], c[1], c[2], c[3]); }

void prepare(const Surface& surface) {
  glEnable(GL_BLEND);
  glBlendEquation(GL_FUNC_ADD);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glDisable(GL_CULL_FACE);
  glDisable(GL_DEPTH_TEST);
  glEnable(GL_SCISSOR_TEST);
  const PixelRect& clip = surface.clip;
  glScissor(static_cast<GLint>(clip.x), static_cast<GLint>(surface.height - clip.y - clip.height),
            static_cast<GLsizei>(std::max(0.0F, clip.width)), static_cast<GLsizei>(std::max(0.0F, clip.height)));
}

}  // namespace klono::render
