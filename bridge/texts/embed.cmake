# The texts of config/texts, embedded in the program, so that they stand only once.
file(GLOB text_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/config/texts/*.yaml)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${text_files})
set(CB_EMBEDDED_TEXTS "")
foreach(text_file ${text_files})
  get_filename_component(language ${text_file} NAME_WE)
  file(READ ${text_file} content)
  string(APPEND CB_EMBEDDED_TEXTS "      {\"${language}\", R\"yaml(${content})yaml\"},\n")
endforeach()
# So are the word lists of config/urgency.
file(GLOB urgency_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/config/urgency/*.yaml)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${urgency_files})
set(CB_EMBEDDED_URGENCY "")
foreach(urgency_file ${urgency_files})
  get_filename_component(language ${urgency_file} NAME_WE)
  file(READ ${urgency_file} content)
  string(APPEND CB_EMBEDDED_URGENCY "      {\"${language}\", R\"yaml(${content})yaml\"},\n")
endforeach()
configure_file(${CMAKE_CURRENT_LIST_DIR}/embedded_texts.cpp.in ${CMAKE_CURRENT_BINARY_DIR}/embedded_texts.cpp @ONLY)
target_sources(cb_texts PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/embedded_texts.cpp)
# Clang warns of literals above 64 KiB, which is as much as every compiler must take; GCC and Clang take any.
set_source_files_properties(${CMAKE_CURRENT_BINARY_DIR}/embedded_texts.cpp PROPERTIES COMPILE_OPTIONS
                            $<$<CXX_COMPILER_ID:Clang>:-Wno-overlength-strings>)
