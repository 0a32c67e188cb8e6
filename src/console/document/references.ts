/** A text in which every template that reads a widget reads it by another name. */
export function renamedIn(text: string, from: string, to: string): string {
  if (!text.includes('{{') && !text.includes('{%')) return text
  return text.replace(TEMPLATES, (template) => template.replace(referenceTo(from), (_, before) => `${before}${to}`))
}

const TEMPLATES = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g

/** `widgets.NAME`, not as a part of a longer name. */
function referenceTo(name: string): RegExp {
  return new RegExp(`(?<![\\w.-])(widgets\\.)${escaped(name)}(?![\\w-])`, 'g')
}

function escaped(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
