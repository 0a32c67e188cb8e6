/** Texts that break careless servers. */
export const HOSTILE: readonly [string, ...string[]] = [
  '👩‍👩‍👧 🏳️‍🌈 é',
  'nul\u0000, bell\u0007, half a pair \ud83d',
  '{{flow.sid}} {% for i in (1..9999999) %}x{% endfor %}',
  '{{ unclosed',
  '</Say><Hangup/><Say>',
  ']]><Response>&lt;&amp;&#0;',
  '<speak><break time="10s"/>ssml</speak>',
  '<!DOCTYPE x [<!ENTITY e "e">]>&e;',
  'x'.repeat(5_000),
  '__proto__',
  "'; DROP TABLE executions; --",
  '',
]
