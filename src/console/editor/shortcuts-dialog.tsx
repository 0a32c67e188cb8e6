import { Dialog } from '../parts/dialog.tsx'
import { SHORTCUTS } from './shortcuts.ts'

/** What keys do. */
export function ShortcutsDialog({ onClose }: { onClose(): void }) {
  return (
    <Dialog title="Keyboard shortcuts" size="wide" onClose={onClose}>
      <form method="dialog">
        <h2>Keyboard shortcuts</h2>
        <dl className="shortcuts">
          {SHORTCUTS.map(({ does, keys, says }) => (
            <div key={does}>
              <dt>{says}</dt>
              <dd>
                {keys.map((key) => (
                  <kbd key={key}>{key.replace('Arrow', '')}</kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
        <div className="dialog-actions">
          <button type="submit" className="button">
            Close
          </button>
        </div>
      </form>
    </Dialog>
  )
}
