/** The application in one role: what the api and the engine may do in both contexts, at once. Roles belong to the server. */
export const applicationRole = `
do $$ begin
  perform pg_advisory_xact_lock(4700);
  if not exists (select from pg_roles where rolname = 'attack_app') then
    create role attack_app nologin inherit in role varde_communication, varde_delivery;
  end if;
end $$`;
