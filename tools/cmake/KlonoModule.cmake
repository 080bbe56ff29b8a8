# klono_module(NAME DEPENDS a b … SOURCES x.cpp … HEADERS x.hpp … [LIBS third_party::…] [PUBLIC_LIBS …])
#
# One static library a folder of src/. Linking is the only way to gain an include path to another
# module, and each edge is recorded for tests/layers, so the drawing in ARCHITECTURE.md cannot drift.
include_guard(GLOBAL)

add_library(klono_flags INTERFACE)
target_compile_features(klono_flags INTERFACE cxx_std_20)
target_compile_options(klono_flags INTERFACE
  -ffp-contract=off -Wall -Wextra -Wshadow -Wconversion -Wsign-conversion
  $<$<BOOL:${KLONO_WERROR}>:-Werror>
  $<$<BOOL:${KLONO_SANITIZE}>:-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer>
  $<$<BOOL:${KLONO_SANITIZE_THREADS}>:-fsanitize=thread>
  $<$<BOOL:${KLONO_FUZZ}>:-fsanitize=fuzzer-no-link>
  # Places inside containers are 64-bit in our interfaces and fit a container's own 32-bit ones.
  $<$<BOOL:${EMSCRIPTEN}>:-msimd128> $<$<BOOL:${EMSCRIPTEN}>:-Wno-shorten-64-to-32>)
target_link_options(klono_flags INTERFACE
  $<$<BOOL:${KLONO_SANITIZE}>:-fsanitize=address,undefined>
  $<$<BOOL:${KLONO_SANITIZE_THREADS}>:-fsanitize=thread>)

set_property(GLOBAL PROPERTY KLONO_MODULES "")

# Sources of one target compiled several at a time: reading the same headers again costs most of a build.
# Off, each source is compiled alone and one change builds less.
option(KLONO_UNITY "compile several sources of a target at a time" OFF)

function(klono_unity target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${KLONO_UNITY} UNITY_BUILD_BATCH_SIZE 8)
endfunction()

function(klono_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "DEPENDS;SOURCES;HEADERS;LIBS;PUBLIC_LIBS")
  set(target klono_${name})
  if(arg_SOURCES)
    add_library(${target} STATIC ${arg_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(${target} PRIVATE ${arg_LIBS})
    # The core reports errors as values; an exception would end the program on the web.
    target_compile_options(${target} PRIVATE -fno-exceptions)
    klono_unity(${target})
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope} ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(${target} ${scope} klono_flags ${arg_PUBLIC_LIBS})
  foreach(dependency IN LISTS arg_DEPENDS)
    target_link_libraries(${target} ${scope} klono_${dependency})
  endforeach()
  set_property(GLOBAL APPEND PROPERTY KLONO_MODULES ${name})
  set_property(GLOBAL PROPERTY KLONO_EDGES_${name} "${arg_DEPENDS}")
  set_property(GLOBAL PROPERTY KLONO_HEADERS_${name} "${arg_HEADERS}")
endfunction()

# Writes "module: dep dep" lines, one a module, for the layer test.
function(klono_write_edges file)
  get_property(modules GLOBAL PROPERTY KLONO_MODULES)
  set(text "")
  foreach(module IN LISTS modules)
    get_property(edges GLOBAL PROPERTY KLONO_EDGES_${module})
    list(JOIN edges " " edges)
    string(APPEND text "${module}: ${edges}\n")
  endforeach()
  file(WRITE ${file} "${text}")
endfunction()

# Link options of a program that runs under Node with the file system of the machine.
function(klono_node_program target)
  if(EMSCRIPTEN)
    target_link_options(${target} PRIVATE -sNODERAWFS=1 -sALLOW_MEMORY_GROWTH=1 -sSTACK_SIZE=1MB
      -sENVIRONMENT=node -sEXIT_RUNTIME=1 -sDYNAMIC_EXECUTION=0)
  endif()
endfunction()
