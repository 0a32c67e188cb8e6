-- How often each transition of a flow was taken in a time: counted in the index, without reading a step.
create index steps_by_transition on steps (flow_sid, transitioned_from, name, transitioned_to, created_at);
