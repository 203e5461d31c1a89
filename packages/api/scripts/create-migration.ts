/**
 * Makes the one migration of an unreleased version anew from the entities:
 *
 *     pnpm --filter @clientele/api migration:initial
 *
 * After the first release migrations are only ever added.
 */
import { globSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MikroORM } from '@mikro-orm/postgresql';
import { entities } from '../src/entities.ts';
import { ormSettings } from '../src/platform/database/database.ts';

const folder = join(import.meta.dirname, '../src/platform/database/migrations');
const name = 'Migration20261122000000_initial';

const orm = new MikroORM({ ...ormSettings(entities), dbName: 'clientele' });
const sql = await orm.schema.getCreateSchemaSQL({ wrap: false });
const statements = sql
  .split(/;\n+/)
  .map((statement) => statement.trim())
  .filter(Boolean);

for (const old of globSync('*.ts', { cwd: folder })) rmSync(join(folder, old));
writeFileSync(
  join(folder, `${name}.ts`),
  `import { Migration } from '@mikro-orm/migrations';

export class ${name} extends Migration {
  override up(): void {
${statements.map((statement) => `    this.addSql(\`${statement.replaceAll('`', '\\`')}\`);`).join('\n')}
  }
}
`,
);
await orm.close(true);
