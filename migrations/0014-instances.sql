-- Processes that work on one database at the same time. On SQLite there is one, which nobody has to be told of.
create table instances (
  id text not null primary key,
  beats integer not null -- more with every second that it lives
);

-- Which instance has it under way; whoever finds that one gone takes it over.
alter table effects add column instance text;
alter table deliveries add column instance text;
