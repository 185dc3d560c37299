CREATE TABLE "sweeps" (
	"tenant_id" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"channel_id" text collate "C" NOT NULL,
	"placed_from" timestamp (3) with time zone NOT NULL,
	"placed_to" timestamp (3) with time zone NOT NULL,
	"command_id" text collate "C",
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"cursor" text,
	"listed" boolean DEFAULT false NOT NULL,
	"looked" integer DEFAULT 0 NOT NULL,
	"missed" integer DEFAULT 0 NOT NULL,
	"repaired" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"error" text,
	CONSTRAINT "sweeps_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "sweeps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "command_steps" ALTER COLUMN "order_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "commands" ALTER COLUMN "order_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "next_sweep_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "print" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "surveyed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sweeps" ADD CONSTRAINT "sweeps_tenant_id_channel_id_channels_tenant_id_id_fk" FOREIGN KEY ("tenant_id","channel_id") REFERENCES "public"."channels"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sweeps_channel" ON "sweeps" USING btree ("tenant_id","channel_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "sweeps_one_at_a_time" ON "sweeps" USING btree ("tenant_id","channel_id") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "commands_of_channels" ON "commands" USING btree ("tenant_id","channel_id","id") WHERE order_id is null and finished_at is null;--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "sweeps" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "sweeps" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "system_works_over_tenants" ON "sweeps" AS PERMISSIVE FOR ALL TO "tributary_system" USING (true) WITH CHECK (true);