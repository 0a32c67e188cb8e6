-- TwiML can lead a call from one flow to another; its end concerns the executions of all of them.
create index executions_by_active_call on executions (call_sid) where status = 'active' and call_sid is not null;
