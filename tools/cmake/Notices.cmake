# klono_notices(OUTPUT): a command that collects the licences of all that goes into the programs.
include_guard(GLOBAL)

function(klono_notices output)
  set(notices "Dear ImGui=${imgui_SOURCE_DIR}" "KissFFT=${kissfft_SOURCE_DIR}" "zlib and minizip=${zlib_SOURCE_DIR}"
    "JSON for Modern C++=${json_SOURCE_DIR}" "fast_float=${fast_float_SOURCE_DIR}")
  if(TARGET third_party::nanoarrow)
    set(sources ${nanoarrow_SOURCE_DIR}/src)
    list(APPEND notices "nanoarrow and flatcc=${sources}/nanoarrow.h" "flatcc portability (memory access)=${sources}/flatcc/portable/pmemaccess.h"
      "flatcc portability (restrict)=${sources}/flatcc/portable/prestrict.h" "flatcc portability (unaligned)=${sources}/flatcc/portable/punaligned.h"
      "flatcc portability (stdint)=${sources}/flatcc/portable/pstdint.h")
    find_file(KLONO_APACHE_LICENCE Apache-2.0 PATHS /usr/share/common-licenses NO_DEFAULT_PATH)
    if(KLONO_APACHE_LICENCE)
      list(APPEND notices "Apache License 2.0=${KLONO_APACHE_LICENCE}")
    endif()
  endif()
  find_file(KLONO_INTER_COPYRIGHT copyright PATHS /usr/share/doc/fonts-inter NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
  if(KLONO_INTER_COPYRIGHT)
    list(APPEND notices "Inter=${KLONO_INTER_COPYRIGHT}")
  endif()
  if(EMSCRIPTEN AND EXISTS ${EMSCRIPTEN_ROOT_PATH}/LICENSE)
    list(APPEND notices "Emscripten=${EMSCRIPTEN_ROOT_PATH}/LICENSE")
  elseif(EMSCRIPTEN AND EXISTS ${EMSCRIPTEN_ROOT_PATH}/../doc/emscripten/copyright)
    list(APPEND notices "Emscripten=${EMSCRIPTEN_ROOT_PATH}/../doc/emscripten/copyright")
  endif()
  add_custom_command(OUTPUT ${output}
    COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/tools/generate/notices.py ${output}
            "Klonograph=${PROJECT_SOURCE_DIR}/LICENSE" ${notices}
    DEPENDS ${PROJECT_SOURCE_DIR}/tools/generate/notices.py VERBATIM)
endfunction()
