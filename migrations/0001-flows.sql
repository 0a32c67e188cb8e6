-- One text for SQLite and PostgreSQL. Times are epoch milliseconds.

create table flows (
  sid text not null primary key,
  friendly_name text not null,
  created_at bigint not null,
  updated_at bigint not null
);

create table revisions (
  flow_sid text not null references flows (sid) on delete cascade,
  revision integer not null,
  status text not null check (status in ('draft', 'published')),
  definition text not null, -- JSON as it was imported
  commit_message text,
  created_at bigint not null,
  primary key (flow_sid, revision)
);
