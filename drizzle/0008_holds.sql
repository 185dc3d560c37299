CREATE TABLE "holds" (
	"tenant_id" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"order_id" text collate "C" NOT NULL,
	"channel_id" text collate "C" NOT NULL,
	CONSTRAINT "holds_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "holds" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_tenant_id_order_id_orders_tenant_id_id_fk" FOREIGN KEY ("tenant_id","order_id") REFERENCES "public"."orders"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "holds_order" ON "holds" USING btree ("tenant_id","order_id");--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "holds" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "holds" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);