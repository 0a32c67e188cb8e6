-- What no other active execution of a flow may have: its caller, where the flow allows no second call.
alter table executions add column exclusive text;
create unique index executions_by_exclusive on executions (flow_sid, exclusive) where status = 'active' and exclusive is not null;

-- Events that wait for an execution, those of several instances in one line. On SQLite they wait in the process.
create table queue (
  id text not null primary key,
  execution_sid text not null,
  instance text not null,
  arrived_at bigint not null -- epoch microseconds, by the clock of the database
);

create index queue_by_execution on queue (execution_sid, arrived_at, id);
