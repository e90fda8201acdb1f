# Corrects Atlassian's document for Data Center where real servers show something else, as info.x-fixes of the document
# does for other places. A correction for which there is no reason any more is an error.
# usage: jq -f tests/jira_corrections.jq jira-dc-slim.fixed.json

def correct($at; $why; is_wrong; change):
  if is_wrong then change | .info["x-fixes"] += [{kind: "contract-bridge", at: $at, why: $why}]
  else error("\($at) needs no correction: remove it from tests/jira_corrections.jq")
  end;

def change_of($member):
  correct("ChangeItemBean.\($member)"; "null in recorded changelogs of servers (mattermost-webhooks, jira-to-matrix)";
    .components.schemas.ChangeItemBean.properties[$member] == {type: "string"};
    .components.schemas.ChangeItemBean.properties[$member].nullable = true);

change_of("from") | change_of("fromString") | change_of("to") | change_of("toString")
| correct("EntityPropertyBean.value"; "any JSON, as in PUT properties: sd.public.comment holds an object";
    .components.schemas.EntityPropertyBean.properties.value == {type: "string"};
    .components.schemas.EntityPropertyBean.properties.value = {})
| correct("GET transitions: expand"; "recorded answers of servers name it and carry what it brings (go-jira)";
    [.paths["/rest/api/2/issue/{issueIdOrKey}/transitions"].get.parameters[].name] == ["transitionId", "issueIdOrKey"];
    .paths["/rest/api/2/issue/{issueIdOrKey}/transitions"].get.parameters +=
      [{name: "expand", in: "query", schema: {type: "string"}}])
