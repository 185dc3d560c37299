-- Trusted: whoever may create in the database may install it, without being a superuser.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE TABLE "order_texts" (
	"tenant_id" text collate "C" NOT NULL,
	"order_id" text collate "C" NOT NULL,
	"number" text collate "C" NOT NULL,
	"sku" text collate "C" NOT NULL,
	"tracking" text collate "C" NOT NULL,
	"tag" text collate "C" NOT NULL,
	"status" text collate "C" NOT NULL,
	"email" text collate "C" NOT NULL,
	"people" text collate "C" NOT NULL,
	CONSTRAINT "order_texts_tenant_id_order_id_pk" PRIMARY KEY("tenant_id","order_id")
);
--> statement-breakpoint
ALTER TABLE "order_texts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "order_texts" ADD CONSTRAINT "order_texts_tenant_id_order_id_orders_tenant_id_id_fk" FOREIGN KEY ("tenant_id","order_id") REFERENCES "public"."orders"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "order_texts_trigrams" ON "order_texts" USING gin ("number" gin_trgm_ops,"sku" gin_trgm_ops,"tracking" gin_trgm_ops,"tag" gin_trgm_ops,"status" gin_trgm_ops,"email" gin_trgm_ops,"people" gin_trgm_ops) WITH (gin_pending_list_limit=256);--> statement-breakpoint
CREATE INDEX "fulfillment_orders_ship_by" ON "fulfillment_orders" USING btree ("tenant_id","ship_by","order_id");--> statement-breakpoint
CREATE INDEX "orders_shape" ON "orders" USING btree ("tenant_id","document_shape");--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "order_texts" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "order_texts" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);
--> statement-breakpoint
-- Ids of the asking tenant's orders of which one of these columns holds the pattern of LIKE. It runs as the owner, whose
-- policy lets every row through, so that the index is reached; the tenant is that of the transaction and no argument,
-- so that nobody can ask for another's. The statement is made anew each time, since only the pattern tells how to find it.
CREATE FUNCTION orders_with_text(fields text[], pattern text) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY EXECUTE (
    SELECT format('SELECT order_id::text FROM public.order_texts WHERE tenant_id = $1 AND (%s)',
      string_agg(format('%I LIKE $2', field), ' OR '))
    FROM unnest(fields) AS field
  ) USING nullif(current_setting('app.tenant', true), ''), pattern;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION orders_with_text(text[], text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION orders_with_text(text[], text) TO tributary_app;
