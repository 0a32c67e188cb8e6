-- The number belongs to a change that is made beside this one.
select 1;
