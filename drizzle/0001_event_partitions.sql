-- The log is partitioned by month of recorded_at. What no month holds falls into events_default, so that an event is
-- never refused for want of a partition.
CREATE TABLE "events_default" PARTITION OF "events" DEFAULT;
--> statement-breakpoint
-- Makes the partitions of this month and the next two where they are missing, and gives their names. Run daily by the
-- system role, which owns no table: hence SECURITY DEFINER. Rows that waited in events_default move to their month.
CREATE FUNCTION ensure_event_partitions() RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  month timestamp; -- in UTC
  starts timestamptz;
  ends timestamptz;
  name text;
BEGIN
  -- Two at once would both find a month missing.
  PERFORM pg_advisory_xact_lock(7241002);
  FOR ahead IN 0..2 LOOP
    month := date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => ahead);
    starts := month AT TIME ZONE 'UTC';
    ends := (month + interval '1 month') AT TIME ZONE 'UTC';
    name := 'events_' || to_char(month, 'YYYY_MM');
    CONTINUE WHEN to_regclass('public.' || name) IS NOT NULL;
    EXECUTE format('CREATE TABLE public.%I (LIKE public.events INCLUDING ALL EXCLUDING IDENTITY)', name);
    EXECUTE format(
      'WITH moved AS (DELETE FROM public.events_default WHERE recorded_at >= %1$L AND recorded_at < %2$L RETURNING *)
       INSERT INTO public.%3$I SELECT * FROM moved',
      starts, ends, name);
    EXECUTE format('ALTER TABLE public.events ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
      name, starts, ends);
    RETURN NEXT name;
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION ensure_event_partitions() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION ensure_event_partitions() TO tributary_system;
