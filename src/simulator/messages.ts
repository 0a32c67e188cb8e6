import type { Webhooks } from './network.ts'
import type { Office, OutgoingMessage } from './office.ts'

/** A message that a person sends. */
export interface Text {
  readonly from: string
  readonly to: string
  readonly body: string
  readonly media?: readonly string[] | undefined
  readonly extra?: Readonly<Record<string, string>> | undefined
}

export class Messages {
  readonly #office: Office
  constructor(office: Office) {
    this.#office = office
  }
  async receive(_text: Text, _webhooks: Webhooks): Promise<void> {}
  send(_message: OutgoingMessage): string {
    return ''
  }
  close(): void {
    void this.#office
  }
}
