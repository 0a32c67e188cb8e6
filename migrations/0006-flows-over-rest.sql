-- A flow is kept in a file of the flows folder, of which its revisions are copies, or here alone.
alter table flows add column origin text not null default 'file' check (origin in ('file', 'database'));

-- Contacts who walk the newest revision of a flow, published or not.
create table test_users (
  flow_sid text not null references flows (sid) on delete cascade,
  position integer not null,
  contact text not null,
  primary key (flow_sid, position)
);
