# cmake -D ROOT=FOLDER -P tests/check_includes.cmake
# Refuses includes against the direction bridge/ -> adapters/ -> rules/, and libraries outside the files that fence them
# in. Link order alone would not notice: all folders share one include path.
cmake_minimum_required(VERSION 3.25)

# Folders of ours that each folder may include from.
set(may_include_rules rules)
set(may_include_adapters rules adapters)
set(may_include_bridge rules adapters bridge)

# Libraries, as the include begins, and the only sources that may use them. Standard headers have neither . nor / in
# their names; what stands in no row here may be used in the .cpp files of bridge/ alone.
set(libraries "cctz/" "re2/" "utf8proc.h" "tl/" "nlohmann/" "openssl/" "httplib.h" "spdlog/" "yaml-cpp/" "soci/"
    "CLI/" "prometheus/")
set(users
    "^rules/zone\\.cpp$"
    "^rules/pattern\\.cpp$"
    "^rules/text\\.cpp$"
    "^adapters/result\\.hpp$"
    "^(adapters|bridge)/.*\\.cpp$"
    "^(adapters/(signature|jira/jira_authorization)|bridge/.*)\\.cpp$"
    "^bridge/http/.*\\.cpp$"
    "^bridge/log\\.cpp$"
    "^bridge/(settings|texts)/.*\\.cpp$"
    "^bridge/store/.*\\.cpp$"
    "^bridge/cli/option(s|_parts|s_[a-z]+)\\.[ch]pp$"
    "^bridge/web/metrics\\.cpp$")

set(problems 0)
function(refuse where why)
  message("${where}: ${why}")
  math(EXPR problems "${problems} + 1")
  set(problems ${problems} PARENT_SCOPE)
endfunction()

foreach(folder rules adapters bridge)
  file(GLOB_RECURSE sources RELATIVE ${ROOT} ${ROOT}/${folder}/*.hpp ${ROOT}/${folder}/*.cpp)
  foreach(source ${sources})
    file(STRINGS ${ROOT}/${source} includes REGEX "^[ \t]*#[ \t]*include")
    foreach(include ${includes})
      if(include MATCHES "\"([^\"/]+)(/[^\"]*)?\"")
        if(NOT CMAKE_MATCH_1 IN_LIST may_include_${folder})
          refuse(${source} "${folder}/ must not include \"${CMAKE_MATCH_1}${CMAKE_MATCH_2}\"")
        endif()
      elseif(include MATCHES "<([^>]*[./][^>]*)>")
        set(name ${CMAKE_MATCH_1})
        set(user "^bridge/.*\\.cpp$")
        foreach(library allowed IN ZIP_LISTS libraries users)
          string(FIND ${name} ${library} at)
          if(at EQUAL 0)
            set(user ${allowed})
          endif()
        endforeach()
        if(NOT source MATCHES ${user})
          refuse(${source} "<${name}> may be included only by files like ${user}")
        endif()
      endif()
    endforeach()
  endforeach()
endforeach()

if(problems GREATER 0)
  message(FATAL_ERROR "${problems} includes against the direction bridge/ -> adapters/ -> rules/")
endif()
