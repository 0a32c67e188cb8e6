import type { Widget } from './widget.ts'

/** Studio's words for a type of widget: its title, its group in the library, its exits with their titles. */
export function libraryWords({ library: { title, group, exits: titles }, exits }: Pick<Widget, 'library' | 'exits'>) {
  return { title, group, exits: exits.map((event) => ({ event, title: titles[event] ?? event })) }
}
