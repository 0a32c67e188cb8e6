import { FindDialog } from './find-dialog.tsx'
import { JsonDialog } from './json-dialog.tsx'
import { useOverlay } from './overlay.ts'
import { PublishDialog } from './publish-dialog.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'

/** The dialog that is open over the editor, if one is. */
export function Overlays() {
  const { shown, show } = useOverlay()
  const onClose = () => show(undefined)
  switch (shown) {
    case 'find':
      return <FindDialog onClose={onClose} />
    case 'json':
      return <JsonDialog onClose={onClose} />
    case 'publish':
      return <PublishDialog onClose={onClose} />
    case 'shortcuts':
      return <ShortcutsDialog onClose={onClose} />
    case 'problems':
    case undefined:
      return null
    default:
      return shown satisfies never
  }
}
