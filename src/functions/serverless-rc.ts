import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import json5 from 'json5'
import { z } from 'zod'
import { isMissing, whyUnreadable } from '../unreadable.ts'

/** The folders that `.twilioserverlessrc` names, as it names them. */
export interface NamedFolders {
  readonly functions?: string | undefined
  readonly assets?: string | undefined
}

/** The configuration of Twilio's Serverless Toolkit, as far as it concerns a server. */
export const SERVERLESS_RC = '.twilioserverlessrc'

/** Reads the folders of the toolkit's configuration, which is JSON5 (functions-flex.md A1). */
export async function readServerlessRc(folder: string): Promise<NamedFolders & { readonly problem?: string }> {
  try {
    const { commands, ...top } = ServerlessRc.parse(json5.parse(await readFile(join(folder, SERVERLESS_RC), 'utf8')))
    const settings = { ...top, ...commands?.start }
    return {
      functions: settings.functionsFolder ?? settings.functionsFolderName,
      assets: settings.assetsFolder ?? settings.assetsFolderName,
    }
  } catch (error) {
    return isMissing(error) ? {} : { problem: `${SERVERLESS_RC} does not count: ${whyWrong(error)}` }
  }
}

function whyWrong(error: unknown): string {
  return error instanceof z.ZodError ? z.prettifyError(error) : whyUnreadable(error)
}

/** The toolkit's pages say `functionsFolderName`, its program reads `functionsFolder`. */
const folderSettings = {
  functionsFolder: z.string().optional(),
  functionsFolderName: z.string().optional(),
  assetsFolder: z.string().optional(),
  assetsFolderName: z.string().optional(),
}

const ServerlessRc = z.looseObject({
  ...folderSettings,
  commands: z.looseObject({ start: z.looseObject(folderSettings).optional() }).optional(),
})
