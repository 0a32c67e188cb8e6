-- Executions are found by their contact, their status, the widgets they have reached and their warnings, each list newest first.
alter table executions add column contact_address text; -- whose execution it is, also in a conversation, where everybody moves it

update executions set contact_address = contact where channel <> 'conversation';

create index executions_by_creation on executions (created_at, sid);
drop index executions_by_start; -- the next one does its work, too
create index executions_by_status on executions (status, created_at, sid);
create index executions_by_contact_address on executions (contact_address, created_at, sid);

alter table steps add column began_at bigint; -- when the execution began, by which lists are sorted

update steps set began_at = (select created_at from executions where sid = execution_sid);

-- A widget is reached by a step, or it is the trigger, which is where a flow begins.
create index steps_by_reached_widget on steps (flow_sid, transitioned_to, began_at, execution_sid);
create index steps_by_trigger on steps (flow_sid, transitioned_from, began_at, execution_sid) where type = 'trigger';

alter table warnings add column began_at bigint;

update warnings set began_at = (select created_at from executions where sid = execution_sid);

create index warnings_by_code on warnings (code, began_at, execution_sid);
