# Third-party code: pinned by SHA-256, fetched into third_party/ by the set-up, or downloaded from
# upstream by CMake, or pointed at with -DFETCHCONTENT_SOURCE_DIR_<NAME>=… Never vendored, never
# warned about, never sanitised.
include_guard(GLOBAL)
if(POLICY CMP0135)
  cmake_policy(SET CMP0135 NEW)
endif()
include(FetchContent)

function(klono_fetch name)
  string(TOUPPER ${name} upper)
  if(EXISTS ${PROJECT_SOURCE_DIR}/third_party/${name}/.sha256 AND NOT DEFINED FETCHCONTENT_SOURCE_DIR_${upper})
    set(FETCHCONTENT_SOURCE_DIR_${upper} ${PROJECT_SOURCE_DIR}/third_party/${name} CACHE PATH "")
  endif()
  # A SOURCE_SUBDIR without CMakeLists.txt populates without building: the targets below build
  # only what is used.
  FetchContent_Declare(${name} ${ARGN} SOURCE_SUBDIR not-a-cmake-project)
  FetchContent_MakeAvailable(${name})
  set(${name}_SOURCE_DIR ${${name}_SOURCE_DIR} PARENT_SCOPE)
endfunction()

function(klono_third_party name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;INCLUDES;DEFINES")
  if(arg_SOURCES)
    add_library(third_party_${name} STATIC ${arg_SOURCES})
    target_compile_options(third_party_${name} PRIVATE -w)
    set(scope PUBLIC)
  else()
    add_library(third_party_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(third_party_${name} SYSTEM ${scope} ${arg_INCLUDES})
  target_compile_definitions(third_party_${name} ${scope} ${arg_DEFINES})
  add_library(third_party::${name} ALIAS third_party_${name})
endfunction()

klono_fetch(kissfft URL https://github.com/mborgerding/kissfft/archive/refs/tags/131.1.0.tar.gz
  URL_HASH SHA256=76c1aac87ddb7258f34b08a13f0eebf9e53afa299857568346aa5c82bcafaf1a)
# Four signals side by side (USE_SIMD), with a header of ours in place of the one of Intel's processors.
klono_third_party(kissfft INCLUDES ${CMAKE_CURRENT_LIST_DIR}/kissfft_lanes ${kissfft_SOURCE_DIR} DEFINES USE_SIMD
  SOURCES ${kissfft_SOURCE_DIR}/kiss_fft.c ${kissfft_SOURCE_DIR}/kiss_fftr.c)

klono_fetch(zlib URL https://github.com/madler/zlib/releases/download/v1.3.1/zlib-1.3.1.tar.gz
  URL_HASH SHA256=9a93b2b7dfdac77ceba5a558a580e74667dd6fede4585b91eefb60f03b72df23)
set(zlib_units adler32 crc32 deflate inffast inflate inftrees trees zutil compress uncompr)
list(TRANSFORM zlib_units PREPEND ${zlib_SOURCE_DIR}/)
list(TRANSFORM zlib_units APPEND .c)
klono_third_party(zlib INCLUDES ${zlib_SOURCE_DIR} SOURCES ${zlib_units} DEFINES Z_HAVE_UNISTD_H)
klono_third_party(minizip INCLUDES ${zlib_SOURCE_DIR} ${zlib_SOURCE_DIR}/contrib/minizip
  SOURCES ${zlib_SOURCE_DIR}/contrib/minizip/unzip.c ${zlib_SOURCE_DIR}/contrib/minizip/ioapi.c
  DEFINES NOCRYPT NOUNCRYPT IOAPI_NO_64)
target_link_libraries(third_party_minizip PUBLIC third_party_zlib)

klono_fetch(json URL https://github.com/nlohmann/json/archive/refs/tags/v3.11.3.tar.gz
  URL_HASH SHA256=0d8ef5af7f9794e3263480193c491549b2ba6cc74bb018906202ada498a79406)
klono_third_party(json INCLUDES ${json_SOURCE_DIR}/single_include DEFINES JSON_NOEXCEPTION)

klono_fetch(fast_float URL https://github.com/fastfloat/fast_float/archive/refs/tags/v8.0.0.tar.gz
  URL_HASH SHA256=f312f2dc34c61e665f4b132c0307d6f70ad9420185fa831911bc24408acf625d)
klono_third_party(fast_float INCLUDES ${fast_float_SOURCE_DIR}/include)

klono_fetch(imgui URL https://github.com/ocornut/imgui/archive/refs/tags/v1.90.1.tar.gz
  URL_HASH SHA256=21dcc985bb2ae8fe48047c86135dbc438d6980a8f2e08babbda5be820592f282)
klono_third_party(imgui INCLUDES ${imgui_SOURCE_DIR} ${imgui_SOURCE_DIR}/backends
  SOURCES ${imgui_SOURCE_DIR}/imgui.cpp ${imgui_SOURCE_DIR}/imgui_draw.cpp
          ${imgui_SOURCE_DIR}/imgui_tables.cpp ${imgui_SOURCE_DIR}/imgui_widgets.cpp
          ${imgui_SOURCE_DIR}/backends/imgui_impl_opengl3.cpp
  # 32-bit indices: a screen full of small traces has more than 65 536 corners, and WebGL2 has no base vertex.
  DEFINES IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_DISABLE_DEMO_WINDOWS IMGUI_DISABLE_DEBUG_TOOLS "ImDrawIdx=unsigned int"
          $<$<BOOL:${EMSCRIPTEN}>:IMGUI_IMPL_OPENGL_ES3>)
if(EMSCRIPTEN)
  target_compile_options(third_party_imgui PRIVATE -Os)
else()
  target_link_libraries(third_party_imgui PUBLIC ${CMAKE_DL_LIBS})
endif()

klono_fetch(doctest URL https://github.com/doctest/doctest/archive/refs/tags/v2.4.11.tar.gz
  URL_HASH SHA256=632ed2c05a7f53fa961381497bf8069093f0d6628c5f26286161fbd32a560186)
klono_third_party(doctest INCLUDES ${doctest_SOURCE_DIR})

klono_fetch(stb GIT_REPOSITORY https://github.com/nothings/stb.git
  GIT_TAG 5c205738c191bcb0abc65c4febfa9bd25ff35234)
klono_third_party(stb INCLUDES ${stb_SOURCE_DIR})

# Arrow files from the command line: wanted, not needed. No web program writes them.
option(KLONO_ARROW "Write tables as Arrow files, where the library was brought by the set-up" ON)
if(KLONO_ARROW AND NOT EMSCRIPTEN)
  if(EXISTS ${PROJECT_SOURCE_DIR}/third_party/nanoarrow/.sha256 OR DEFINED FETCHCONTENT_SOURCE_DIR_NANOARROW)
    klono_fetch(nanoarrow URL https://cran.r-project.org/src/contrib/Archive/nanoarrow/nanoarrow_0.6.0.tar.gz
      URL_HASH SHA256=cb5815b478d749dd27d3a3d90b1d174e713137c5bb960d284d9fb8c376334d71)
    set(nanoarrow_units ${nanoarrow_SOURCE_DIR}/src/nanoarrow.c ${nanoarrow_SOURCE_DIR}/src/nanoarrow_ipc.c ${nanoarrow_SOURCE_DIR}/src/flatcc.c)
    klono_third_party(nanoarrow INCLUDES ${nanoarrow_SOURCE_DIR}/src SOURCES ${nanoarrow_units})
    message(STATUS "Tables: csv and arrow (nanoarrow)")
  else()
    message(STATUS "Tables: csv only. For Arrow files run tools/setup/sources.sh third_party, or give -DFETCHCONTENT_SOURCE_DIR_NANOARROW=FOLDER with nanoarrow 0.6.0")
  endif()
endif()
