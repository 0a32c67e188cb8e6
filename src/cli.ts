#!/usr/bin/env node
import { Command, Option } from 'commander'
import { FORMATS } from './commands/formats.ts'
import { serve } from './commands/serve.ts'
import { InvalidSettings } from './config.ts'
import { NewerDatabase } from './store/migrate.ts'
import { UnusableDatabase } from './store/sqlite.ts'

const program = new Command('trunkline').description('Runs Twilio Studio flows on your own server')

program
  .command('serve', { isDefault: true })
  .argument('[dir]', 'the folder with flows/ in it', '.')
  .description('serves the flows under a folder and watches them')
  .action(serve)

program
  .command('validate')
  .argument('<paths...>', 'flow files, and folders of them')
  .addOption(new Option('--format <format>', 'how the problems are written').choices(FORMATS).default('text'))
  .option('--strict', "refuse whatever Studio's own validator would refuse", false)
  .description(
    'tells every problem of flow files; exits with 1 when one is an error, with 2 when a file cannot be read',
  )
  .action(async (paths, options) => (await import('./commands/validate.ts')).validate(paths, options))

/** What the user can mend is said in one line; only a fault of ours shows where it happened. */
function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof InvalidSettings || error instanceof UnusableDatabase || error instanceof NewerDatabase)
    return error.message
  if ('code' in error && error.code === 'EADDRINUSE')
    return `${error.message}: set PORT to another one, or stop what listens there`
  return error.stack ?? error.message
}

try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`${explained(error)}\n`)
  process.exit(1)
}
