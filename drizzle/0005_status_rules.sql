CREATE TABLE "status_rules" (
	"tenant_id" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"channel_id" text collate "C" NOT NULL,
	"field" text collate "C" NOT NULL,
	"value" text collate "C" NOT NULL,
	"dimension" text NOT NULL,
	"unified" text NOT NULL,
	"applied_at" timestamp (3) with time zone,
	"applied_to" text collate "C",
	CONSTRAINT "status_rules_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "status_rules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "status_rules" ADD CONSTRAINT "status_rules_tenant_id_channel_id_channels_tenant_id_id_fk" FOREIGN KEY ("tenant_id","channel_id") REFERENCES "public"."channels"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "status_rules_word" ON "status_rules" USING btree ("tenant_id","channel_id","field","value","dimension");--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "status_rules" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "status_rules" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "system_works_over_tenants" ON "status_rules" AS PERMISSIVE FOR ALL TO "tributary_system" USING (true) WITH CHECK (true);