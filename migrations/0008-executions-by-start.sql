-- Executions are removed by the age of their start, as at Studio.
drop index executions_by_end;
create index executions_by_start on executions (created_at) where status = 'ended';
