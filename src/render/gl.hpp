#pragma once
/// The GL of this build: WebGL 2 in the browser, OpenGL 3.3 on a desktop.

#if defined(KLONO_GLES)
#include <GLES3/gl3.h>
#elif defined(__APPLE__)
#include <OpenGL/gl3.h>
#else
#ifndef GL_GLEXT_PROTOTYPES
#define GL_GLEXT_PROTOTYPES
#endif
#include <GL/gl.h>
#include <GL/glext.h>
#endif
