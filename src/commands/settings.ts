import { existsSync } from 'node:fs'
import { InvalidArgumentError } from 'commander'
import { type Config, readConfig } from '../config.ts'
import { loadEnvFile } from './env-file.ts'

/** The settings of a folder, from the environment and its `.env`; throws where there is no such folder. */
export function settingsOf(folder: string): Config {
  if (!existsSync(folder)) throw new InvalidArgumentError(`there is no folder ${folder}, and no command of that name`)
  loadEnvFile(folder)
  return readConfig(process.env, folder)
}
