-- The conversation that an execution writes to and whose messages move it.
alter table executions add column conversation_sid text;
create index executions_by_conversation on executions (flow_sid, conversation_sid) where conversation_sid is not null;

-- JSON: a webhook that was acknowledged and has not been taken up yet.
alter table deliveries add column acknowledged text;
create index deliveries_acknowledged on deliveries (created_at) where acknowledged is not null;
