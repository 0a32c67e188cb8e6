-- JSON: what is said by the answer alone, until that is out.
alter table deliveries add column unsent text;
create index deliveries_unsent on deliveries (created_at) where unsent is not null;
