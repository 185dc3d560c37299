import postgres from "postgres";

/** What PostgreSQL says where it must not end, or has waited in vain for, somebody who is in the database. */
const IN_THE_WAY: ReadonlySet<string> = new Set(["42501", "55006"]);

/**
 * Removes a database with everybody in it. An autovacuum that happens to be there belongs to nobody whom an owner may send
 * away by force; PostgreSQL sends it away itself where no force is asked for.
 */
export async function dropDatabase(admin: postgres.Sql, name: string): Promise<void> {
  const ways = [`drop database ${name} with (force)`, `drop database ${name}`];
  for (let tries = 1; ; tries += 1)
    for (const way of ways)
      try {
        await admin.unsafe(way);
        return;
      } catch (error) {
        const inTheWay = error instanceof postgres.PostgresError && IN_THE_WAY.has(error.code);
        if (!inTheWay || tries > 5) throw error;
      }
}
