import { Refused } from '../ask/ask.ts'

/** What went wrong, in the server's words. */
export function Told({ error }: { readonly error: unknown }) {
  const flaws = error instanceof Refused ? error.flaws : []
  return (
    <div ref={bringIntoSight} className="notice wrong" role="alert">
      {error instanceof Error ? error.message : String(error)}
      {flaws.length > 1 && (
        <ul>
          {flaws.map((flaw) => (
            <li key={flaw}>{flaw}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** In a long dialog it would be below what can be seen. */
function bringIntoSight(notice: HTMLElement | null): void {
  notice?.scrollIntoView({ block: 'nearest' })
}
