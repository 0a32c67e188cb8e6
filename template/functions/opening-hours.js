// A Twilio Function: context has the settings of .env, event what was sent.
exports.handler = (context, event, callback) => {
  const day = new Date(event.date ?? Date.now()).getUTCDay()
  callback(null, { open: day >= 1 && day <= 5, hours: context.OPENING_HOURS ?? '9 to 5' })
}
