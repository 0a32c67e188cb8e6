-- Answers to webhooks, kept for the carrier's next attempt at the same delivery.
create table deliveries (
  flow_sid text not null,
  key text not null,
  execution_sid text,
  answer text not null,
  finished integer not null, -- 0 or 1
  created_at bigint not null,
  primary key (flow_sid, key)
);

create index deliveries_by_age on deliveries (created_at);
