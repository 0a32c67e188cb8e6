#!/usr/bin/env node
import { Command, type CommanderError, Option } from 'commander'
import { FORMATS } from './commands/formats.ts'
import { PICTURES } from './commands/pictures.ts'
import { REPORTERS } from './commands/reporters.ts'
import { simulateCommand } from './commands/simulate/options.ts'
import type { Streams } from './commands/streams.ts'
import { ownManifest } from './own-package.ts'

const streams: Streams = { output: process.stdout, errors: process.stderr }

const { version } = ownManifest()
const program = new Command('trunkline').description('Runs Twilio Studio flows on your own server').version(version)

program
  .command('serve', { isDefault: true })
  .argument('[dir]', 'the folder with flows/, functions/ and assets/ in it', '.')
  .description('serves the flows, functions and assets under a folder and watches them')
  .action(async (folder: string) => (await import('./commands/serve.ts')).serve(folder))

program
  .command('backup')
  .argument('<file>', 'the file to be made')
  .argument('[dir]', 'the folder that is served', '.')
  .description('copies the database as it is now, also while the server runs')
  .action(async (file: string, folder: string) => (await import('./commands/backup.ts')).backup(file, folder))

program.addCommand(
  simulateCommand(async (wish) => {
    const { loadEnvFile } = await import('./commands/env-file.ts')
    loadEnvFile('.')
    if (wish.replay !== undefined) {
      const { replayBundle } = await import('./commands/simulate/replay.ts')
      process.exitCode = await replayBundle(wish.replay, wish, streams)
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
    process.exitCode = await test(paths, options, streams)
  })

program
  .command('migrate-store')
  .requiredOption('--from <url>', 'where everything is kept now, such as sqlite:./data/trunkline.db')
  .requiredOption('--to <url>', 'an empty database, such as postgres://…')
  .description('copies flows, executions and all that belongs to them to another database; no server may run on either')
  .action(async (databases) => (await import('./commands/migrate-store.ts')).migrateStore(databases, process.stdout))

program
  .command('render')
  .argument('<flow>', 'an exported flow (JSON)')
  .addOption(new Option('--format <format>', 'what is written').choices(PICTURES).default('svg'))
  .option('--execution <bundle>', 'number the steps of the execution in this bundle')
  .option('-o, --output <file>', 'write to this file instead of the terminal')
  .description('draws a flow as Studio shows it; exits with 2 when something cannot be read')
  .exitOverride(asUnreadable)
  .action(async (flow, options) => {
    const { render } = await import('./commands/render.ts')
    process.exitCode = await render(flow, options, streams)
  })

program
  .command('diff')
  .argument('<files...>', 'the flow before and the flow after')
  .option('--json', 'print the changes as a JSON document')
  .option('--textconv', 'print one flow as a text, for textconv of git')
  .option('--git', 'take the arguments of an external diff of git, and exit with 0')
  .description('tells in words how two flows differ; exits with 1 when they do, with 2 when one cannot be read')
  .exitOverride(asUnreadable)
  .action(async (files, options) => {
    const { diff } = await import('./commands/diff.ts')
    process.exitCode = await diff(files, options, streams)
  })

program
  .command('pull')
  .argument('[flows...]', 'names or sids of flows; else all')
  .option('--from <address>', 'the address of another Trunkline, instead of Twilio')
  .option('--dir <folder>', 'the folder with flows/ and .env in it', '.')
  .option('--force', 'overwrite files that differ')
  .description("writes an account's flows to files; exits with 1 when one differs and was left, with 2 when it cannot")
  .exitOverride(asUnreadable)
  .action(async (names, options) => {
    const { pull } = await import('./commands/account/pull.ts')
    process.exitCode = await pull(names, options, streams)
  })

program
  .command('push')
  .argument('<paths...>', 'flow files, and folders of them')
  .option('--to <address>', 'the address of another Trunkline, instead of Twilio')
  .option('--dir <folder>', 'the folder with .env in it', '.')
  .option('--publish', 'publish them; else they are drafts')
  .option('--message <text>', 'what is said of the revision')
  .option('--sid <sid>', 'the flow that becomes what the only file says')
  .description('makes flow files flows of an account; exits with 1 when one has errors, with 2 when it cannot')
  .exitOverride(asUnreadable)
  .action(async (paths, options) => {
    const { push } = await import('./commands/account/push.ts')
    process.exitCode = await push(paths, options, streams)
  })

program
  .command('doctor')
  .argument('[dir]', 'the folder that is served', '.')
  .description('looks at settings, flows, database, address, signatures and clock; exits with 1 when one is wrong')
  .exitOverride(asUnreadable)
  .action(async (folder) => {
    const { doctor } = await import('./commands/doctor/doctor.ts')
    process.exitCode = await doctor(folder, streams)
  })

program
  .command('init')
  .argument('[dir]', 'the folder, which is made where there is none', '.')
  .description(
    'makes a folder with a flow, a scenario, a function and an asset; exits with 1 where one is there already',
  )
  .action(async (folder) => {
    const { init } = await import('./commands/init.ts')
    process.exitCode = await init(folder, streams)
  })

/** Exits with 2 for a command line that cannot be read: 1 says that something was found. */
function asUnreadable({ exitCode }: CommanderError): never {
  process.exit(exitCode === 0 ? 0 : 2)
}

/** What the user can mend is said in one line; only a fault of ours shows where it happened. */
function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return MENDABLE.has(error.name) ? error.message : (error.stack ?? error.message)
}

/** Errors by name, so that no command loads what another one needs. */
const MENDABLE: ReadonlySet<string> = new Set([
  'CopyRefused',
  'InvalidArgumentError',
  'InvalidSettings',
  'NewerDatabase',
  'StorageFailed',
  'UnusableAddress',
  'UnusableDatabase',
  'UnusableFlow',
  'UnusableProject',
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
