# The files that the program serves, embedded in it.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/openapi.yaml
             ${CMAKE_CURRENT_LIST_DIR}/pages.css)
file(READ ${CMAKE_CURRENT_LIST_DIR}/openapi.yaml CB_EMBEDDED_OPENAPI)
file(READ ${CMAKE_CURRENT_LIST_DIR}/pages.css CB_EMBEDDED_STYLE)
configure_file(${CMAKE_CURRENT_LIST_DIR}/embedded_pages.cpp.in ${CMAKE_CURRENT_BINARY_DIR}/embedded_pages.cpp @ONLY)
target_sources(cb_web PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/embedded_pages.cpp)
