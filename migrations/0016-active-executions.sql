-- SQLite knows no statistics, and takes an equal status for narrower than an equal contact or call: the indexes of those
-- that are active say it in a way that no index of the status answers.
drop index executions_by_contact;
drop index executions_of_calling_contact;
drop index executions_by_active_call;
drop index executions_by_exclusive;
create unique index executions_by_contact on executions (flow_sid, contact, address) where status <> 'ended' and channel <> 'call';
create index executions_of_calling_contact on executions (flow_sid, contact) where status <> 'ended' and channel = 'call';
create index executions_by_active_call on executions (call_sid) where status <> 'ended' and call_sid is not null;
create unique index executions_by_exclusive on executions (flow_sid, exclusive) where status <> 'ended' and exclusive is not null;
