-- What moved an execution, with all that the engine is told beside it: enough to walk the same way again.
create table events (
  execution_sid text not null references executions (sid) on delete cascade,
  version integer not null, -- of the execution that was saved with it
  happened text not null, -- JSON: the event and its moment
  primary key (execution_sid, version)
);
