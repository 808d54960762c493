// Starts telegram-test-api on a port of 127.0.0.1, mended where it differs from Telegram in what the product needs.
//   NODE_PATH=<where it is installed>/node_modules node launcher.js PORT

'use strict';

const { TelegramServer } = require('telegram-test-api/lib/telegramServer');
const { routes } = require('telegram-test-api/lib/routes/index');

const RETRY_MILLISECONDS = 100;
const RETRIES = 300;

// Routes that stand earlier win over the package's own.
function answer(method, result) {
  routes.unshift((app, server) => {
    app.all(`/bot:token/${method}`, (request, response) => {
      response.json({ ok: true, result: result(request, server) });
    });
  });
}

// 1. getMe says that it is a bot, with the number its token begins with.
answer('getMe', (request) => ({
  id: Number.parseInt(request.params.token, 10),
  is_bot: true,
  first_name: 'Đôn Đốc',
  username: 'dondoc_bot',
}));

// 2. Messages are dated in seconds.
const addBotMessage = TelegramServer.prototype.addBotMessage;
TelegramServer.prototype.addBotMessage = function dated(...given) {
  const message = addBotMessage.apply(this, given);
  return { ...message, date: Math.floor(message.date / 1000) };
};

// 3. An edit is answered with the edited message.
for (const method of ['editMessageText', 'editMessageReplyMarkup']) {
  answer(method, (request, server) => {
    server[method](request.body);
    const number = Number(request.body.message_id);
    const kept = server.storage.botMessages.find((update) => update.messageId === number);
    return {
      message_id: number,
      date: Math.floor((kept ? kept.time : Date.now()) / 1000),
      chat: { id: Number(request.body.chat_id), type: 'private' },
      text: kept ? kept.message.text : '',
    };
  });
}

// 4. A pressed button says in which chat.
const formatUpdate = TelegramServer.formatUpdate;
TelegramServer.formatUpdate = (update) => {
  const formatted = formatUpdate(update);
  if (formatted.callback_query) {
    formatted.callback_query.chat_instance = String(formatted.callback_query.message.chat.id);
  }
  return formatted;
};

// 5. The webhook is shown its secret; 6. what it does not take is brought again, one update after another.
const addUserUpdate = TelegramServer.prototype.addUserUpdate;
TelegramServer.prototype.addUserUpdate = async function delivered(update) {
  const webhook = this.webhooks[update.botToken];
  if (!webhook) {
    await addUserUpdate.call(this, update);
    return;
  }
  const body = JSON.stringify(TelegramServer.formatUpdate(update));
  this.updateId += 1;
  this.line = (this.line || Promise.resolve()).then(() => deliver(webhook, body));
};

async function deliver(webhook, body) {
  for (let left = RETRIES; left > 0; left -= 1) {
    try {
      const headers = { 'Content-Type': 'application/json' };
      if (webhook.secret_token) {
        headers['X-Telegram-Bot-Api-Secret-Token'] = webhook.secret_token;
      }
      const taken = await fetch(webhook.url, { method: 'POST', headers, body });
      if (taken.ok) {
        return;
      }
    } catch {
      // nobody listens there: as with a refusal, later again
    }
    await new Promise((resolve) => { setTimeout(resolve, RETRY_MILLISECONDS); });
  }
}

// And one method it lacks.
answer('getWebhookInfo', (request, server) => {
  const webhook = server.webhooks[request.params.token];
  return {
    url: webhook ? webhook.url : '',
    has_custom_certificate: false,
    pending_update_count: 0,
    ...(webhook && { allowed_updates: list(webhook.allowed_updates), max_connections: Number(webhook.max_connections) }),
  };
});

function list(given) {
  return typeof given === 'string' ? JSON.parse(given) : given;
}

const server = new TelegramServer({ host: '127.0.0.1', port: Number(process.argv[2]) });
server.start().then(() => { process.stdout.write('ready\n'); });
