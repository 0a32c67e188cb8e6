#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { Command, type CommanderError, Option } from 'commander'
import { FORMATS } from './commands/formats.ts'
import { REPORTERS } from './commands/reporters.ts'
import { simulateCommand } from './commands/simulate/options.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const program = new Command('trunkline').description('Runs Twilio Studio flows on your own server').version(version)

program
  .command('serve', { isDefault: true })
  .argument('[dir]', 'the folder with flows/ in it', '.')
  .description('serves the flows under a folder and watches them')
  .action(async (folder: string) => (await import('./commands/serve.ts')).serve(folder))

program.addCommand(
  simulateCommand(async (wish) => {
    ;(await import('./commands/env-file.ts')).loadEnvFile('.')
    if (wish.replay !== undefined) {
      const { replayBundle } = await import('./commands/simulate/replay.ts')
      process.exitCode = await replayBundle(wish.replay, wish, { output: process.stdout, errors: process.stderr })
      return
    }
    const { simulate } = await import('./commands/simulate/simulate.ts')
    process.exitCode = await simulate(wish, { input: process.stdin, output: process.stdout })
  }),
)

program
  .command('validate')
  .argument('<paths...>', 'flow files, and folders of them')
  .addOption(new Option('--format <format>', 'how the problems are written').choices(FORMATS).default('text'))
  .option('--strict', "refuse whatever Studio's own validator would refuse", false)
  .description(
    'tells every problem of flow files; exits with 1 when one is an error, with 2 when a file cannot be read',
  )
  .exitOverride(asUnreadable)
  .action(async (paths, options) => (await import('./commands/validate.ts')).validate(paths, options))

program
  .command('test')
  .argument('[paths...]', 'scenario files, and folders of them; else scenarios/, test/scenarios/ or this folder')
  .addOption(new Option('--reporter <reporter>', 'how the results are written').choices(REPORTERS).default('text'))
  .option('--coverage', 'list the transitions that no scenario takes')
  .description('plays scenario files; exits with 1 when one fails, with 2 when none can be read')
  .exitOverride(asUnreadable)
  .action(async (paths, options) => {
    const { test } = await import('./commands/test.ts')
    process.exitCode = await test(paths, options, { output: process.stdout, errors: process.stderr })
  })

program
  .command('migrate-store')
  .requiredOption('--from <url>', 'where everything is kept now, such as sqlite:./data/trunkline.db')
  .requiredOption('--to <url>', 'an empty database, such as postgres://…')
  .description('copies flows, executions and all that belongs to them to another database; no server may run on either')
  .action(async (databases) => (await import('./commands/migrate-store.ts')).migrateStore(databases, process.stdout))

/** A command line that cannot be read is no finding: 1 is kept for those. */
function asUnreadable({ exitCode }: CommanderError): never {
  process.exit(exitCode === 0 ? 0 : 2)
}

/** What the user can mend is said in one line; only a fault of ours shows where it happened. */
function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (MENDABLE.has(error.name)) return error.message
  if ('code' in error && error.code === 'EADDRINUSE')
    return `${error.message}: set PORT to another one, or stop what listens there`
  return error.stack ?? error.message
}

/** Errors by name, so that no command loads what another one needs. */
const MENDABLE: ReadonlySet<string> = new Set([
  'InvalidArgumentError',
  'InvalidSettings',
  'NewerDatabase',
  'UnusableDatabase',
  'UnusableFlow',
])

/** A reader that has seen enough, such as `head`, closes the pipe. */
process.stdout.on('error', (error) => {
  if (!('code' in error) || error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`${explained(error)}\n`)
  process.exit(1)
}
