/** What a caller hears who waits in a queue, as TwiML: where an Enqueue Call or Send to Flex names `/hold` as its hold music. Only the carrier may ask for it. */
exports.handler = (_context, event, callback) => {
  const twiml = new Twilio.twiml.VoiceResponse()
  if (event.QueuePosition) twiml.say(`You are number ${event.QueuePosition} in line.`)
  twiml.play('/hold-music.wav')
  callback(null, twiml)
}
