-- The call that began an execution is known as its own also when the execution has gone on to another call.
alter table executions add column initiated_by text;

update executions set initiated_by = call_sid where channel = 'call';

create index executions_by_first_call on executions (flow_sid, initiated_by) where channel = 'call';
