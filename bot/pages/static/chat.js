"use strict";

// The page works as plain forms; this makes it a conversation: news come in by themselves, Enter sends, files drop in.
(() => {
  const log = document.getElementById("log");
  const phone = document.querySelector(".phone");
  const say = document.getElementById("say");
  const press = document.getElementById("press");
  const text = document.getElementById("text");
  const file = document.getElementById("file");
  const staged = document.getElementById("staged");
  const replying = document.getElementById("replying");
  const repliedTo = say.elements.namedItem("replied_to");
  const LOST = "Mất kết nối với máy chủ. Đồng chí thử lại.";

  const renew = (form) => { form.elements.namedItem("nonce").value = crypto.randomUUID(); };
  const toEnd = () => { log.scrollTop = log.scrollHeight; };
  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 120;
  const result = (form, words) => {
    (form.closest(".panel") ?? say).querySelector(".result").textContent = words;
  };

  // beside the phone there is room to keep people and clock in sight
  const wide = matchMedia("(min-width: 860px)");
  const arrange = () => { for (const drawer of document.querySelectorAll(".drawer")) drawer.open = wide.matches; };
  arrange();
  wide.addEventListener("change", arrange);
  document.addEventListener("click", (event) => {
    if (wide.matches) return;
    for (const drawer of document.querySelectorAll(".drawer[open]")) if (!drawer.contains(event.target)) drawer.open = false;
  });

  // news; a hidden page lets go of its connection, because a browser keeps only six to one server
  let source = null;
  let last = log.dataset.after;
  const show = (event) => {
    if (document.getElementById(`m${event.lastEventId}`)) return;
    const follow = atEnd();
    const before = log.lastElementChild;
    log.insertAdjacentHTML("beforeend", event.data);
    last = event.lastEventId;
    const fresh = log.lastElementChild;
    for (let each = before ? before.nextElementSibling : log.firstElementChild; each; each = each.nextElementSibling) htmx.process(each);
    if (follow || fresh.classList.contains("mine")) toEnd();
  };
  const stand = (event) => {
    const { unread, clock: time, epoch } = JSON.parse(event.data);
    if (epoch !== log.dataset.epoch) {
      // another demonstration took this one's place; what is being typed is not thrown away for it
      if (!text.value) location.reload();
      return;
    }
    for (const hand of document.querySelectorAll("[data-clock]")) hand.textContent = time[hand.dataset.clock];
    const moment = document.getElementById("moment");
    if (document.activeElement !== moment) moment.value = time.local;
    let total = 0;
    for (const badge of document.querySelectorAll("[data-unread]")) {
      const count = unread[badge.dataset.unread] ?? 0;
      total += count;
      badge.textContent = count || "";
      if (count) badge.setAttribute("aria-label", `${count} tin chưa đọc`);
    }
    document.querySelector("[data-total]").textContent = total || "";
  };
  const listen = () => {
    source?.close();
    source = null;
    if (document.hidden) return;
    source = new EventSource(`${log.dataset.news}?after=${last}`);
    source.onmessage = show;
    source.addEventListener("state", stand);
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  listen();
  toEnd();

  // a reply to one message
  const reply = (id, words) => {
    repliedTo.value = id;
    replying.hidden = !id;
    replying.querySelector("q").textContent = words;
    text.focus();
  };
  log.addEventListener("click", (event) => {
    const button = event.target.closest("[data-reply]");
    if (button) reply(button.dataset.reply, button.dataset.words);
  });
  replying.querySelector("button").addEventListener("click", () => reply("", ""));

  // files: chosen or dropped, they wait for words and for Enter
  const stage = () => {
    const files = [...file.files];
    const tooBig = files.some((each) => each.size > Number(say.dataset.limit));
    result(say, tooBig ? "Tệp lớn hơn 20 MB nên chưa gửi. Đồng chí gửi tệp nhỏ hơn." : "");
    if (tooBig) file.value = "";
    staged.hidden = tooBig || !files.length;
    staged.querySelector("span").textContent = files.map((each) => each.name).join(", ");
    text.focus();
  };
  file.addEventListener("change", stage);
  staged.querySelector("button").addEventListener("click", () => { file.value = ""; stage(); });
  let sample = null;
  document.querySelector(".empty").addEventListener("dragstart", (event) => {
    sample = event.target.closest(".sample");
    event.dataTransfer.setData("text/plain", sample.textContent.trim());
  });
  document.addEventListener("dragend", () => { sample = null; });
  const carries = (event) => sample || event.dataTransfer.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    phone.classList.toggle("dropping", phone.contains(event.target));
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) phone.classList.remove("dropping"); });
  document.addEventListener("drop", (event) => {
    phone.classList.remove("dropping");
    if (!carries(event)) return;
    event.preventDefault();
    if (!phone.contains(event.target)) return;
    if (sample) { sample.click(); return; }
    file.files = event.dataTransfer.files;
    stage();
  });

  // an input method uses Enter itself while a word is being composed
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (text.value.trim() || file.files.length) say.requestSubmit(say.querySelector(".send"));
  });

  // what is sent, and what came of it
  document.body.addEventListener("htmx:configRequest", (event) => {
    const { submitter } = event.detail.triggeringEvent ?? {};
    if (submitter?.name) event.detail.parameters[submitter.name] = submitter.value;
    if (event.detail.elt === say) say.dataset.sent = text.value;
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const { elt: form, successful, xhr } = event.detail;
    if (!successful) {
      const told = xhr.status >= 400 && xhr.getResponseHeader("Content-Type")?.startsWith("text/plain");
      result(form, told && xhr.status !== 500 ? xhr.responseText : LOST);
      return;
    }
    result(form, "");
    if (form === press) {
      setTimeout(() => renew(press), 1500);
      return;
    }
    renew(form);
    if (form !== say) return;
    if (text.value === say.dataset.sent) text.value = "";
    file.value = "";
    staged.hidden = true;
    reply("", "");
  });
  if (wide.matches) text.focus();
})();
