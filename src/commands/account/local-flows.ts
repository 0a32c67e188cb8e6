import { basename } from 'node:path'
import type { FlowDefinition } from '../../flow/definition.ts'
import { parseFlowText } from '../../flow/file.ts'
import { importFlow } from '../../flow/import.ts'
import { own } from '../../flow/record.ts'
import type { FlowFile } from '../../lint/lint.ts'
import { FLOW_SID } from '../../runtime/flow-sid.ts'
import { catalogue } from '../../widgets/index.ts'
import { collectFlowFiles } from '../flow-files.ts'

/** A flow of a file, as an account would have it. */
export interface LocalFlow extends FlowFile {
  readonly friendlyName: string
  /** Whether the file says its name; else it is that of the file. */
  readonly isNamed: boolean
  /** The definition as the file has it; nothing where the file cannot be read. */
  readonly source: unknown
}

/** The flow of a file. */
export function localFlow(file: FlowFile): LocalFlow {
  const parsed = parseFlowText(file.text)
  const json = 'json' in parsed ? parsed.json : undefined
  const [sid, name] = [own(json, 'sid'), own(json, 'friendly_name')]
  const flow = importFlow(json, catalogue)
  return {
    ...file,
    sid: typeof sid === 'string' && FLOW_SID.test(sid) ? sid : file.sid,
    friendlyName: typeof name === 'string' ? name : basename(file.file, '.json'),
    isNamed: typeof name === 'string',
    source: 'source' in flow ? flow.source : (own(json, 'definition') ?? json),
  }
}

/** Every flow of a folder; none where there is no such folder yet. */
export async function localFlowsIn(folder: string): Promise<readonly LocalFlow[]> {
  const { files } = await collectFlowFiles([folder])
  return files.map(localFlow)
}

/** A definition to be looked at, where its structure can be made out. */
export function readable(source: unknown): FlowDefinition | undefined {
  const flow = importFlow(source, catalogue)
  return 'definition' in flow ? flow.definition : flow.readable
}
