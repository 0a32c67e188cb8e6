-- Steps are kept in the order of their time. Each tells when the one before it was taken, an execution when its last one:
-- so the table and its index grow at their ends. An index by execution is written at another place by each step.
alter table executions add column last_step_at bigint;

update executions
set last_step_at = (select created_at from steps where execution_sid = executions.sid order by position desc limit 1);

create table timed_steps (
  created_at bigint not null,
  execution_sid text not null,
  position integer not null, -- from 0
  previous_at bigint not null, -- created_at of the step before it, -1 where there is none: a program that does not know of it can add no step
  sid text not null,
  flow_sid text not null,
  parent_step_sid text,
  name text not null,
  type text not null,
  transitioned_from text not null,
  transitioned_to text not null,
  changes text not null, -- JSON: what the step wrote into the context, and what has led to it
  primary key (created_at, execution_sid, position)
);

insert into timed_steps
select created_at, execution_sid, position,
  coalesce(
    (select p.created_at from steps p where p.execution_sid = s.execution_sid and p.position = s.position - 1),
    -1
  ),
  sid, flow_sid, parent_step_sid, name, type, transitioned_from, transitioned_to, changes
from steps s
order by s.created_at, s.execution_sid, s.position;

drop table steps;
alter table timed_steps rename to steps;
create index steps_by_transition on steps (flow_sid, transitioned_from, name, transitioned_to, created_at);
