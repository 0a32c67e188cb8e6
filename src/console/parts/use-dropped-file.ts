import { useEffect } from 'react'

/** Reads a file that is dropped anywhere on the page; the browser does not leave the page for it. */
export function useDroppedFile(onText: (text: string) => void): void {
  useEffect(() => {
    const allow = (event: DragEvent) => event.preventDefault()
    const drop = async (event: DragEvent) => {
      event.preventDefault()
      const file = event.dataTransfer?.files[0]
      if (file) onText(await file.text())
    }
    addEventListener('dragover', allow)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', allow)
      removeEventListener('drop', drop)
    }
  }, [onText])
}
