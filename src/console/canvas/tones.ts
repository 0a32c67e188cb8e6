import {
  AudioLines,
  Bot,
  Braces,
  CircleQuestionMark,
  Code,
  CreditCard,
  Disc,
  Globe,
  Headphones,
  Keyboard,
  ListPlus,
  type LucideIcon,
  MessageCircle,
  MessageSquare,
  MessagesSquare,
  PhoneForwarded,
  PhoneOutgoing,
  Radio,
  Speech,
  Split,
  SquareFunction,
  Variable,
  Voicemail,
  Volume2,
  Workflow,
  Zap,
} from 'lucide-react'
import type { Catalogue } from '../document/catalogue.ts'

/** A group's colour, as a class of the style sheet has it. */
export function toneOf(catalogue: Catalogue, type: string): string {
  if (type === 'trigger') return 'tone-trigger'
  const group = catalogue.get(type)?.group ?? ''
  return TONES[group] ?? 'tone-other'
}

const TONES: Readonly<Record<string, string>> = {
  'Flow control': 'tone-flow',
  Voice: 'tone-voice',
  Messaging: 'tone-messaging',
  Tools: 'tone-tools',
  Flex: 'tone-flex',
}

/** The picture of a type; a question mark for one that nobody knows. */
export function iconOf(catalogue: Catalogue, type: string): LucideIcon {
  return ICONS[type] ?? (catalogue.has(type) ? Braces : CircleQuestionMark)
}

const ICONS: Readonly<Record<string, LucideIcon>> = {
  trigger: Zap,
  'split-based-on': Split,
  'set-variables': Variable,
  'run-subflow': Workflow,
  'send-message': MessageSquare,
  'send-and-wait-for-reply': MessagesSquare,
  'start-conversation': MessageCircle,
  'resume-conversation': MessageCircle,
  'make-http-request': Globe,
  'run-function': SquareFunction,
  'run-function-v2': SquareFunction,
  'say-play': Volume2,
  'gather-input-on-call': Keyboard,
  'connect-call-to': PhoneForwarded,
  'make-outgoing-call-v1': PhoneOutgoing,
  'make-outgoing-call-v2': PhoneOutgoing,
  'record-voicemail': Voicemail,
  'record-call': Disc,
  'enqueue-call': ListPlus,
  'send-to-flex': Headphones,
  'capture-payments': CreditCard,
  'fork-stream': Radio,
  'connect-virtual-agent': Bot,
  'connect-virtual-agent-v2': Bot,
  'run-conversation-relay': AudioLines,
  'add-twiml-redirect': Code,
  'send-to-auto-pilot': Speech,
}
