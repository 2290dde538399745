# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the program and Gesso::Core: the LGPL layers, with headers under <prefix>/include/gesso/core.
#   find_package(Gesso REQUIRED)   target_link_libraries(mine PRIVATE Gesso::Core)
#   #include <gesso/core/server/serversession.h>
include(CMakePackageConfigHelpers)

set(GESSO_CORE_LAYERS core_base core_workflow core_form core_net core_comfy core_store core_run core_server)
list(TRANSFORM GESSO_CORE_LAYERS PREPEND gesso_ OUTPUT_VARIABLE _targets)

add_library(gesso_core INTERFACE)
add_library(Gesso::Core ALIAS gesso_core)
set_target_properties(gesso_core PROPERTIES EXPORT_NAME Core)
target_link_libraries(gesso_core INTERFACE ${_targets})

install(TARGETS gesso_core ${_targets} EXPORT GessoTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT Development)
foreach(folder base workflow form net comfy store run server)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/core/${folder}
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/gesso/core COMPONENT Development
    FILES_MATCHING PATTERN "*.h")
endforeach()
install(EXPORT GessoTargets NAMESPACE Gesso:: COMPONENT Development
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Gesso)

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/GessoConfig.cmake.in
  ${PROJECT_BINARY_DIR}/GessoConfig.cmake INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Gesso)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/GessoConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/GessoConfig.cmake ${PROJECT_BINARY_DIR}/GessoConfigVersion.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Gesso COMPONENT Development)

if(GESSO_BUILD_APP AND TARGET gesso)
  install(TARGETS gesso COMPONENT Application)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/resources/workflows
    DESTINATION ${CMAKE_INSTALL_DATADIR}/gesso COMPONENT Application)
endif()
