create table executions (
  sid text not null primary key,
  flow_sid text not null,
  channel text not null,
  contact text not null, -- who moves it; the same for all of a conversation, where everybody does
  address text not null,
  call_sid text,
  status text not null check (status in ('active', 'ended')),
  due_at bigint, -- null where no time is waited for, and once it has ended
  version integer not null,
  document text not null, -- the whole execution as JSON; the other columns are what is searched of it
  created_at bigint not null,
  updated_at bigint not null
);

-- A contact has one active execution in a flow; each call has its own.
create unique index executions_by_contact on executions (flow_sid, contact, address) where status = 'active' and channel <> 'call';
create index executions_of_calling_contact on executions (flow_sid, contact) where status = 'active' and channel = 'call';
create index executions_by_call on executions (flow_sid, call_sid) where call_sid is not null;
create index executions_by_due_at on executions (due_at) where due_at is not null;
create index executions_by_end on executions (updated_at) where status = 'ended';

create table steps (
  execution_sid text not null references executions (sid) on delete cascade,
  position integer not null, -- from 0
  sid text not null,
  flow_sid text not null,
  parent_step_sid text,
  name text not null,
  type text not null,
  transitioned_from text not null,
  transitioned_to text not null,
  changes text not null, -- JSON: what the step wrote into the context
  created_at bigint not null,
  primary key (execution_sid, position)
);

create table warnings (
  execution_sid text not null references executions (sid) on delete cascade,
  version integer not null, -- of the execution that was saved with it
  position integer not null, -- among those of one save
  step_sid text not null,
  widget text not null,
  code integer not null,
  message text not null,
  created_at bigint not null,
  primary key (execution_sid, version, position)
);

-- What was asked for and is not yet known to be done.
create table effects (
  execution_sid text not null references executions (sid) on delete cascade,
  id text not null,
  step_sid text not null,
  effect text not null, -- JSON
  created_at bigint not null,
  primary key (execution_sid, id)
);
