# klono_test(MODULE SOURCES … [DEPENDS other modules] [LIBS …] [NAME name])
#
# One doctest program a module, run by CTest natively and, built for the web, by Node with the real
# file system, so that the same suite covers both.
include_guard(GLOBAL)

add_library(klono_test_main OBJECT ${PROJECT_SOURCE_DIR}/tests/test_main.cpp)
target_link_libraries(klono_test_main PUBLIC klono_flags third_party::doctest)

function(klono_test module)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "NAME" "SOURCES;DEPENDS;LIBS")
  if(NOT arg_NAME)
    set(arg_NAME klono_${module}_tests)
  endif()
  add_executable(${arg_NAME} ${arg_SOURCES})
  target_include_directories(${arg_NAME} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${arg_NAME} PRIVATE klono_test_main klono_${module} ${arg_LIBS})
  foreach(dependency IN LISTS arg_DEPENDS)
    target_link_libraries(${arg_NAME} PRIVATE klono_${dependency})
  endforeach()
  klono_unity(${arg_NAME})
  # A test is many checks that run once: making them fast costs more time than they take. What they test is optimised.
  target_compile_options(${arg_NAME} PRIVATE -O0)
  if(EMSCRIPTEN)
    target_link_options(${arg_NAME} PRIVATE -O1)
  endif()
  klono_node_program(${arg_NAME})
  string(REGEX REPLACE "^klono_(.*)_tests$" "\\1" test_name ${arg_NAME})
  add_test(NAME ${test_name} COMMAND ${arg_NAME} --no-colors=true)
  set_tests_properties(${test_name} PROPERTIES LABELS unit)
endfunction()
