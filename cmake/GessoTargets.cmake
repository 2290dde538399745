# SPDX-License-Identifier: GPL-3.0-or-later
# One static library per layer folder, so that a layer can only use what it links.
#   gesso_add_layer(core_net NAMESPACE Net SOURCES a.cpp b.h LINK gesso_core_base Qt6::Network)
# makes gesso_core_net with the alias Gesso::Net.
set(CMAKE_AUTOMOC ON)
set(CMAKE_AUTORCC ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(GESSO_CCACHE ccache)
if(GESSO_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # ccache needs these allowances to cache translation units that use precompiled headers.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${GESSO_CCACHE})
endif()
find_program(GESSO_MOLD mold)
if(GESSO_MOLD AND NOT CMAKE_CXX_COMPILER_ID STREQUAL "MSVC")
  add_link_options(-fuse-ld=mold)
endif()
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  add_link_options(-gz) # two hundred test programs: their debug information takes half the room, linking as long
endif()

add_library(gesso_options INTERFACE)
target_compile_definitions(gesso_options INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_KEYWORDS
  QT_USE_QSTRINGBUILDER JSON_HAS_RANGES=0)
if(NOT MSVC)
  target_compile_options(gesso_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -fpch-preprocess
    $<$<BOOL:${GESSO_WERROR}>:-Werror>)
endif()
if(GESSO_SANITIZE STREQUAL "address")
  add_compile_options(-fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
elseif(GESSO_SANITIZE STREQUAL "fuzz") # the libraries too: the fuzzer follows what covers new code
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
elseif(GESSO_SANITIZE STREQUAL "thread")
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
endif()

# One precompiled header for all of Gesso: GCC writes 265 MB for each. It links as little as it can, because what it
# defines must be defined by every target that reuses it.
add_library(gesso_pch OBJECT ${PROJECT_SOURCE_DIR}/cmake/pch.cpp)
target_compile_features(gesso_pch PRIVATE cxx_std_20)
target_link_libraries(gesso_pch PRIVATE gesso_options Qt6::Core nlohmann_json::nlohmann_json tl::expected)
target_precompile_headers(gesso_pch PRIVATE ${PROJECT_SOURCE_DIR}/cmake/pch.h)

function(gesso_add_layer name)
  cmake_parse_arguments(ARG "" "NAMESPACE" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  add_library(gesso_${name} STATIC ${ARG_SOURCES})
  add_library(Gesso::${ARG_NAMESPACE} ALIAS gesso_${name})
  set_target_properties(gesso_${name} PROPERTIES EXPORT_NAME ${ARG_NAMESPACE})
  target_include_directories(gesso_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/gesso>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  set_target_properties(gesso_${name} PROPERTIES LINKER_LANGUAGE CXX)
  target_compile_features(gesso_${name} PUBLIC cxx_std_20)
  target_link_libraries(gesso_${name} PUBLIC ${ARG_LINK} PRIVATE $<BUILD_INTERFACE:gesso_options> ${ARG_PRIVATE_LINK})
  target_precompile_headers(gesso_${name} REUSE_FROM gesso_pch)
endfunction()

# What every test runs with. The sanitizers look at the options that are theirs.
set(GESSO_TEST_ENVIRONMENT
    QT_QPA_PLATFORM=offscreen
    GESSO_SOURCE_DIR=${PROJECT_SOURCE_DIR}
    ASAN_OPTIONS=detect_stack_use_after_return=0
    LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/lsan.supp
    TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/tsan.supp:history_size=7:second_deadlock_stack=1:die_after_fork=0
    UBSAN_OPTIONS=print_stacktrace=1)
if(GESSO_SANITIZE STREQUAL "thread")
  list(APPEND GESSO_TEST_ENVIRONMENT QT_NO_GLIB=1) # Qt's own event loop: one library less that the sanitizer cannot see into
endif()

# gesso_add_test(tst_reader SOURCES tst_reader.cpp LINK gesso_core_workflow LABELS core)
# LABELS: core and viewmodels are also run under the sanitizers. ALONE: not beside others, because it drives a whole
# window or several processes and would only measure how busy the machine is.
function(gesso_add_test name)
  cmake_parse_arguments(ARG "ALONE" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE gesso_options gesso_testkit Qt6::Test ${ARG_LINK})
  target_precompile_headers(${name} REUSE_FROM gesso_pch)
  if(GESSO_SANITIZE STREQUAL "thread")
    target_sources(${name} PRIVATE $<TARGET_OBJECTS:gesso_test_qthandovers>)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 600) # generous: sanitizers on a busy two-core machine take ten times as long
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT} RUN_SERIAL ${ARG_ALONE}
    ENVIRONMENT "${GESSO_TEST_ENVIRONMENT}")
endfunction()
