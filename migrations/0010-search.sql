-- Executions are found by their contact, their status and their warnings, each list newest first.
alter table executions add column contact_address text; -- whose execution it is, also in a conversation, where everybody moves it

update executions set contact_address = contact where channel <> 'conversation';

create index executions_by_creation on executions (created_at, sid);
drop index executions_by_start; -- the next one does its work, too
create index executions_by_status on executions (status, created_at, sid);
create index executions_by_contact_address on executions (contact_address, created_at, sid);

alter table warnings add column began_at bigint; -- when the execution began, by which lists are sorted

update warnings set began_at = (select created_at from executions where sid = execution_sid);

create index warnings_by_code on warnings (code, began_at, execution_sid);
