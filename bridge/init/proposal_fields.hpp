// Which fields of the server the bridge reads and writes, and which are to be created.
#pragma once

#include "bridge/init/proposal.hpp"

namespace cb {

// Fills `bound`, `missing` and `remarks`. `date_times_are_safe`: an instant that is put into a date-time field is the
// one that is read back.
void propose_fields(const Survey& survey, bool date_times_are_safe, Proposal& proposal);

// The name that bridge.yaml gives a field; empty where it is none of the tracker's custom fields.
std::string configured_name(const FieldInfo& field, TrackerKind tracker);

}  // namespace cb
