-- Lists of executions: of a flow, newest first; and only those that are active, or have ended.
create index executions_of_flow on executions (flow_sid, created_at, sid);
create index executions_of_flow_by_status on executions (flow_sid, status, created_at, sid);
